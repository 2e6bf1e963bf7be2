package dev.nomadgate.standin;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One accepted TCP connection: its bytes both ways, and the ways in which it can end. */
final class Connection {
    private final int id;
    private final Socket tcp;
    private final Socket socket;
    private final OutputStream out;
    private final Stall stall;
    private final Inbox inbox = new Inbox();
    private final CountDownLatch peerClosed = new CountDownLatch(1);
    private final List<Runnable> whenPeerCloses = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    /**
     * @param tcp the TCP socket, on which a reset works
     * @param socket the socket to read and write: {@code tcp} itself or TLS on top of it
     * @param stall holds back what comes and goes
     */
    Connection(int id, Socket tcp, Socket socket, Stall stall) throws IOException {
        this.id = id;
        this.tcp = tcp;
        this.socket = socket;
        this.out = socket.getOutputStream();
        this.stall = stall;
    }

    int id() {
        return id;
    }

    InputStream in() {
        return inbox;
    }

    /** Writes and flushes; blocks while the peer does not read. */
    void write(byte[] bytes, int offset, int length) throws IOException {
        stall.await();
        out.write(bytes, offset, length);
        out.flush();
    }

    void write(byte[] bytes) throws IOException {
        write(bytes, 0, bytes.length);
    }

    /** Reads the socket until it ends. Run by the connection's pump thread. */
    void pump() {
        byte[] buffer = new byte[16 * 1024];
        IOException failure = null;
        try {
            InputStream in = socket.getInputStream();
            for (int n; (n = in.read(buffer)) >= 0; ) {
                stall.await();
                inbox.put(buffer, n);
            }
        } catch (IOException e) {
            failure = e;
        }
        inbox.end(failure);
        peerClosed.countDown();
        whenPeerCloses.forEach(Runnable::run);
    }

    /** Runs {@code action} when the peer has closed or reset its side; at once if it already has. */
    void onPeerClose(Runnable action) {
        whenPeerCloses.add(action);
        if (peerClosed()) {
            action.run();
        }
    }

    boolean peerClosed() {
        return peerClosed.getCount() == 0;
    }

    boolean awaitPeerClose(Duration limit) throws IOException {
        try {
            return peerClosed.await(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    boolean open() {
        return !closed && !peerClosed();
    }

    void closeOutput() throws IOException {
        socket.shutdownOutput();
    }

    /** Ends TCP in the ordinary way: FIN. */
    void close() {
        closed = true;
        inbox.end(null);
        try {
            if (socket == tcp && !tcp.isOutputShutdown()) {
                tcp.shutdownOutput();
            }
        } catch (IOException e) {
            // The peer was faster; closing below is all that is left to do.
        }
        closeQuietly(socket);
        closeQuietly(tcp);
    }

    /** Ends TCP with an RST; what was not sent yet is lost. */
    void reset() {
        closed = true;
        try {
            tcp.setSoLinger(true, 0);
        } catch (IOException e) {
            // Already gone.
        }
        // The TCP socket first: closing TLS would say goodbye, as would a reader that met the end of its input.
        closeQuietly(tcp);
        closeQuietly(socket);
        inbox.end(null);
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // There is nobody to tell.
        }
    }
}
