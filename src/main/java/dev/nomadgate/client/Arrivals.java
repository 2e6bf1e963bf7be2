package dev.nomadgate.client;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

/** Reads an {@link Arrival} from a servlet request: the one place in this room that knows the container. */
public final class Arrivals {

    private Arrivals() {
    }

    /** What arrived, nothing of it judged. */
    public static Arrival of(HttpServletRequest request) {
        return new Arrival(
                request.getRemoteAddr(),
                request.getScheme(),
                request.getLocalPort(),
                values(request, "Host"),
                values(request, "Forwarded"),
                values(request, "X-Forwarded-For"),
                values(request, "X-Forwarded-Proto"),
                values(request, "X-Forwarded-Host"),
                values(request, "X-Forwarded-Port"));
    }

    /** The lines of one header field, in order. */
    public static List<String> values(HttpServletRequest request, String name) {
        Enumeration<String> values = request.getHeaders(name);
        return values == null || !values.hasMoreElements() ? List.of() : Collections.list(values);
    }
}
