package dev.nomadgate.exec.tomcat;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Lock;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * A connection of Tomcat's, as Jetty's WebSocket reads and writes it. Thread-safe.
 *
 * <p>Tomcat calls with the socket's lock held, and reads and writes here take it: Tomcat gives a socket's buffers to
 * the next connection as soon as it is closed. Nothing but Tomcat's own I/O runs under that lock, so who has it waits
 * for nobody, and anybody may wait for it, whatever else he holds. What frames lead to, a write to Nomad, the end of the
 * session, anything, is therefore left to the gate's threads, for a change of threads with each read. Else a browser
 * that sends without end would hold the lock all the while, against what is written to it, and against the one thread
 * of the scheduler, which pings it and cuts it off.
 */
final class TomcatEndPoint extends AbstractEndPoint {

    private final SocketWrapperBase<?> socket;
    private final Lock lock;
    private final Executor executor;
    /** Whether Tomcat has told of something to read since the last attempt; of NIO2 it tells once. Under the lock. */
    private boolean readable;

    /**
     * @param lock the socket's
     * @param executor runs what reads and writes lead to
     */
    TomcatEndPoint(SocketWrapperBase<?> socket, Lock lock, Executor executor, Scheduler scheduler) {
        super(scheduler);
        this.socket = socket;
        this.lock = lock;
        this.executor = executor;
    }

    /** Begins to use the connection. */
    void begin() {
        try {
            executor.execute(() -> getConnection().onOpen());
        } catch (RejectedExecutionException e) {
            // The gate is going down.
            close();
        }
    }

    /** There is something to read, or the end. In a thread of Tomcat's, under the lock. */
    void onReadable() {
        readable = true;
        if (isFillInterested()) {
            executor.execute(() -> getFillInterest().fillable());
        }
    }

    /** More can be written. In a thread of Tomcat's, under the lock. */
    void onWritable() {
        executor.execute(() -> getWriteFlusher().completeWrite());
    }

    /** Tomcat has closed the connection, or is about to. In any thread, perhaps under the lock. */
    void onGone() {
        if (isOpen()) {
            elsewhere(this::close);
        }
    }

    @Override
    protected void needsFillInterest() throws IOException {
        lock.lock();
        try {
            if (socket.isClosed()) {
                throw new EofException("closed by Tomcat");
            }
            if (readable) {
                executor.execute(() -> getFillInterest().fillable());
            } else {
                socket.registerReadInterest();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int fill(ByteBuffer buffer) {
        if (isInputShutdown()) {
            return -1;
        }
        int filled = read(buffer);
        if (filled < 0) {
            shutdownInput();
        }
        return filled;
    }

    private int read(ByteBuffer buffer) {
        int position = BufferUtil.flipToFill(buffer);
        lock.lock();
        try {
            readable = false;
            return socket.isClosed() ? -1 : socket.read(false, buffer);
        } catch (IOException e) {
            // How Tomcat tells the end, too.
            return -1;
        } finally {
            lock.unlock();
            BufferUtil.flipToFlush(buffer, position);
        }
    }

    /** Tomcat keeps what it could not write. Until that is gone it gets no more, so it never has more than one frame. */
    @Override
    public boolean flush(ByteBuffer... buffers) throws IOException {
        lock.lock();
        try {
            if (socket.isClosed()) {
                throw new EofException("closed by Tomcat");
            }
            if (socket.flush(false)) {
                return false;
            }
            for (ByteBuffer buffer : buffers) {
                socket.write(false, buffer);
            }
            return !socket.flush(false);
        } finally {
            lock.unlock();
        }
    }

    @Override
    protected void onIncompleteFlush() {
        boolean closed;
        lock.lock();
        try {
            closed = socket.isClosed();
            if (!closed) {
                socket.registerWriteInterest();
            }
        } finally {
            lock.unlock();
        }
        if (closed) {
            close();
        }
    }

    @Override
    protected void doClose() {
        lock.lock();
        try {
            socket.close();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onClose(Throwable failure) {
        super.onClose(failure);
        elsewhere(() -> getConnection().onClose(failure));
    }

    /** In a thread of the gate's while there is one: the caller may hold any lock, or be the scheduler's one thread. */
    private void elsewhere(Runnable work) {
        try {
            executor.execute(work);
        } catch (RejectedExecutionException e) {
            work.run();
        }
    }

    @Override
    public SocketAddress getLocalSocketAddress() {
        return null;
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
        return null;
    }

    @Override
    public Object getTransport() {
        return socket;
    }
}
