package dev.nomadgate.exec;

/**
 * Notices the frame in which Nomad says that the process exited. After it Nomad drops the connection
 * without a close frame, and only this frame tells such an end from a broken one.
 *
 * @see <a href="https://developer.hashicorp.com/nomad/api-docs/client">exec: {@code {"exited":true,"result":{…}}}</a>
 */
final class ExitWatch {

    private static final String EXITED = "\"exited\":true";

    private volatile boolean seen;
    private String carried = "";

    /** Output is base64 and contains no quote, so these characters cannot stand in it. Called by one thread at a time. */
    void watch(Frame frame) {
        if (frame instanceof Frame.Text text) {
            // Jetty hands over what TCP has brought so far, so the words may come in two pieces.
            String known = carried + text.text();
            seen |= known.contains(EXITED);
            carried = text.last() ? "" : known.substring(Math.max(0, known.length() - EXITED.length() + 1));
        }
    }

    boolean seen() {
        return seen;
    }
}
