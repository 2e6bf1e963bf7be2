package dev.nomadgate.pages;

import dev.nomadgate.session.Json;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/** Answers of the gate's own API. */
final class Answer {

    private Answer() {
    }

    /** Whether the method is one of these; if not, says so. */
    static boolean allows(HttpServletRequest request, HttpServletResponse response, String... methods) {
        if (Arrays.asList(methods).contains(request.getMethod())) {
            return true;
        }
        response.setHeader("Allow", String.join(", ", methods));
        response.setStatus(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
        response.setContentLength(0);
        return false;
    }

    static void json(HttpServletResponse response, Map<String, Object> value) throws IOException {
        byte[] body = Json.write(value).getBytes(StandardCharsets.UTF_8);
        response.setContentType("application/json");
        noStore(response);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    static void text(HttpServletResponse response, int status, String line) throws IOException {
        byte[] body = (line + "\n").getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType("text/plain; charset=utf-8");
        noStore(response);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private static void noStore(HttpServletResponse response) {
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
    }
}
