package dev.nomadgate.contract.containers.probe;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** What a web application sees of a request and of its surroundings. Part of a WAR that only tests the harness. */
public final class ProbeServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if ("silent".equals(request.getQueryString())) {
            // A long poll: no answer, no thread, no pending read or write.
            var async = request.startAsync();
            async.setTimeout(0);
            Thread answer = new Thread(() -> {
                try {
                    Thread.sleep(2_000);
                    async.getResponse().getWriter().print("late");
                    async.complete();
                } catch (IOException | InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }, "probe answer");
            answer.start();
            return;
        }
        response.setContentType("text/plain");
        var out = response.getWriter();
        out.println("uri=" + request.getRequestURI());
        out.println("query=" + request.getQueryString());
        out.println("context=" + request.getContextPath());
        out.println("setting=" + System.getProperty("nomad-gate.probe.setting"));
        out.println("variable=" + System.getenv("NOMAD_PROBE"));
        out.println("config=" + System.getProperty("nomad-gate.config"));
        out.println("jetty=" + (getServletContext().getAttribute(
                "org.eclipse.jetty.websocket.server.JettyWebSocketServerContainer") != null
                || visible("org.eclipse.jetty.ee10.websocket.server.JettyWebSocketServerContainer")));
        out.println("jakarta=" + (getServletContext().getAttribute("jakarta.websocket.server.ServerContainer") != null));
        out.println("tests=" + visible("dev.nomadgate.contract.containers.GateContainer"));
    }

    private static boolean visible(String className) {
        try {
            Class.forName(className, false, ProbeServlet.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
