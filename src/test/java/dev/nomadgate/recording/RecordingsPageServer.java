package dev.nomadgate.recording;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** The page of recordings with the API that it asks, and nothing else of a gate, below a context path. */
final class RecordingsPageServer implements AutoCloseable {

    private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'"
            + " 'unsafe-inline'; connect-src 'self'; img-src 'self' data:; font-src 'self'; base-uri 'none';"
            + " form-action 'self'; frame-ancestors 'none'";
    private static final String XTERM = "/META-INF/resources/webjars/xterm/4.9.0/";

    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);

    RecordingsPageServer(RecordingStore store) throws Exception {
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler("/a/gate");
        context.addServlet(new ServletHolder(new RecordingsApi(store)), RecordingsApi.PATH);
        context.addServlet(new ServletHolder(new RecordingsApi(store)), RecordingsApi.PATH + "/*");
        context.addServlet(new ServletHolder(new Assets()), "/gate/*");
        server.setHandler(context);
        server.start();
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + connector.getLocalPort() + "/a/gate" + path);
    }

    @Override
    public void close() throws Exception {
        server.stop();
    }

    private static final class Assets extends HttpServlet {

        private static final long serialVersionUID = 1;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            String name = request.getPathInfo().substring(1);
            byte[] content = content(name);
            response.setHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY);
            response.setHeader("X-Content-Type-Options", "nosniff");
            response.setContentType(name.endsWith(".html") ? "text/html; charset=utf-8"
                    : name.endsWith(".css") ? "text/css; charset=utf-8" : "text/javascript; charset=utf-8");
            response.getOutputStream().write(content);
        }

        private static byte[] content(String name) throws IOException {
            if (name.startsWith("lib/")) {
                try (InputStream in = Assets.class.getResourceAsStream(XTERM + (name.endsWith("css") ? "css/" : "lib/")
                        + name.substring(4))) {
                    return in.readAllBytes();
                }
            }
            Path file = Path.of("webapp/gate", name);
            // style.css is another's.
            return Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
        }
    }
}
