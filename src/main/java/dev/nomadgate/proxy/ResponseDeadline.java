package dev.nomadgate.proxy;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Bounds the waits of a request whose length nothing else bounds: for a connection, for the server to
 * take the request's header, and, once it was sent completely, for the header of the answer. Never the answer
 * itself, since a stream may last for days; but for a page that the gate gathers before it sends any of it.
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

    private static final Scheduler.Task NONE = () -> true;

    private final HttpClient client;
    private final AtomicReference<Scheduler.Task> task = new AtomicReference<>(NONE);

    private ResponseDeadline(HttpClient client) {
        this.client = client;
    }

    /**
     * Sets the bounds for a request that is about to be sent.
     *
     * @param connection bound on the wait for a connection
     * @param answer bound on the wait for the answer, or null for none
     */
    static void set(Request request, HttpClient client, Duration connection, Duration answer) {
        ResponseDeadline deadline = new ResponseDeadline(client);
        deadline.start(request, connection, new PoolExhaustedException());
        // A TLS handshake begins only now, and its bound is the same as that on connecting.
        request.onRequestBegin(ignored -> deadline.start(
                request, Duration.ofMillis(client.getConnectTimeout()), new ConnectTimeoutException()));
        request.onRequestCommit(ignored -> deadline.stop());
        if (answer != null) {
            request.onRequestSuccess(ignored -> deadline.start(request, answer, new ResponseTimeoutException()));
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
        ResponseDeadline deadline = new ResponseDeadline(client);
        deadline.start(request, answer, new ResponseTimeoutException());
        return deadline;
    }

    /**
     * Bounds the wait for an answer to a request that others wait for as well.
     *
     * @param expired told if it was not ended in time
     */
    static ResponseDeadline of(HttpClient client, Duration answer, Consumer<TimeoutException> expired) {
        ResponseDeadline deadline = new ResponseDeadline(client);
        deadline.start(expired, answer, new ResponseTimeoutException());
        return deadline;
    }

    private void start(Request request, Duration bound, TimeoutException failure) {
        start(request::abort, bound, failure);
    }

    private void start(Consumer<TimeoutException> expired, Duration bound, TimeoutException failure) {
        // Not in the timer's one thread, which the client that is told of it could hold up by not reading.
        Scheduler.Task started = client.getScheduler().schedule(
                () -> client.getExecutor().execute(() -> expired.accept(failure)),
                bound.toMillis(), TimeUnit.MILLISECONDS);
        // Null once the answer has begun, which may be before the request was sent completely.
        Scheduler.Task before = task.getAndUpdate(current -> current == null ? null : started);
        (before == null ? started : before).cancel();
    }

    private void stop() {
        Scheduler.Task stopped = task.getAndUpdate(current -> current == null ? null : NONE);
        if (stopped != null) {
            stopped.cancel();
        }
    }

    void end() {
        Scheduler.Task ended = task.getAndSet(null);
        if (ended != null) {
            ended.cancel();
        }
    }
}
