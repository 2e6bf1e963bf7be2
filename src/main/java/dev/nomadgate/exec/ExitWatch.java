package dev.nomadgate.exec;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Notices the message in which Nomad says that the process exited, and with which code. After it Nomad drops the
 * connection without a close frame, and only this message tells such an end from a broken one.
 *
 * @see <a href="https://developer.hashicorp.com/nomad/api-docs/client">exec: {@code {"exited":true,"result":{…}}}</a>
 */
final class ExitWatch {

    private static final String EXITED = "\"exited\":true";
    /** Nomad leaves out a code of 0. */
    private static final Pattern CODE = Pattern.compile("\"exit_code\":(-?[0-9]{1,9})(?![0-9])");
    /** Many times as long as the message. */
    private static final int LONGEST = 1024;

    private volatile boolean seen;
    private volatile int code;
    private String carried = "";

    /** Output is base64 and contains no quote, so these characters cannot stand in it. Called by one thread at a time. */
    void watch(Frame frame) {
        if (frame instanceof Frame.Text text) {
            // Jetty hands over what TCP has brought so far, so the words may come in pieces.
            String known = carried + text.text();
            int exited = known.indexOf(EXITED);
            if (exited >= 0) {
                seen = true;
                Matcher told = CODE.matcher(known);
                code = told.find(exited) ? Integer.parseInt(told.group(1)) : code;
            }
            int kept = exited >= 0 ? exited : Math.max(0, known.length() - EXITED.length() + 1);
            carried = text.last() ? "" : known.substring(kept, Math.min(known.length(), kept + LONGEST));
        }
    }

    boolean seen() {
        return seen;
    }

    /** The code that the process exited with, if it has. */
    OptionalInt code() {
        return seen ? OptionalInt.of(code) : OptionalInt.empty();
    }
}
