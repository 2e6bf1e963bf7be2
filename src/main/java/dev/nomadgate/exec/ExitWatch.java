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

    /** Output is base64 and contains no quote, so these characters cannot stand in it. */
    void watch(Frame frame) {
        if (frame instanceof Frame.Text text && text.text().contains(EXITED)) {
            seen = true;
        }
    }

    boolean seen() {
        return seen;
    }
}
