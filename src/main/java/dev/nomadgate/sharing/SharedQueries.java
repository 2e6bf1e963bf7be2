package dev.nomadgate.sharing;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.eclipse.jetty.util.thread.Scheduler;

/** The blocking queries that Nomad has not answered yet. Thread-safe. */
public final class SharedQueries {

    /** Longer than Nomad holds any query: 300 s, 1/16 more, and time to answer. */
    private static final Duration OVERDUE = Duration.ofSeconds(330);
    /** In bytes, of all answers that are kept because more than one client gets them. */
    private static final long MAX_KEPT = 16 * 1024 * 1024;

    private final ConcurrentHashMap<QueryKey, SharedQuery> waiting = new ConcurrentHashMap<>();
    private final AtomicLong kept = new AtomicLong();
    private final Executor executor;
    private final Scheduler scheduler;
    private final LongSupplier nanoTime;

    /**
     * @param executor hands answers out
     * @param scheduler notices queries that Nomad does not answer
     * @param nanoTime a monotonic clock
     */
    public SharedQueries(Executor executor, Scheduler scheduler, LongSupplier nanoTime) {
        this.executor = executor;
        this.scheduler = scheduler;
        this.nanoTime = nanoTime;
    }

    /** Lets this client wait for the answer to such a query, which is sent unless it is under way. */
    public void ask(QueryKey key, Participant participant) {
        Membership member = new Membership(participant, now());
        waiting.compute(key, (same, current) -> current != null && current.join(member)
                ? current
                : new SharedQuery(this, key, List.of(member))).send();
    }

    /** Asks anew for those whom an answer does not suit. */
    void askAgain(QueryKey key, List<Membership> members) {
        SharedQuery query = new SharedQuery(this, key, members);
        waiting.put(key, query);
        query.send();
    }

    /** Asks for this one alone. */
    void askAlone(QueryKey key, Membership member) {
        new SharedQuery(this, key, List.of(member)).send();
    }

    /** Lets nobody join this one any more. */
    void forget(QueryKey key, SharedQuery query) {
        waiting.remove(key, query);
    }

    Scheduler.Task whenOverdue(Runnable task) {
        return scheduler.schedule(task, OVERDUE.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Whether so many bytes more may be kept; then they have to be released. */
    boolean keep(int bytes) {
        if (kept.addAndGet(bytes) <= MAX_KEPT) {
            return true;
        }
        kept.addAndGet(-bytes);
        return false;
    }

    void release(int bytes) {
        kept.addAndGet(-bytes);
    }

    /** How many bytes are kept now. */
    long kept() {
        return kept.get();
    }

    long now() {
        return nanoTime.getAsLong();
    }

    /** Elsewhere, so that no client holds up another; here, once the gate is being stopped. */
    void run(Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException e) {
            task.run();
        }
    }
}
