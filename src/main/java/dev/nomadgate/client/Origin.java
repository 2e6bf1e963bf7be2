package dev.nomadgate.client;

/**
 * A web origin (RFC 6454): scheme, host and port, with default ports made explicit and the case of
 * scheme and host folded, so that equal origins are equal values.
 *
 * @param scheme {@code http} or {@code https}
 * @param host lower-case name or address literal, IPv6 in brackets
 * @param port 1 to 65535
 */
public record Origin(String scheme, String host, int port) {

    /**
     * Reads a serialized origin as a browser sends it.
     *
     * @throws IllegalArgumentException if the text is not exactly one {@code scheme://host[:port]};
     *     the message quotes the text and says what is wrong with it
     */
    public static Origin parse(String text) {
        throw new UnsupportedOperationException();
    }
}
