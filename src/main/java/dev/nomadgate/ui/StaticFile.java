package dev.nomadgate.ui;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collections;

/** A file that the gate itself serves, and that does not change while it runs. Thread-safe. */
public final class StaticFile {

    private final byte[] content;
    private final String type;
    private final EntityTag tag;

    /** @param type the {@code Content-Type} */
    public StaticFile(byte[] content, String type) {
        this.content = content.clone();
        this.type = type;
        this.tag = EntityTag.of(content);
    }

    /** One that is on the class path, next to a class or by an absolute name. */
    public static StaticFile ofClassPath(Class<?> to, String name, String type) {
        try (InputStream in = to.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("nomad-gate's WAR lacks " + name);
            }
            return new StaticFile(in.readAllBytes(), type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Answers a request for it.
     *
     * @throws IOException if the client is gone
     */
    public void send(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
            response.setHeader("Allow", "GET, HEAD");
            response.setStatus(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
            response.setContentLength(0);
            return;
        }
        response.setHeader("ETag", tag.value());
        // Asked for each time, so that a new gate's page never meets an old gate's script.
        response.setHeader("Cache-Control", "no-cache");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setContentType(type);
        response.setContentLength(content.length);
        if (tag.matches(Collections.list(request.getHeaders("If-None-Match")))) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
        } else if (request.getMethod().equals("GET")) {
            // All of it fits, so it is sent when the thread is done with the request.
            response.setBufferSize(content.length);
            response.getOutputStream().write(content);
        }
    }
}
