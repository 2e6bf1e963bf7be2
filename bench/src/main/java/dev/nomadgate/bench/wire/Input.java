package dev.nomadgate.bench.wire;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Buffered bytes of a peer, read as HTTP and WebSocket need them. Not thread-safe. */
public final class Input {

    private final InputStream in;
    private byte[] buffer = new byte[4 * 1024];
    private int position;
    private int limit;

    public Input(InputStream in) {
        this.in = in;
    }

    /** The next message's head without its empty line, or null if the peer closed between two messages. */
    public Head head() throws IOException {
        int from = position;
        while (true) {
            for (int i = Math.max(from, position + 3); i < limit; i++) {
                if (buffer[i] == '\n' && buffer[i - 1] == '\r' && buffer[i - 2] == '\n') {
                    Head head = new Head(new String(buffer, position, i - position - 1, StandardCharsets.ISO_8859_1));
                    position = i + 1;
                    return head;
                }
            }
            int seen = limit - position;
            if (!fill()) {
                if (seen == 0) {
                    return null;
                }
                throw new EOFException("in a head");
            }
            from = position + seen;
        }
    }

    /** One line without its end. */
    public String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b; (b = read()) != '\n'; ) {
            if (b != '\r') {
                line.append((char) b);
            }
        }
        return line.toString();
    }

    public int read() throws IOException {
        if (position == limit && !fill()) {
            throw new EOFException();
        }
        return buffer[position++] & 0xFF;
    }

    public void readFully(byte[] target, int length) throws IOException {
        int done = Math.min(length, limit - position);
        System.arraycopy(buffer, position, target, 0, done);
        position += done;
        while (done < length) {
            int read = in.read(target, done, length - done);
            if (read < 0) {
                throw new EOFException((length - done) + " bytes short");
            }
            done += read;
        }
    }

    public void skip(long length) throws IOException {
        long left = length;
        while (left > 0) {
            if (position == limit) {
                grow(left);
                if (!fill()) {
                    throw new EOFException(left + " bytes short");
                }
            }
            int step = (int) Math.min(left, limit - position);
            position += step;
            left -= step;
        }
    }

    /** Bulk is read in large pieces; what only ever carries small messages stays small. */
    private void grow(long expected) {
        if (expected > buffer.length && buffer.length < 128 * 1024) {
            buffer = new byte[128 * 1024];
            position = 0;
            limit = 0;
        }
    }

    private boolean fill() throws IOException {
        if (position == limit) {
            position = 0;
            limit = 0;
        } else if (limit == buffer.length) {
            if (position == 0) {
                throw new IOException("a head larger than " + buffer.length);
            }
            System.arraycopy(buffer, position, buffer, 0, limit - position);
            limit -= position;
            position = 0;
        }
        int read = in.read(buffer, limit, buffer.length - limit);
        if (read < 0) {
            return false;
        }
        limit += read;
        return true;
    }
}
