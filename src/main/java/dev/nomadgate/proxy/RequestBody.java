package dev.nomadgate.proxy;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * The client's request body as the content of the request to Nomad: read piece by piece, each one
 * only when the last was written on, so that a slow Nomad slows the client.
 *
 * <p>Nothing is read before the connection to Nomad stands and its header was written. Therefore a
 * request whose server cannot be reached goes to the next one with its body untouched, and the
 * container sends {@code 100 Continue} no earlier than Nomad did.
 */
final class RequestBody implements Request.Content, ReadListener {

    /** The client has announced more and sends nothing. */
    private static final class StalledException extends IOException {
        private static final long serialVersionUID = 1;
    }

    private static final int BUFFER_SIZE = 32 * 1024;
    private static final Scheduler.Task NONE = () -> true;

    private final HttpServletRequest request;
    private final HttpClient client;
    private final Duration timeout;
    private final AtomicReference<Runnable> demand = new AtomicReference<>();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private volatile ServletInputStream input;
    private volatile boolean consumed;
    private volatile boolean brokenByClient;
    private byte[] buffer;

    private final AtomicReference<Scheduler.Task> bound = new AtomicReference<>(NONE);

    /**
     * @param client of the request to Nomad, for its timer and its threads
     * @param timeout how long the client may take for the next piece
     */
    RequestBody(HttpServletRequest request, HttpClient client, Duration timeout) {
        this.request = request;
        this.client = client;
        this.timeout = timeout;
    }

    /** Whether the client let the bound pass. */
    boolean stalled() {
        return failure.get() instanceof StalledException;
    }

    /** Whether the client broke it off, or sent something else than the body it announced. */
    boolean broken() {
        return brokenByClient;
    }

    @Override
    public long getLength() {
        return request.getContentLengthLong();
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
        if (input == null) {
            return null;
        }
        try {
            if (!input.isFinished() && !input.isReady()) {
                return null;
            }
            consumed = true;
            if (buffer == null) {
                buffer = new byte[BUFFER_SIZE];
            }
            int length = input.isFinished() ? -1 : input.read(buffer);
            return length < 0 ? Content.Chunk.EOF : Content.Chunk.from(ByteBuffer.wrap(buffer, 0, length), false);
        } catch (IOException | IllegalStateException e) {
            brokenByClient |= failure.compareAndSet(null, e);
            return Content.Chunk.from(e, true);
        }
    }

    @Override
    public void demand(Runnable callback) {
        demand.set(callback);
        expectMore();
        try {
            if (input == null) {
                ServletInputStream stream = request.getInputStream();
                input = stream;
                stream.setReadListener(this);
            } else if (failure.get() != null || input.isFinished() || input.isReady()) {
                answerDemand();
            }
        } catch (IOException | IllegalStateException e) {
            onError(e);
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
        answerDemand();
    }

    @Override
    public void onAllDataRead() {
        answerDemand();
    }

    @Override
    public void onError(Throwable cause) {
        brokenByClient |= failure.compareAndSet(null, cause);
        answerDemand();
    }

    private void expectMore() {
        bound.getAndSet(client.getScheduler().schedule(
                () -> client.getExecutor().execute(() -> onError(new StalledException())),
                timeout.toMillis(), TimeUnit.MILLISECONDS)).cancel();
        if (demand.get() == null) {
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
