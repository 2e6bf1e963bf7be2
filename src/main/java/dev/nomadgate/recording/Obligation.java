package dev.nomadgate.recording;

import dev.nomadgate.config.AuditConfig.OnFailure;
import dev.nomadgate.session.Session;
import dev.nomadgate.session.SessionObserver.Refusal;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.util.thread.Scheduler;

/** What a session owes to its recording: nothing, or to begin after it, and not to go on without it. Thread-safe. */
final class Obligation {

    private static final long OPENS_WITHIN_SECONDS = 10;
    private static final String REFUSAL = "This session has to be recorded, and the gate cannot do that now";

    private final Session session;
    private final boolean closed;
    private final Executor threads;
    private final FailureLog failures;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final CompletableFuture<Void> begun = new CompletableFuture<>();

    /** @param threads goes on with the session, and ends it, which the thread that writes recordings must not */
    Obligation(Session session, OnFailure onFailure, Executor threads, FailureLog failures) {
        this.session = session;
        this.closed = onFailure == OnFailure.CLOSED;
        this.threads = threads;
        this.failures = failures;
        if (!closed) {
            begun.complete(null);
        }
    }

    /** Done when the session may go on, failed when it may not. */
    CompletionStage<Void> begun(Scheduler scheduler) {
        if (!begun.isDone()) {
            Scheduler.Task late = scheduler.schedule(
                    () -> failed("the disk is stuck"), OPENS_WITHIN_SECONDS, TimeUnit.SECONDS);
            begun.whenComplete((done, failure) -> late.cancel());
        }
        return begun;
    }

    /** There is a file to record into. */
    void opened() {
        if (closed) {
            threads.execute(() -> begun.complete(null));
        }
    }

    /** The recording is not what it should be. */
    void failed(String why) {
        failures.failed(session.id(), why, closed
                ? "The session is refused or ended (nomad-gate.recording.on-failure)"
                : "The session goes on all the same (nomad-gate.recording.on-failure)");
        if (closed && ended.compareAndSet(false, true)) {
            threads.execute(() -> {
                if (!begun.completeExceptionally(new Refusal(REFUSAL))) {
                    session.end("its recording cannot be written");
                }
            });
        }
    }
}
