package dev.nomadgate.proxy;

import jakarta.servlet.http.HttpServletRequest;

/**
 * The request target as the client sent it, less the context path: never decoded, encoded again or
 * normalised, because Nomad's job names contain {@code %2F}. {@code getServletPath()} and
 * {@code getPathInfo()} are decoded, and throw on Jetty for some of these, so nothing here asks them.
 *
 * @param path begins with a slash
 * @param query without the question mark, or null
 */
public record RawTarget(String path, String query) {

    /** Reads the target of a request, whatever the container made of it. */
    public static RawTarget of(HttpServletRequest request) {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        return new RawTarget(path.startsWith("/") ? path : "/" + path, request.getQueryString());
    }

    /**
     * Whether the target is what RFC 3986 allows at most: visible ASCII. Anything else was decoded by the
     * container, so the bytes that the client sent are not known any more.
     */
    public boolean isRaw() {
        return toString().chars().allMatch(c -> c > ' ' && c <= '~');
    }

    @Override
    public String toString() {
        return query == null ? path : path + "?" + query;
    }
}
