package dev.nomadgate.proxy;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Bounds the waits of a request whose length nothing else bounds: for a connection, for the server to
 * take the request's header, and, once it was sent completely, for the header of the answer. Never the answer
 * itself, since a stream may last for days; but for a page that the gate gathers before it sends any of it.
 *
 * <p>One timer for all of these waits, which looks when the last of them may have become too long: nearly all of them end
 * at once, and setting a timer costs more than asking the clock. Thread-safe.
 */
final class ResponseDeadline {

    /** The wait for a free connection was too long. */
    static final class PoolExhaustedException extends TimeoutException {
        private static final long serialVersionUID = 1;
    }

    /** The server accepted the connection and then did not take the request, or not even the TLS handshake. */
    static final class ConnectTimeoutException extends TimeoutException {
        private static final long serialVersionUID = 1;
    }

    /** The wait for the first byte of the answer was too long. */
    static final class ResponseTimeoutException extends TimeoutException {
        private static final long serialVersionUID = 1;
    }

    private final HttpClient client;
    private final Consumer<TimeoutException> expired;
    private Supplier<TimeoutException> failure;
    private long expiresAt;
    private boolean ended;
    private Scheduler.Task timer;
    private long looksAt;

    private ResponseDeadline(HttpClient client, Consumer<TimeoutException> expired) {
        this.client = client;
        this.expired = expired;
    }

    /**
     * Sets the bounds for a request that is about to be sent.
     *
     * @param connection bound on the wait for a connection
     * @param answer bound on the wait for the answer, or null for none
     */
    static void set(Request request, HttpClient client, Duration connection, Duration answer) {
        ResponseDeadline deadline = new ResponseDeadline(client, request::abort);
        deadline.start(connection, PoolExhaustedException::new);
        // A TLS handshake begins only now, and its bound is the same as that on connecting.
        request.onRequestBegin(ignored -> deadline.start(
                Duration.ofMillis(client.getConnectTimeout()), ConnectTimeoutException::new));
        request.onRequestCommit(ignored -> deadline.pause());
        if (answer != null) {
            request.onRequestSuccess(ignored -> deadline.start(answer, ResponseTimeoutException::new));
        }
        request.onResponseHeaders(ignored -> deadline.end());
        request.onRequestFailure((ignored, failure) -> deadline.end());
        request.onComplete(ignored -> deadline.end());
    }

    /**
     * Bounds the wait for the whole of an answer that has begun.
     *
     * @return to be ended once it is there
     */
    static ResponseDeadline ofWhole(Request request, HttpClient client, Duration answer) {
        return of(client, answer, request::abort);
    }

    /**
     * Bounds the wait for an answer to a request that others wait for as well.
     *
     * @param expired told if it was not ended in time
     */
    static ResponseDeadline of(HttpClient client, Duration answer, Consumer<TimeoutException> expired) {
        ResponseDeadline deadline = new ResponseDeadline(client, expired);
        deadline.start(answer, ResponseTimeoutException::new);
        return deadline;
    }

    /** Not once the answer has begun, which may be before the request was sent completely. */
    private synchronized void start(Duration bound, Supplier<TimeoutException> failing) {
        if (ended) {
            return;
        }
        failure = failing;
        expiresAt = System.nanoTime() + bound.toNanos();
        if (timer == null || expiresAt - looksAt < 0) {
            lookLater();
        }
    }

    private void lookLater() {
        cancelTimer();
        looksAt = expiresAt;
        timer = client.getScheduler().schedule(this::look, looksAt - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    private synchronized void pause() {
        failure = null;
    }

    synchronized void end() {
        ended = true;
        cancelTimer();
    }

    private synchronized void look() {
        if (ended || System.nanoTime() - looksAt < 0) {
            return;
        }
        timer = null;
        if (failure == null) {
            return;
        }
        if (expiresAt - System.nanoTime() > 0) {
            lookLater();
            return;
        }
        ended = true;
        Supplier<TimeoutException> failed = failure;
        // Not in the timer's one thread, which the client that is told of it could hold up by not reading.
        client.getExecutor().execute(() -> expired.accept(failed.get()));
    }
}
