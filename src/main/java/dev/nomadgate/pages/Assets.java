package dev.nomadgate.pages;

import dev.nomadgate.ui.StaticFile;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Serves the files of the gate's own pages, each at an address that the container itself compares: nothing that a client
 * sends becomes a part of a file's name.
 */
public final class Assets extends HttpServlet {

    private static final long serialVersionUID = 1;

    private static final String ROOT = "/gate";
    private static final String HOME = "/gate/";
    /** In {@code webapp/gate/}. */
    private static final List<String> FILES = List.of("index.html", "style.css", "live.js", "sessions.js",
            "servers.js", "which.js", "api.js", "dom.js", "format.js", "recordings.html", "recordings.css",
            "recordings.js", "cast.js", "player.js", "screen.js");
    private static final String XTERM = "/META-INF/resources/webjars/xterm/4.9.0/";
    /** Of WebJars, which no container serves from a web application that is not scanned. */
    private static final Map<String, String> LIBRARIES = Map.of(
            "lib/xterm.js", XTERM + "lib/xterm.js", "lib/xterm.css", XTERM + "css/xterm.css");
    private static final Map<String, String> TYPES = Map.of("html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8", "js", "text/javascript; charset=utf-8", "mjs", "text/javascript; charset=utf-8");
    private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self';"
            + " style-src 'self' 'unsafe-inline'; connect-src 'self'; img-src 'self' data:; font-src 'self';"
            + " base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private final transient Map<String, StaticFile> files;

    private Assets(Map<String, StaticFile> files) {
        this.files = files;
    }

    /**
     * All of them, read now.
     *
     * @throws IllegalStateException if one is not in the WAR
     */
    public static Assets of(ServletContext context) {
        Map<String, StaticFile> files = new LinkedHashMap<>();
        FILES.forEach(name -> files.put(HOME + name, read(context, HOME + name)));
        LIBRARIES.forEach((name, resource) ->
                files.put(HOME + name, StaticFile.ofClassPath(Assets.class, resource, type(name))));
        files.put(HOME, files.get(HOME + "index.html"));
        return new Assets(files);
    }

    private static StaticFile read(ServletContext context, String path) {
        try (InputStream in = context.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("nomad-gate's WAR lacks " + path);
            }
            return new StaticFile(in.readAllBytes(), type(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String type(String path) {
        return TYPES.get(path.substring(path.lastIndexOf('.') + 1));
    }

    /** What it has to be mapped to. */
    public String[] paths() {
        return Stream.concat(files.keySet().stream(), Stream.of(ROOT)).toArray(String[]::new);
    }

    /**
     * Whether all that the request gets is the way to the pages. That is for everybody: a browser that had to sign in for it
     * would send the password to every address beside it (RFC 7617 §2.2), Nomad's among them.
     */
    static boolean onlyLeads(HttpServletRequest request) {
        return request.getHttpServletMapping().getPattern().equals(ROOT);
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (onlyLeads(request)) {
            response.setStatus(HttpServletResponse.SC_TEMPORARY_REDIRECT);
            // Relative, and so right at every context path.
            response.setHeader("Location", "gate/");
            response.setContentLength(0);
            return;
        }
        response.setHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY);
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        files.get(request.getHttpServletMapping().getPattern()).send(request, response);
    }
}
