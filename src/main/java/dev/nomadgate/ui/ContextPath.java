package dev.nomadgate.ui;

import java.nio.charset.StandardCharsets;

/**
 * The path that the gate is deployed at, as it stands in a browser's address bar, and the same for every request. A
 * client may spell it differently ({@code //nomad-gate} or {@code /%6eomad-gate} reach it on Tomcat), so a request's
 * own is good only for being taken off that request.
 *
 * @param value empty at the root; otherwise begins with a slash and does not end with one; holds only characters that
 *     a URI's path may hold, and no semicolon
 */
public record ContextPath(String value) {

    private static final String ALLOWED = "/-._~!$&'()*+,=:@";

    /**
     * Encodes what has to be, and nothing twice.
     *
     * @param path as containers name it, which some do encoded and some decoded
     */
    public static ContextPath of(String path) {
        byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
        StringBuilder encoded = new StringBuilder();
        for (int i = 0; i < bytes.length; i++) {
            char c = (char) (bytes[i] & 0xff);
            boolean escape = c == '%' && isHex(bytes, i + 1) && isHex(bytes, i + 2);
            if (escape || c < 0x80 && (Character.isLetterOrDigit(c) || ALLOWED.indexOf(c) >= 0)) {
                encoded.append(c);
            } else {
                encoded.append('%').append(String.format("%02X", (int) c));
            }
        }
        return new ContextPath(encoded.toString());
    }

    private static boolean isHex(byte[] bytes, int at) {
        return at < bytes.length && Character.digit(bytes[at], 16) >= 0;
    }

    public boolean isRoot() {
        return value.isEmpty();
    }

    /**
     * Puts the context path in front of a path of Nomad's: always, and once. One that begins with it already is no
     * exception, because Nomad does not know it; there it is a name of Nomad's own that happens to be the same.
     *
     * @param path absolute, with or without query and fragment
     */
    public String prefix(String path) {
        return value + path;
    }

    @Override
    public String toString() {
        return value;
    }
}
