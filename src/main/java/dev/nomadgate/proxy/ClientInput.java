package dev.nomadgate.proxy;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.io.Content;

/**
 * Reads the body of a client's request from the container, while that request is the client's. The container may give it
 * to another client as soon as the exchange has ended; a read that fails then marks what is that one's, and Tomcat refuses
 * it. Therefore whoever reads holds up the end, and nobody reads after it. Thread-safe.
 */
final class ClientInput {

    private static final int BUFFER_SIZE = 32 * 1024;

    private final HttpServletRequest request;
    private final long length;
    private final Lock lock = new ReentrantLock();
    private volatile ServletInputStream stream;
    private volatile boolean over;
    private Content.Chunk first;
    private Content.Chunk broken;
    private byte[] buffer;
    private long bytes;

    ClientInput(HttpServletRequest request) {
        this.request = request;
        this.length = request.getContentLengthLong();
    }

    /** In bytes; negative if it is not known. */
    long length() {
        return length;
    }

    boolean listening() {
        return !over && stream != null;
    }

    /** Lets the container tell when something can be read, from which on it says {@code 100 Continue} if it has to. */
    void listen(ReadListener listener) throws IOException {
        ServletInputStream input = request.getInputStream();
        stream = input;
        // Not under the lock: Tomcat may call back at once, in this thread.
        input.setReadListener(listener);
    }

    /** Whether {@link #read} has something to return; if not, the listener is told when it has. */
    boolean readable() {
        lock.lock();
        try {
            return over || first != null || stream.isFinished() || stream.isReady();
        } catch (IllegalStateException e) {
            first = Content.Chunk.from(e, true);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** The next piece, the end, or a failure; null if there is none of them yet. A piece is valid until the next call. */
    Content.Chunk read() {
        lock.lock();
        try {
            Content.Chunk piece = first == null ? next(true) : first;
            first = null;
            return piece;
        } finally {
            lock.unlock();
        }
    }

    /** The same for the first piece, which is kept for {@link #read}. */
    Content.Chunk readFirst() {
        lock.lock();
        try {
            while (first == null || !first.hasRemaining() && !first.isLast()) {
                first = next(false);
                if (first == null) {
                    return null;
                }
            }
            return first;
        } finally {
            lock.unlock();
        }
    }

    /** @param gather all that has come, which may find out that the body is broken: not in a thread that Tomcat ends then */
    private Content.Chunk next(boolean gather) {
        if (over) {
            return Content.Chunk.from(new EOFException("the client's request is over"), true);
        }
        if (broken != null) {
            return broken;
        }
        int filled = 0;
        boolean ended = false;
        try {
            // Containers give it in smaller pieces, and each would be a write to Nomad of its own.
            while (!ended && filled < BUFFER_SIZE && (filled == 0 || gather) && moreNow(filled)) {
                if (buffer == null) {
                    buffer = new byte[BUFFER_SIZE];
                }
                int read = stream.isFinished() ? -1 : stream.read(buffer, filled, BUFFER_SIZE - filled);
                ended = read < 0;
                filled += Math.max(read, 0);
            }
        } catch (IOException | IllegalStateException e) {
            broken = Content.Chunk.from(e, true);
        }
        if (filled == 0) {
            return ended ? Content.Chunk.EOF : broken;
        }
        bytes += filled;
        return Content.Chunk.from(ByteBuffer.wrap(buffer, 0, filled), bytes == length);
    }

    /** Whether there is more to read, or the end, when so many bytes were taken that are not counted yet. */
    private boolean moreNow(int taken) {
        return !over && stream != null && (taken == 0 || bytes + taken != length) && (stream.isFinished() || stream.isReady());
    }

    /** The exchange is over: whoever reads just now does so for the last time. */
    void abandon() {
        over = true;
    }

    /** The exchange ends: nobody reads any more when this returns. */
    void end() {
        lock.lock();
        try {
            over = true;
        } finally {
            lock.unlock();
        }
    }
}
