package dev.nomadgate.recording;

import dev.nomadgate.config.AuditConfig.OnFailure;
import dev.nomadgate.session.Session;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/** What a session owes to its recording: nothing, or not to go on without it. Thread-safe. */
final class Obligation {

    private static final String FAILED = "This session has to be recorded, and the gate cannot do that any more";
    private static final String FULL = "This session has to be recorded, and its recording is as large as it may be";

    private final Session session;
    private final boolean closed;
    private final Executor threads;
    private final FailureLog failures;
    private final Ending ending;
    private final AtomicBoolean ended = new AtomicBoolean();

    /** @param threads ends the session, which the thread that writes recordings must not */
    Obligation(Session session, OnFailure onFailure, Executor threads, FailureLog failures, Ending ending) {
        this.session = session;
        this.closed = onFailure == OnFailure.CLOSED;
        this.threads = threads;
        this.failures = failures;
        this.ending = ending;
    }

    /** The recording is not what it should be. */
    void failed(String why) {
        failures.failed(session.id(), why, closed
                ? "The session is ended (nomad-gate.recording.on-failure)"
                : "The session goes on all the same (nomad-gate.recording.on-failure)");
        end(FAILED);
    }

    /** The recording is all that it may be, and the session is not over. */
    void full() {
        end(FULL);
    }

    private void end(String reason) {
        if (closed && ended.compareAndSet(false, true)) {
            threads.execute(() -> ending.end(session, reason));
        }
    }
}
