package dev.nomadgate.exec;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;

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

    /** What Go's {@code strconv.ParseBool} takes for true, as Nomad does. */
    private static final Pattern TTY = Pattern.compile("(^|&)tty=(1|t|T|TRUE|true|True)(&|$)");

    /** The stream for a session with this query, which may be null. */
    static Notice to(String query) {
        return query != null && TTY.matcher(query).find() ? STDOUT : STDERR;
    }

    Frame frame(String line) {
        String data = Base64.getEncoder().encodeToString(("\r\n" + line + "\r\n").getBytes(StandardCharsets.UTF_8));
        return new Frame.Text("{\"" + (this == STDERR ? "stderr" : "stdout") + "\":{\"data\":\"" + data + "\"}}", true);
    }
}
