package dev.nomadgate.proxy;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * The client's request body as the content of the request to Nomad: read piece by piece, each one
 * only when the last was written on, so that a slow Nomad slows the client.
 *
 * <p>No more than its first piece is read before the connection to Nomad stands and its header was written, and that
 * piece is kept until then. Therefore a request whose server cannot be reached goes to the next one with its body whole.
 *
 * <p>The container may give the client's request to another client as soon as the exchange has ended. Whoever reads
 * at that moment holds up that end, and nobody reads after it.
 */
final class RequestBody implements Request.Content, ReadListener {

    /** The client has announced more and sends nothing. */
    private static final class StalledException extends IOException {
        private static final long serialVersionUID = 1;
    }

    /** Who waits for the first piece. */
    private record Arrival(Runnable over, Runnable arrived) {
    }

    private static final int BUFFER_SIZE = 32 * 1024;
    private static final Scheduler.Task NONE = () -> true;
    private static final Runnable NOTHING = () -> { };

    private final HttpServletRequest request;
    private final HttpClient client;
    private final Duration timeout;
    private final long length;
    private final AtomicReference<Runnable> demand = new AtomicReference<>();
    private final AtomicReference<Runnable> begunOrOver = new AtomicReference<>(NOTHING);
    private final AtomicReference<Arrival> arrival = new AtomicReference<>();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final AtomicReference<Scheduler.Task> bound = new AtomicReference<>(NONE);
    private final Lock inputLock = new ReentrantLock();
    private volatile ServletInputStream input;
    private volatile boolean wanted;
    private volatile boolean consumed;
    private volatile boolean brokenByClient;
    private boolean over;
    private Content.Chunk first;
    private byte[] buffer;
    private long read;

    /**
     * @param client of the request to Nomad, for its timer and its threads
     * @param timeout how long the client may take for the next piece
     */
    RequestBody(HttpServletRequest request, HttpClient client, Duration timeout) {
        this.request = request;
        this.client = client;
        this.timeout = timeout;
        this.length = request.getContentLengthLong();
    }

    /** Whether the client waits to be told that it may send it. */
    boolean awaitsContinue() {
        return "100-continue".equalsIgnoreCase(request.getHeader("Expect"));
    }

    /** Runs a task once, when the first piece was taken or none will be. */
    void whenBegunOrOver(Runnable task) {
        begunOrOver.set(task);
    }

    /**
     * Waits for the first piece.
     *
     * @param over runs once, when nobody waits for it any more
     * @param arrived runs behind that if it is there or {@linkplain #failure will not come}, but not if the exchange ended
     */
    void await(Runnable over, Runnable arrived) {
        arrival.set(new Arrival(over, arrived));
        expectMore();
        listen();
    }

    /** Why there is no more of it; null while there may be. */
    Throwable failure() {
        return failure.get();
    }

    /** Whether the client let the bound pass. */
    boolean stalled() {
        return failure.get() instanceof StalledException;
    }

    /** Whether the client broke it off, or sent something else than the body it announced. */
    boolean broken() {
        return brokenByClient;
    }

    /** The exchange ends: nobody reads any more when this returns. */
    void end() {
        inputLock.lock();
        try {
            over = true;
        } finally {
            inputLock.unlock();
        }
        begunOrOver.getAndSet(NOTHING).run();
        Arrival awaited = arrival.getAndSet(null);
        if (awaited != null) {
            bound.getAndSet(NONE).cancel();
            awaited.over().run();
        }
    }

    @Override
    public long getLength() {
        return length;
    }

    @Override
    public String getContentType() {
        return null;
    }

    @Override
    public Content.Chunk read() {
        Throwable failed = failure.get();
        if (failed != null) {
            return Content.Chunk.from(failed, true);
        }
        if (!wanted) {
            return null;
        }
        inputLock.lock();
        try {
            Content.Chunk piece = first == null ? take() : first;
            first = null;
            if (piece != null) {
                consumed = true;
                begunOrOver.getAndSet(NOTHING).run();
            }
            return piece;
        } finally {
            inputLock.unlock();
        }
    }

    /** With the lock held. */
    private Content.Chunk take() {
        if (over) {
            return Content.Chunk.from(new EOFException("the client's request is over"), true);
        }
        if (input == null) {
            return null;
        }
        try {
            if (!input.isFinished() && !input.isReady()) {
                return null;
            }
            if (buffer == null) {
                buffer = new byte[BUFFER_SIZE];
            }
            int piece = input.isFinished() ? -1 : input.read(buffer);
            if (piece < 0) {
                return Content.Chunk.EOF;
            }
            read += piece;
            return Content.Chunk.from(ByteBuffer.wrap(buffer, 0, piece), read == length);
        } catch (IOException | IllegalStateException e) {
            brokenByClient |= failure.compareAndSet(null, e);
            return Content.Chunk.from(e, true);
        }
    }

    @Override
    public void demand(Runnable callback) {
        wanted = true;
        demand.set(callback);
        expectMore();
        if (input == null) {
            listen();
        } else if (readable()) {
            answerDemand();
        }
    }

    private void listen() {
        try {
            ServletInputStream stream = request.getInputStream();
            input = stream;
            // Not under the lock: Tomcat may call back at once, in this thread.
            stream.setReadListener(this);
        } catch (IOException | IllegalStateException e) {
            onError(e);
        }
    }

    private boolean readable() {
        inputLock.lock();
        try {
            return over || first != null || failure.get() != null || input.isFinished() || input.isReady();
        } catch (IllegalStateException e) {
            brokenByClient |= failure.compareAndSet(null, e);
            return true;
        } finally {
            inputLock.unlock();
        }
    }

    @Override
    public void fail(Throwable cause) {
        demand.set(null);
        bound.getAndSet(NONE).cancel();
        if (consumed) {
            failure.compareAndSet(null, cause);
        }
    }

    @Override
    public void onDataAvailable() {
        if (arrival.get() == null) {
            answerDemand();
        } else if (firstIsThere()) {
            tellArrival();
        }
    }

    @Override
    public void onAllDataRead() {
        onDataAvailable();
    }

    @Override
    public void onError(Throwable cause) {
        brokenByClient |= failure.compareAndSet(null, cause);
        if (!tellArrival()) {
            answerDemand();
        }
    }

    private boolean firstIsThere() {
        inputLock.lock();
        try {
            while (first == null || !first.hasRemaining() && !first.isLast()) {
                first = take();
                if (first == null) {
                    return false;
                }
            }
            return true;
        } finally {
            inputLock.unlock();
        }
    }

    private boolean tellArrival() {
        Arrival awaited = arrival.getAndSet(null);
        if (awaited == null) {
            return false;
        }
        bound.getAndSet(NONE).cancel();
        awaited.over().run();
        awaited.arrived().run();
        return true;
    }

    private void expectMore() {
        bound.getAndSet(client.getScheduler().schedule(
                () -> client.getExecutor().execute(() -> onError(new StalledException())),
                timeout.toMillis(), TimeUnit.MILLISECONDS)).cancel();
        if (demand.get() == null && arrival.get() == null) {
            bound.getAndSet(NONE).cancel();
        }
    }

    private void answerDemand() {
        Runnable callback = demand.getAndSet(null);
        if (callback != null) {
            bound.getAndSet(NONE).cancel();
            callback.run();
        }
    }
}
