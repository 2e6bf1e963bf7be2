package dev.nomadgate.client;

import java.net.InetAddress;

/**
 * The forwarded headers that go upstream, in place of whatever arrived in them.
 *
 * <p>{@code X-Forwarded-For} and {@code Forwarded} name the client that was resolved and then the
 * trusted proxies it came through, the gate's TCP peer last: what nginx's
 * {@code $proxy_add_x_forwarded_for} gives, less everything that could not be verified. The first
 * entry is therefore always the address that was hashed. Scheme, host and port are the client's, once,
 * and both families say the same.
 *
 * @param xForwardedFor such as {@code 203.0.113.9, 10.0.0.2}
 * @param xForwardedProto {@code http} or {@code https}
 * @param xForwardedHost {@code host[:port]}, default port left out; empty: do not send it
 * @param xForwardedPort the port the client called
 * @param forwarded the same by RFC 7239, such as
 *     {@code for="[2001:db8::1]";proto=https;host=gate.example, for=10.0.0.2}
 */
public record ForwardedHeaders(
        String xForwardedFor,
        String xForwardedProto,
        String xForwardedHost,
        String xForwardedPort,
        String forwarded) {

    /** The headers for one client. */
    public static ForwardedHeaders of(Client client) {
        String host = client.authority();
        String address = IpLiteral.format(client.address());
        StringBuilder addresses = new StringBuilder(address);
        StringBuilder elements = new StringBuilder("for=").append(node(address)).append(";proto=").append(client.scheme());
        if (!host.isEmpty()) {
            elements.append(";host=").append(value(host));
        }
        for (InetAddress proxy : client.via()) {
            String text = IpLiteral.format(proxy);
            addresses.append(", ").append(text);
            elements.append(", for=").append(node(text));
        }
        return new ForwardedHeaders(addresses.toString(), client.scheme(), host, String.valueOf(client.port()),
                elements.toString());
    }

    /** RFC 7239 §6: IPv6 in brackets, and therefore in quotes. */
    private static String node(String text) {
        return text.indexOf(':') < 0 ? text : "\"[" + text + "]\"";
    }

    /** RFC 7239 §4: a colon or bracket is no token character. Hosts here hold no quote to escape. */
    private static String value(String host) {
        return host.indexOf(':') < 0 ? host : "\"" + host + "\"";
    }
}
