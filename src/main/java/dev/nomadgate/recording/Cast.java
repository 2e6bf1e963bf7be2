package dev.nomadgate.recording;

import dev.nomadgate.recording.ExecMessage.Size;
import dev.nomadgate.session.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * One recording while it is made. What the browser says it has shown, or Nomad that somebody typed, is not believed.
 * Times are in nanoseconds since the session began. For one thread.
 *
 * @see <a href="https://docs.asciinema.org/manual/asciicast/v2/">asciicast v2</a>
 */
final class Cast {

    /** How the marker begins that is a recording's last line. */
    static final String END = "end of recording: ";

    private static final long SECOND = 1_000_000_000;
    private static final int FOR_THE_END = 1024;

    private final CastFile file;
    private final CastHeader header;
    private final boolean input;
    private final long limit;
    private final StreamText output;
    private final StreamText errors;
    private final StreamText typed = new StreamText(true);
    private boolean headed;
    private boolean over;
    private long last;

    /**
     * @param terminal whether a terminal writes the output
     * @param input whether to record what is typed
     * @param limit most bytes of the file
     */
    Cast(CastFile file, CastHeader header, boolean terminal, boolean input, long limit) {
        this.file = file;
        this.header = header;
        this.input = input;
        this.limit = limit;
        this.output = new StreamText(terminal);
        this.errors = new StreamText(terminal);
    }

    /** Whether it is closed. */
    boolean over() {
        return over;
    }

    /** A whole message of the session. */
    void message(long at, boolean fromBrowser, String text) throws IOException {
        ExecMessage message = ExecMessage.read(text);
        if (!fromBrowser) {
            shown(at, message.output(), output);
            shown(at, message.errors(), errors);
            return;
        }
        if (message.size().isPresent()) {
            resized(at, message.size().get());
        }
        if (input && message.input().isPresent()) {
            event(at, "i", typed.next(message.input().get()));
        }
    }

    private void shown(long at, Optional<byte[]> bytes, StreamText stream) throws IOException {
        if (bytes.isPresent()) {
            event(at, "o", stream.next(bytes.get()));
        }
    }

    private void resized(long at, Size size) throws IOException {
        if (headed) {
            event(at, "r", size.width() + "x" + size.height());
        } else {
            head(size);
        }
    }

    /** Bytes, about, of output or input are not in it. */
    void missing(long at, long bytes) throws IOException {
        event(at, "m", "missing: about " + bytes + " bytes");
    }

    /** Puts on disk what it has by now. Whatever has no size by then gets the usual one, so that it can be played. */
    void flush() throws IOException {
        if (!over) {
            head(Size.USUAL);
            file.flush();
        }
    }

    /** Nothing follows. */
    void end(long at, String why) throws IOException {
        event(at, "o", output.rest());
        event(at, "o", errors.rest());
        event(at, "i", typed.rest());
        close(at, why);
    }

    /** Gives it up as it is. */
    void abandon() throws IOException {
        over = true;
        file.close();
    }

    private void event(long at, String code, String data) throws IOException {
        if (over || data.isEmpty()) {
            return;
        }
        head(Size.USUAL);
        byte[] line = line(at, code, data);
        if (file.size() + line.length > limit - FOR_THE_END) {
            close(at, "it is as large as nomad-gate.recording.max-session-size allows; the session went on");
        } else {
            file.add(line);
        }
    }

    private void close(long at, String why) throws IOException {
        if (!over) {
            head(Size.USUAL);
            over = true;
            try {
                file.add(line(at, "m", END + why));
                file.flush();
            } finally {
                file.close();
            }
        }
    }

    private void head(Size size) throws IOException {
        if (!headed) {
            headed = true;
            file.add((header.line(size) + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    private byte[] line(long at, String code, String data) {
        // Two threads say what time it is, and players expect no step back.
        last = Math.max(last, at);
        String seconds = String.format(Locale.ROOT, "%d.%06d", last / SECOND, last % SECOND / 1000);
        return ("[" + seconds + ", \"" + code + "\", " + Json.write(data) + "]\n").getBytes(StandardCharsets.UTF_8);
    }
}
