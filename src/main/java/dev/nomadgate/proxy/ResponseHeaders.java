package dev.nomadgate.proxy;

import dev.nomadgate.upstream.Server;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;

/** The header of Nomad's answer as the client gets it. */
public final class ResponseHeaders {

    private static final Set<String> LOCATIONS = Set.of("location", "content-location");

    private ResponseHeaders() {
    }

    /**
     * Copies the end-to-end fields, repeated ones included, value for value. A field that names the
     * server by its address is made to name the gate, which is where the client can follow it.
     *
     * @param contextPath the gate's own, empty at the root
     */
    public static void copy(HttpFields from, Server server, String contextPath, HttpServletResponse to) {
        HopByHop hopByHop = HopByHop.of(from.getValuesList("Connection").stream());
        Set<String> seen = new HashSet<>();
        for (HttpField field : from) {
            String name = field.getName();
            if (hopByHop.contains(name) || field.getValue() == null) {
                continue;
            }
            String lower = name.toLowerCase(Locale.ROOT);
            String value = LOCATIONS.contains(lower)
                    ? relocate(field.getValue(), server, contextPath)
                    : field.getValue();
            if (seen.add(lower)) {
                // Takes the place of what the container may have set itself, such as Date or Server.
                to.setHeader(name, value);
            } else {
                to.addHeader(name, value);
            }
        }
    }

    private static String relocate(String location, Server server, String contextPath) {
        URI uri;
        try {
            uri = new URI(location);
        } catch (URISyntaxException e) {
            return location;
        }
        if (!names(uri, server.address())) {
            return location;
        }
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        String fragment = uri.getRawFragment() == null ? "" : "#" + uri.getRawFragment();
        return contextPath + path + query + fragment;
    }

    private static boolean names(URI uri, URI server) {
        return uri.getHost() != null
                && server.getScheme().equalsIgnoreCase(uri.getScheme())
                && server.getHost().equalsIgnoreCase(uri.getHost())
                && server.getPort() == (uri.getPort() >= 0 ? uri.getPort() : defaultPort(server));
    }

    private static int defaultPort(URI server) {
        return "https".equals(server.getScheme()) ? 443 : 80;
    }
}
