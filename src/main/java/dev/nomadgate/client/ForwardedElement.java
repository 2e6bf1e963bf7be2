package dev.nomadgate.client;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What one proxy reported about the request it got: one element of {@code Forwarded} (RFC 7239 §4).
 *
 * @param address the address in {@code for}; empty if it is absent, obfuscated or unreadable
 * @param proto the value of {@code proto}, or empty text
 * @param host the value of {@code host}, or empty text
 */
record ForwardedElement(Optional<InetAddress> address, String proto, String host) {

    private static final String TOKEN_PUNCTUATION = "!#$%&'*+-.^_`|~";

    /**
     * Reads all field lines. Each stands for itself: one that breaks the grammar becomes one element
     * that says nothing, so that a quote which a client left open can swallow what a proxy appended to
     * it, and end the walk there, but never pass for an address.
     */
    static List<ForwardedElement> parse(List<String> lines) {
        List<ForwardedElement> elements = new ArrayList<>();
        for (String line : lines) {
            elements.addAll(new Reader(line).elements());
        }
        return elements;
    }

    /**
     * The address in a {@code for} value or an {@code X-Forwarded-For} entry, a port after it
     * tolerated (RFC 7239 §6: node). Names are not looked up.
     */
    static Optional<InetAddress> node(String text) {
        int colon = text.lastIndexOf(':');
        boolean port = colon > 0 && (text.charAt(colon - 1) == ']' || text.indexOf(':') == colon);
        if (!port) {
            return IpLiteral.parse(text);
        }
        int number = IpLiteral.number(text.substring(colon + 1), 5, 10);
        return number < 0 || number > 65535 ? Optional.empty() : IpLiteral.parse(text.substring(0, colon));
    }

    private static final class Reader {

        private static final List<ForwardedElement> NOTHING =
                List.of(new ForwardedElement(Optional.empty(), "", ""));

        private final String line;
        private int at;

        Reader(String line) {
            this.line = line;
        }

        /** {@code forwarded-element *( "," forwarded-element )}, empty elements skipped (RFC 9110 §5.6.1). */
        List<ForwardedElement> elements() {
            List<ForwardedElement> elements = new ArrayList<>();
            do {
                Map<String, String> pairs = pairs();
                if (pairs == null) {
                    return NOTHING;
                }
                if (!pairs.isEmpty()) {
                    elements.add(new ForwardedElement(
                            node(pairs.getOrDefault("for", "")),
                            pairs.getOrDefault("proto", ""),
                            pairs.getOrDefault("host", "")));
                }
            } while (take(','));
            return at == line.length() ? elements : NOTHING;
        }

        /** {@code [ pair ] *( ";" [ pair ] )}; null if broken or if a parameter comes twice. */
        private Map<String, String> pairs() {
            Map<String, String> pairs = new HashMap<>();
            do {
                blanks();
                String name = token();
                if (!name.isEmpty()) {
                    String value = take('=') ? value() : null;
                    if (value == null || pairs.put(name.toLowerCase(Locale.ROOT), value) != null) {
                        return null;
                    }
                }
                blanks();
            } while (take(';'));
            return pairs;
        }

        private String value() {
            if (!take('"')) {
                String token = looseToken();
                return token.isEmpty() ? null : token;
            }
            StringBuilder value = new StringBuilder();
            while (at < line.length()) {
                char c = line.charAt(at++);
                if (c == '"') {
                    return value.toString();
                }
                if (c == '\\') {
                    if (at == line.length()) {
                        return null;
                    }
                    c = line.charAt(at++);
                }
                value.append(c);
            }
            return null;
        }

        private String token() {
            return run(TOKEN_PUNCTUATION);
        }

        /** Proxies write {@code host=gate.example:8443} and {@code for=[::1]} without the quotes. */
        private String looseToken() {
            return run(TOKEN_PUNCTUATION + ":[]");
        }

        private String run(String punctuation) {
            int start = at;
            while (at < line.length()) {
                char c = line.charAt(at);
                boolean letterOrDigit = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
                if (!letterOrDigit && punctuation.indexOf(c) < 0) {
                    break;
                }
                at++;
            }
            return line.substring(start, at);
        }

        private void blanks() {
            while (at < line.length() && (line.charAt(at) == ' ' || line.charAt(at) == '\t')) {
                at++;
            }
        }

        private boolean take(char c) {
            if (at < line.length() && line.charAt(at) == c) {
                at++;
                return true;
            }
            return false;
        }
    }
}
