package dev.nomadgate.client;

import java.util.Locale;
import java.util.Objects;

/**
 * A web origin (RFC 6454): scheme, host and port, with default ports made explicit and the case of
 * scheme and host folded, so that equal origins are equal values.
 *
 * @param scheme {@code http} or {@code https}
 * @param host lower-case name or address literal, IPv6 in brackets
 * @param port 1 to 65535
 */
public record Origin(String scheme, String host, int port) {

    /** @throws IllegalArgumentException if a part is not what its description says */
    public Origin {
        scheme = scheme.toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new IllegalArgumentException("the scheme is neither http nor https");
        }
        if (host.isEmpty()) {
            throw new IllegalArgumentException("the host is empty");
        }
        host = Authority.host(host);
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("the port is not a number from 1 to 65535");
        }
    }

    /**
     * Reads a serialized origin as a browser sends it (RFC 6454 §6.2). Nothing may stand around it: no
     * path, not even a slash, no user information, no blank. {@code null} and {@code *} are no origins.
     *
     * @throws IllegalArgumentException if the text is not exactly one {@code scheme://host[:port]};
     *     the message quotes the text and says what is wrong with it
     */
    public static Origin parse(String text) {
        try {
            return read(text == null ? "" : text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(Shown.quote(text) + " is not an origin (scheme://host[:port]): "
                    + e.getMessage(), e);
        }
    }

    private static Origin read(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("it is empty");
        }
        if (text.equals("null")) {
            throw new IllegalArgumentException("null is what a sandboxed page or a local file sends");
        }
        if (text.indexOf(',') >= 0) {
            throw new IllegalArgumentException("it holds more than one value");
        }
        int separator = text.indexOf("://");
        if (separator < 0) {
            throw new IllegalArgumentException("there is no ://");
        }
        String rest = text.substring(separator + 3);
        if (rest.indexOf('/') >= 0 || rest.indexOf('?') >= 0 || rest.indexOf('#') >= 0) {
            throw new IllegalArgumentException("nothing may follow host and port, not even a slash");
        }
        String scheme = text.substring(0, separator).toLowerCase(Locale.ROOT);
        Authority authority = Authority.parse(rest);
        return new Origin(scheme, authority.host(),
                authority.port() == 0 ? Authority.defaultPort(scheme) : authority.port());
    }

    /** The serialized origin, with the default port left out (RFC 6454 §6.2). */
    @Override
    public String toString() {
        return scheme + "://" + host + (port == Authority.defaultPort(scheme) ? "" : ":" + port);
    }

    /**
     * What a record's own would say. That one makes the JDK keep the last class of which two values were compared, and
     * with it an undeployed web application (seen with Java 17, {@code java.lang.runtime.ObjectMethods}).
     */
    @Override
    public boolean equals(Object other) {
        return other instanceof Origin origin
                && scheme.equals(origin.scheme) && host.equals(origin.host) && port == origin.port;
    }

    @Override
    public int hashCode() {
        return Objects.hash(scheme, host, port);
    }
}
