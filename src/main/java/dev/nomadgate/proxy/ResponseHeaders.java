package dev.nomadgate.proxy;

import dev.nomadgate.upstream.Server;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;

/** The header of Nomad's answer as the client gets it. */
public final class ResponseHeaders {

    private static final Pattern ABSOLUTE = Pattern.compile("(?<scheme>[^:/?#]+)://(?<authority>[^/?#]*)(?<rest>.*)");
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

    /** Cut, not parsed: what follows the authority is none of the gate's business. */
    private static String relocate(String location, Server server, String contextPath) {
        Matcher matcher = ABSOLUTE.matcher(location);
        if (!matcher.matches() || !names(matcher.group("scheme"), matcher.group("authority"), server.address())) {
            return location;
        }
        String rest = matcher.group("rest");
        if (!rest.startsWith("/")) {
            return contextPath + "/" + rest;
        }
        // Two slashes at the front would make the path's first segment another host.
        return rest.startsWith("//") && contextPath.isEmpty() ? "/." + rest : contextPath + rest;
    }

    private static boolean names(String scheme, String authority, URI server) {
        int defaultPort = "https".equals(server.getScheme()) ? 443 : 80;
        return server.getScheme().equalsIgnoreCase(scheme)
                && (authority.equalsIgnoreCase(server.getRawAuthority())
                        || server.getPort() == defaultPort && authority.equalsIgnoreCase(server.getHost()));
    }
}
