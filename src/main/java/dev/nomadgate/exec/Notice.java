package dev.nomadgate.exec;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A line of the gate's own in a session, framed as Nomad frames output.
 *
 * @see <a href="https://developer.hashicorp.com/nomad/api-docs/client">exec: {@code {"stderr":{"data":"…"}}}</a>
 */
enum Notice {

    /** Apart from the output of the command, which may go into a file. */
    STDERR,
    /** A terminal is one stream, and Nomad's UI shows no other. */
    STDOUT;

    /** The stream for a session, on a terminal or not. */
    static Notice to(boolean tty) {
        return tty ? STDOUT : STDERR;
    }

    Frame frame(String line) {
        String data = Base64.getEncoder().encodeToString(("\r\n" + line + "\r\n").getBytes(StandardCharsets.UTF_8));
        return new Frame.Text("{\"" + (this == STDERR ? "stderr" : "stdout") + "\":{\"data\":\"" + data + "\"}}", true);
    }
}
