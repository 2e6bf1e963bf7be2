package dev.nomadgate.exec;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;

/** Containers make a {@link java.net.URI} of the handshake, which refuses {@code ?command=["/bin/sh"]}. */
final class WithoutQuery extends HttpServletRequestWrapper {

    WithoutQuery(HttpServletRequest request) {
        super(request);
    }

    @Override
    public String getQueryString() {
        return null;
    }
}
