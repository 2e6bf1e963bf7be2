package dev.nomadgate.bench.wire;

import java.util.Locale;

/** Start line and fields of an HTTP/1.1 message. */
public final class Head {

    private final String text;

    Head(String text) {
        this.text = text;
    }

    public String startLine() {
        return text.substring(0, text.indexOf('\r'));
    }

    /** The status of a response. */
    public int status() {
        return Integer.parseInt(text.substring(9, 12));
    }

    /** The value of the first field of this name, or null. */
    public String field(String name) {
        for (int end = text.indexOf('\n'); end >= 0 && end + 1 < text.length(); end = text.indexOf('\n', end + 1)) {
            int colon = end + 1 + name.length();
            if (text.regionMatches(true, end + 1, name, 0, name.length())
                    && colon < text.length() && text.charAt(colon) == ':') {
                int stop = text.indexOf('\r', colon);
                return text.substring(colon + 1, stop < 0 ? text.length() : stop).strip();
            }
        }
        return null;
    }

    public boolean isUpgrade() {
        return "websocket".equalsIgnoreCase(field("Upgrade"));
    }

    /** Whether the peer keeps the connection. */
    public boolean isPersistent() {
        String connection = field("Connection");
        return connection == null || !connection.toLowerCase(Locale.ROOT).contains("close");
    }

    @Override
    public String toString() {
        return text;
    }
}
