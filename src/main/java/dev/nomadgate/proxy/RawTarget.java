package dev.nomadgate.proxy;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.util.URIUtil;

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
        String path = below(request.getContextPath(), request.getRequestURI());
        return new RawTarget(path.startsWith("/") ? path : "/" + path, request.getQueryString());
    }

    /**
     * Tomcat says how the client spelled the context path. Jetty says how it was deployed, which may be
     * {@code /café} where the client has to send {@code /caf%C3%A9}: there its end is the first slash that the
     * same path stands before.
     */
    private static String below(String contextPath, String uri) {
        if (contextPath.isEmpty() || uri.startsWith(contextPath) && endsAt(uri, contextPath.length())) {
            return uri.substring(contextPath.length());
        }
        List<String> meant = List.of(URIUtil.decodePath(contextPath).substring(1).split("/"));
        List<String> found = new ArrayList<>();
        for (int end = 1, start = 1; end <= uri.length(); end++) {
            if (endsAt(uri, end)) {
                walk(found, URIUtil.decodePath(uri.substring(start, end)));
                start = end + 1;
                if (found.equals(meant)) {
                    return uri.substring(end);
                }
            }
        }
        throw new IllegalStateException("a request that is not below the context path");
    }

    private static void walk(List<String> path, String segment) {
        if (segment.equals("..")) {
            path.subList(Math.max(0, path.size() - 1), path.size()).clear();
        } else if (!segment.equals(".")) {
            path.add(segment);
        }
    }

    private static boolean endsAt(String uri, int end) {
        return end == uri.length() || uri.charAt(end) == '/';
    }

    /**
     * Whether the target is what RFC 3986 allows at most: visible ASCII. Anything else was decoded by the
     * container, so the bytes that the client sent are not known any more.
     */
    public boolean isRaw() {
        return isVisible(path) && (query == null || isVisible(query));
    }

    private static boolean isVisible(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) <= ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return query == null ? path : path + "?" + query;
    }
}
