package dev.nomadgate.client;

import java.util.Locale;

/**
 * A host and perhaps a port, as in {@code Host} (RFC 9110 §7.2) and in an origin.
 *
 * <p>Stricter than RFC 3986 §3.2: what browsers send passes, what only a parser's quirk would accept
 * does not. A host is a name of ASCII letters, digits, {@code -}, {@code _} and dots (punycode is such
 * a name; percent signs and non-ASCII letters are refused), an IPv4 literal, or an IPv6 literal in
 * brackets. One trailing dot is kept: {@code gate.example.} is another host than {@code gate.example},
 * as it is for a browser. A name whose last label is a number ({@code 127.1}, {@code 0x7f000001}) is
 * refused: browsers take it for an address, and send the address.
 *
 * @param host lower-case, IPv6 in brackets and in its RFC 5952 form
 * @param port 1 to 65535, or 0 if none was written
 */
record Authority(String host, int port) {

    /** @throws IllegalArgumentException saying what is wrong, without quoting the text */
    static Authority parse(String text) {
        if (text == null || text.isEmpty()) {
            throw new IllegalArgumentException("it is empty");
        }
        int colon = text.indexOf(':', text.startsWith("[") ? Math.max(text.indexOf(']'), 0) : 0);
        return colon < 0
                ? new Authority(host(text), 0)
                : new Authority(host(text.substring(0, colon)), port(text.substring(colon + 1)));
    }

    /** @throws IllegalArgumentException saying what is wrong, without quoting the text */
    static String host(String text) {
        if (text.startsWith("[")) {
            byte[] bytes = text.endsWith("]") ? IpLiteral.ipv6(text.substring(1, text.length() - 1)) : null;
            if (bytes == null) {
                throw new IllegalArgumentException("what stands in brackets is not an IPv6 address");
            }
            return "[" + IpLiteral.formatIpv6(bytes) + "]";
        }
        return IpLiteral.ipv4(text) != null ? text : name(text);
    }

    static int port(String text) {
        int port = IpLiteral.number(text, 5, 10);
        if (port < 1 || port > 65535 || text.charAt(0) == '0') {
            throw new IllegalArgumentException("the port is not a number from 1 to 65535");
        }
        return port;
    }

    static int defaultPort(String scheme) {
        return scheme.equals("https") ? 443 : 80;
    }

    private static String name(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c > '~') {
                throw new IllegalArgumentException("a name in other letters than ASCII is written in punycode (xn--)");
            }
            boolean letterOrDigit = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (!letterOrDigit && c != '-' && c != '_' && c != '.') {
                throw new IllegalArgumentException(c == '@'
                        ? "it carries user information"
                        : "it holds a character that no host name has");
            }
        }
        String[] labels = (text.endsWith(".") ? text.substring(0, text.length() - 1) : text).split("\\.", -1);
        for (String label : labels) {
            if (label.isEmpty() || label.length() > 63) {
                throw new IllegalArgumentException("a part of the host name is empty or longer than 63 characters");
            }
        }
        if (text.length() > 254) {
            throw new IllegalArgumentException("the host name is longer than 253 characters");
        }
        String folded = text.toLowerCase(Locale.ROOT);
        if (isNumber(labels[labels.length - 1].toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("it ends in a number but is not an IPv4 address of four decimal parts");
        }
        return folded;
    }

    /** Decimal, or hexadecimal behind {@code 0x}, after which there may be nothing. */
    private static boolean isNumber(String label) {
        boolean hexadecimal = label.startsWith("0x");
        for (int i = hexadecimal ? 2 : 0; i < label.length(); i++) {
            if (Character.digit(label.charAt(i), hexadecimal ? 16 : 10) < 0) {
                return false;
            }
        }
        return true;
    }
}
