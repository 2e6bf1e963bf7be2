package dev.nomadgate.recording;

import dev.nomadgate.recording.ExecMessage.Size;
import dev.nomadgate.session.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
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

    /** More than is typed before a prompt; whoever types more is not waited with any longer. */
    private static final int HELD = 64 * 1024;

    private final Opening opening;
    private final CastHeader header;
    private final boolean input;
    private final long limit;
    private final String whenFull;
    private final StreamText output;
    private final StreamText errors;
    private final StreamText typed = new StreamText(true);
    private final List<byte[]> held = new ArrayList<>();
    private volatile Optional<RecordingName> name = Optional.empty();
    private long heldBytes;
    private Optional<Size> size = Optional.empty();
    private CastFile file;
    private boolean headed;
    private boolean over;
    private boolean full;
    private long last;

    /** Makes what is written to. */
    interface Opening {
        CastFile open() throws IOException;
    }

    /**
     * @param opening is asked for the file when Nomad sends something: of a session that Nomad refuses there is none,
     *     or anybody could fill the directory
     * @param terminal whether a terminal writes the output
     * @param input whether to record what is typed
     * @param limit most bytes of the file
     * @param goesOn whether the session does when the limit is reached
     */
    Cast(Opening opening, CastHeader header, boolean terminal, boolean input, long limit, boolean goesOn) {
        this.opening = opening;
        this.header = header;
        this.input = input;
        this.limit = limit;
        this.whenFull = "it is as large as nomad-gate.recording.max-session-size allows; the session "
                + (goesOn ? "went on" : "was ended");
        this.output = new StreamText(terminal);
        this.errors = new StreamText(terminal);
    }

    /** The name of the recording, once there is a file; for any thread. */
    Optional<RecordingName> name() {
        return name;
    }

    /** Whether nothing is written to it any more. */
    boolean over() {
        return over;
    }

    /** Whether that is since it became too large. */
    boolean full() {
        return full;
    }

    /**
     * A whole message of the session.
     *
     * @return whether it was understood, if there can be anything in it to record
     */
    boolean message(long at, boolean fromBrowser, String text) throws IOException {
        Optional<ExecMessage> read = ExecMessage.read(text);
        if (!fromBrowser) {
            open();
        }
        if (read.isEmpty()) {
            return !(fromBrowser && input);
        }
        ExecMessage message = read.get();
        if (!fromBrowser) {
            shown(at, message.output(), output);
            shown(at, message.errors(), errors);
            return true;
        }
        if (message.size().isPresent()) {
            resized(at, message.size().get());
        }
        if (input && message.input().isPresent()) {
            event(at, "i", typed.next(message.input().get()));
        }
        return true;
    }

    private void open() throws IOException {
        if (file != null || over) {
            return;
        }
        file = opening.open();
        name = Optional.of(file.name());
        if (size.isPresent() || !held.isEmpty()) {
            head(size.orElse(Size.USUAL));
        }
        for (byte[] line : held) {
            write(line);
        }
        held.clear();
    }

    private void shown(long at, Optional<byte[]> bytes, StreamText stream) throws IOException {
        if (bytes.isPresent()) {
            event(at, "o", stream.next(bytes.get()));
        }
    }

    private void resized(long at, Size size) throws IOException {
        if (headed || !held.isEmpty()) {
            event(at, "r", size.width() + "x" + size.height());
        } else if (file == null) {
            this.size = Optional.of(size);
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
        if (file != null && !over) {
            head(Size.USUAL);
            file.flush();
        }
    }

    /**
     * Nothing follows.
     *
     * @param refused whether Nomad may have let nothing happen: then only what it sent tells that there is something
     *     to keep
     */
    void end(long at, String why, boolean refused) throws IOException {
        event(at, "i", typed.rest());
        if (file == null && !refused && !held.isEmpty()) {
            open();
        }
        if (file == null) {
            over = true;
            return;
        }
        event(at, "o", output.rest());
        event(at, "o", errors.rest());
        close(at, why);
    }

    /** Gives it up as it is. */
    void abandon() throws IOException {
        over = true;
        if (file != null) {
            file.close();
        }
    }

    private void event(long at, String code, String data) throws IOException {
        if (over || data.isEmpty()) {
            return;
        }
        byte[] line = line(at, code, data);
        if (file != null) {
            write(line);
            return;
        }
        held.add(line);
        heldBytes += line.length;
        if (heldBytes > HELD) {
            open();
        }
    }

    private void write(byte[] line) throws IOException {
        head(Size.USUAL);
        if (over) {
            return;
        }
        if (file.size() + line.length > limit - FOR_THE_END) {
            full = true;
            close(last, whenFull);
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
