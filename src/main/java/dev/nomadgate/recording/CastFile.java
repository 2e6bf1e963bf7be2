package dev.nomadgate.recording;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.time.Instant;

/**
 * A file that grows line by line: at no time does it end within one, unless the machine itself stops, so it can be
 * played whenever that is. For one thread.
 */
final class CastFile {

    private static final int FULL = 16 * 1024;
    private static final int NAMES = 1000;

    private final RecordingName name;
    private final SeekableByteChannel channel;
    private ByteArrayOutputStream lines = new ByteArrayOutputStream();
    private long written;

    CastFile(RecordingName name, SeekableByteChannel channel) {
        this.name = name;
        this.channel = channel;
    }

    /** Makes the file for a session. */
    interface Maker {
        CastFile create(Path directory, Instant started, String session) throws IOException;
    }

    /** A new file for a session; the directory is made if need be. */
    static CastFile create(Path directory, Instant started, String session) throws IOException {
        OwnFiles.makeDirectory(directory);
        for (int again = 0; ; again++) {
            RecordingName name = RecordingName.of(started, session, again);
            try {
                return new CastFile(name, OwnFiles.create(directory.resolve(name.fileName())));
            } catch (FileAlreadyExistsException e) {
                // An id is unique, unless a client chose it.
                if (again == NAMES) {
                    throw e;
                }
            }
        }
    }

    RecordingName name() {
        return name;
    }

    /** How large it is, with what is not on disk yet. */
    long size() {
        return written + lines.size();
    }

    /** Adds a line, its end included, which is on disk after the next {@link #flush} at the latest. */
    void add(byte[] line) throws IOException {
        lines.writeBytes(line);
        if (lines.size() >= FULL) {
            flush();
        }
    }

    void flush() throws IOException {
        if (lines.size() == 0) {
            return;
        }
        ByteBuffer bytes = ByteBuffer.wrap(lines.toByteArray());
        if (bytes.limit() > 4 * FULL) {
            // One long line must not hold its memory as long as the session lasts.
            lines = new ByteArrayOutputStream();
        } else {
            lines.reset();
        }
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            written += bytes.limit();
        } catch (IOException e) {
            takeBack(e);
            throw e;
        }
    }

    /** A full disk takes part of a line. */
    private void takeBack(IOException failure) {
        try {
            channel.truncate(written);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    /** Closes it, without what was not flushed. */
    void close() throws IOException {
        channel.close();
    }
}
