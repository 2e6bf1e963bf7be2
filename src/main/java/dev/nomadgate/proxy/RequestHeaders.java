package dev.nomadgate.proxy;

import dev.nomadgate.client.Arrivals;
import dev.nomadgate.client.Client;
import dev.nomadgate.client.ForwardedHeaders;
import dev.nomadgate.client.RequestId;
import dev.nomadgate.upstream.Server;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Enumeration;
import java.util.Locale;
import java.util.Set;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/**
 * The header of a request as Nomad gets it: the client's own, less what concerns only the connection
 * to the gate and what the gate alone may say.
 */
public final class RequestHeaders {

    /** Said by the gate alone: what arrived was judged before and must not come through as it was. */
    private static final Set<String> REPLACED = Set.of(
            "forwarded",
            "host",
            "origin",
            "x-forwarded-for",
            "x-forwarded-host",
            "x-forwarded-port",
            "x-forwarded-proto",
            "x-real-ip",
            "x-request-id");

    /** What a request is framed and a client known by: a second spelling must not say something else. */
    private static final Set<String> JUDGED = Set.of("authorization", "content-length", "x-nomad-token");

    private static final String BASIC = "basic";
    private static final String WITHHELD = RequestHeaders.class.getName() + ".withheld";

    private RequestHeaders() {
    }

    /**
     * Keeps name and password of BASIC authentication from Nomad, which knows neither: they are for the container's realm,
     * and browsers and scripts send them to more of its addresses than ask for them. To be called before anything is sent.
     */
    public static void withholdBasic(HttpServletRequest request) {
        request.setAttribute(WITHHELD, true);
    }

    /**
     * Rewrites the header for one server.
     *
     * <p>{@code Host} and {@code Origin} become the server's own, as in HashiCorp's nginx recipe:
     * Nomad compares the two. An absent {@code Origin} stays absent.
     */
    public static HttpFields rewrite(HttpServletRequest request, Client client, Server server) {
        HopByHop hopByHop = HopByHop.of(Arrivals.values(request, "Connection"));
        HttpFields.Mutable fields = HttpFields.build();
        fields.add(HttpHeader.HOST, server.authority());
        if (request.getHeader("Origin") != null) {
            fields.add(HttpHeader.ORIGIN, server.address().toString());
        }
        Enumeration<String> names = request.getHeaderNames();
        while (names.hasMoreElements()) {
            String name = names.nextElement();
            String lower = name.toLowerCase(Locale.ROOT);
            if (!hopByHop.contains(lower) && !REPLACED.contains(lower) && !isAlias(lower)) {
                copy(request, name, fields);
            }
        }
        ForwardedHeaders forwarded = ForwardedHeaders.of(client);
        fields.add("X-Forwarded-For", forwarded.xForwardedFor());
        fields.add("X-Forwarded-Proto", forwarded.xForwardedProto());
        if (!forwarded.xForwardedHost().isEmpty()) {
            fields.add("X-Forwarded-Host", forwarded.xForwardedHost());
        }
        fields.add("X-Forwarded-Port", forwarded.xForwardedPort());
        fields.add("Forwarded", forwarded.forwarded());
        fields.add(RequestId.HEADER, RequestId.of(request));
        return fields;
    }

    private static void copy(HttpServletRequest request, String name, HttpFields.Mutable fields) {
        Enumeration<String> values = request.getHeaders(name);
        while (values.hasMoreElements()) {
            String value = values.nextElement();
            if (!isWithheld(request, name, value)) {
                fields.add(name, value);
            }
        }
    }

    private static boolean isWithheld(HttpServletRequest request, String name, String value) {
        if (!name.equalsIgnoreCase("Authorization") || !Boolean.TRUE.equals(request.getAttribute(WITHHELD))) {
            return false;
        }
        String credentials = value.strip();
        return credentials.regionMatches(true, 0, BASIC, 0, BASIC.length())
                && (credentials.length() == BASIC.length() || Character.isWhitespace(credentials.charAt(BASIC.length())));
    }

    /** Whoever maps names to variables, as CGI does, takes {@code X_Forwarded_For} for the real one. */
    private static boolean isAlias(String lower) {
        if (lower.indexOf('_') < 0) {
            return false;
        }
        String meant = lower.replace('_', '-');
        return REPLACED.contains(meant) || JUDGED.contains(meant) || HopByHop.isFixed(meant);
    }
}
