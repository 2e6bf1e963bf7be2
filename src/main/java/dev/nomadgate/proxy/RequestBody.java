package dev.nomadgate.proxy;

import jakarta.servlet.ReadListener;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
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
 * <p>No more than its first piece is read before the connection to Nomad stands and its header was written, and that
 * piece is kept until then. Therefore a request whose server cannot be reached goes to the next one with its body whole.
 */
final class RequestBody implements Request.Content, ReadListener {

    /** The client has announced more and sends nothing. */
    private static final class StalledException extends IOException {
        private static final long serialVersionUID = 1;
    }

    /** Who waits for the first piece. */
    private record Arrival(Runnable over, Runnable arrived) {
    }

    private static final Scheduler.Task NONE = () -> true;
    private static final Runnable NOTHING = () -> { };

    private final boolean awaitsContinue;
    private final ClientInput input;
    private final HttpClient client;
    private final Duration timeout;
    private final AtomicReference<Runnable> demand = new AtomicReference<>();
    private final AtomicReference<Runnable> begunOrOver = new AtomicReference<>(NOTHING);
    private final AtomicReference<Arrival> arrival = new AtomicReference<>();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final AtomicReference<Scheduler.Task> bound = new AtomicReference<>(NONE);
    private volatile boolean wanted;
    private volatile boolean consumed;
    private volatile boolean brokenByClient;

    /**
     * @param client of the request to Nomad, for its timer and its threads
     * @param timeout how long the client may take for the next piece
     */
    RequestBody(HttpServletRequest request, HttpClient client, Duration timeout) {
        this.awaitsContinue = "100-continue".equalsIgnoreCase(request.getHeader("Expect"));
        this.input = new ClientInput(request);
        this.client = client;
        this.timeout = timeout;
    }

    /** Whether the client waits to be told that it may send it. */
    boolean awaitsContinue() {
        return awaitsContinue;
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
        input.end();
        forget();
    }

    /** The exchange is over: whoever reads just now does so for the last time. */
    void abandon() {
        input.abandon();
        forget();
    }

    private void forget() {
        begunOrOver.getAndSet(NOTHING).run();
        Arrival awaited = takeArrival();
        if (awaited != null) {
            awaited.over().run();
        }
    }

    @Override
    public long getLength() {
        return input.length();
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
        Content.Chunk piece = input.read();
        if (Content.Chunk.isFailure(piece)) {
            breakOff(piece.getFailure());
        } else if (piece != null) {
            consumed = true;
            begunOrOver.getAndSet(NOTHING).run();
        }
        return piece;
    }

    @Override
    public void demand(Runnable callback) {
        wanted = true;
        demand.set(callback);
        expectMore();
        if (!input.listening()) {
            listen();
        } else if (failure.get() != null || input.readable()) {
            answerDemand();
        }
    }

    private void listen() {
        try {
            input.listen(this);
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
        if (arrival.get() == null) {
            answerDemand();
            return;
        }
        Content.Chunk first = input.readFirst();
        if (Content.Chunk.isFailure(first)) {
            onError(first.getFailure());
        } else if (first != null) {
            tellArrival();
        }
    }

    @Override
    public void onAllDataRead() {
        onDataAvailable();
    }

    @Override
    public void onError(Throwable cause) {
        breakOff(cause);
        if (!tellArrival()) {
            answerDemand();
        }
    }

    private void breakOff(Throwable cause) {
        brokenByClient |= failure.compareAndSet(null, cause);
    }

    private boolean tellArrival() {
        Arrival awaited = takeArrival();
        if (awaited == null) {
            return false;
        }
        awaited.over().run();
        awaited.arrived().run();
        return true;
    }

    private Arrival takeArrival() {
        Arrival awaited = arrival.getAndSet(null);
        if (awaited != null) {
            bound.getAndSet(NONE).cancel();
        }
        return awaited;
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
