package dev.nomadgate.client;

/** Foreign text made fit for a log line or a page: bounded, printable ASCII, no markup, no quotes. */
final class Shown {

    private static final int LIMIT = 80;

    private Shown() {
    }

    static String quote(String text) {
        if (text == null) {
            return "\"\"";
        }
        StringBuilder out = new StringBuilder(LIMIT + 5).append('"');
        for (int i = 0; i < Math.min(text.length(), LIMIT); i++) {
            char c = text.charAt(i);
            out.append(c < ' ' || c > '~' || "\"'\\<>&`".indexOf(c) >= 0 ? '?' : c);
        }
        return out.append(text.length() > LIMIT ? "...\"" : "\"").toString();
    }
}
