package dev.nomadgate.ui;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collections;

/**
 * Serves the script that puts the context path in front of what Nomad's UI asks for while it runs. It finds the context
 * path in its own address, so it is the same file for every gate.
 */
public final class PrefixScript extends HttpServlet {

    /** Where it is, below the context path. */
    public static final String PATH = "/gate/prefix.js";

    private static final long serialVersionUID = 1;

    private final transient byte[] script = read();
    private final transient EntityTag tag = EntityTag.of(script);

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
            response.setHeader("Allow", "GET, HEAD");
            response.setStatus(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
            response.setContentLength(0);
            return;
        }
        response.setHeader("ETag", tag.value());
        // Asked for with every page, so that a new gate's page never meets an old gate's script.
        response.setHeader("Cache-Control", "no-cache");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setContentType("text/javascript; charset=utf-8");
        response.setContentLength(script.length);
        if (tag.matches(Collections.list(request.getHeaders("If-None-Match")))) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
        } else if (request.getMethod().equals("GET")) {
            // All of it fits, so it is sent when the thread is done with the request.
            response.setBufferSize(script.length);
            response.getOutputStream().write(script);
        }
    }

    private static byte[] read() {
        try (InputStream in = PrefixScript.class.getResourceAsStream("prefix.js")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
