package dev.nomadgate.standin;

import java.io.IOException;
import java.io.InputStream;

/**
 * What the peer has sent and nobody has read yet: a bounded ring between a connection's pump thread
 * and whoever handles the connection.
 *
 * <p>The pump exists so that an EOF or a reset is noticed at once, also while the handler only
 * writes or waits. The ring is bounded so that a handler which does not read still holds the peer
 * back through TCP.
 */
final class Inbox extends InputStream {
    private final byte[] ring = new byte[64 * 1024];
    private int start;
    private int size;
    private boolean ended;
    private IOException failure;

    /** Called by the pump; blocks while the ring is full. */
    synchronized void put(byte[] from, int length) throws IOException {
        int offset = 0;
        while (offset < length) {
            while (size == ring.length && !ended) {
                pause();
            }
            if (ended) {
                return;
            }
            int end = (start + size) % ring.length;
            int n = Math.min(length - offset, Math.min(ring.length - size, ring.length - end));
            System.arraycopy(from, offset, ring, end, n);
            size += n;
            offset += n;
            notifyAll();
        }
    }

    /** No more bytes will come; {@code cause} is null for a plain EOF. */
    synchronized void end(IOException cause) {
        if (!ended) {
            ended = true;
            failure = cause;
            notifyAll();
        }
    }

    @Override
    public synchronized int available() {
        return size;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public synchronized int read(byte[] to, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (size == 0 && !ended) {
            pause();
        }
        if (size == 0) {
            if (failure != null) {
                throw new IOException(failure.getMessage(), failure);
            }
            return -1;
        }
        int n = Math.min(length, Math.min(size, ring.length - start));
        System.arraycopy(ring, start, to, offset, n);
        start = (start + n) % ring.length;
        size -= n;
        notifyAll();
        return n;
    }

    private void pause() throws IOException {
        try {
            wait();
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
    }
}
