package dev.nomadgate.proxy;

import dev.nomadgate.sharing.Participant;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Bounds the time between two pieces of an answer's body, while the gate is ready to take one: a client that reads
 * slowly is not the server's fault. One timer for the whole answer, which looks when it may have become too long.
 */
final class SilenceBound implements Participant.Silence {

    private final Request request;
    private final HttpClient client;
    private final long bound;
    private final BooleanSupplier over;
    private volatile long silentSince = System.nanoTime();
    private volatile boolean waiting = true;
    private volatile boolean ended;
    private volatile Scheduler.Task task;

    private SilenceBound(Request request, HttpClient client, Duration bound, BooleanSupplier over) {
        this.request = request;
        this.client = client;
        this.bound = bound.toNanos();
        this.over = over;
        schedule(this.bound);
    }

    /**
     * Begins with the answer's header.
     *
     * @param over whether nobody wants the answer any more: then it ends by itself
     */
    static SilenceBound begin(Request request, HttpClient client, Duration bound, BooleanSupplier over) {
        return new SilenceBound(request, client, bound, over);
    }

    /** A piece came. */
    void heard() {
        waiting = false;
    }

    @Override
    public void wanted() {
        silentSince = System.nanoTime();
        waiting = true;
    }

    @Override
    public void end() {
        ended = true;
        task.cancel();
    }

    private void schedule(long nanos) {
        task = client.getScheduler().schedule(this::look, Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos)),
                TimeUnit.MILLISECONDS);
    }

    private void look() {
        long left = waiting ? bound - (System.nanoTime() - silentSince) : bound;
        if (ended || over.getAsBoolean()) {
            return;
        }
        if (left > 0) {
            schedule(left);
        } else {
            client.getExecutor().execute(() -> request.abort(new ResponseDeadline.ResponseTimeoutException()));
        }
    }
}
