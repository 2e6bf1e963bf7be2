package dev.nomadgate.recording;

import dev.nomadgate.session.SessionObserver.Refusal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Proves before a session begins that it can be recorded, by writing something. All who ask meanwhile wait for the same
 * attempt, and for a second nobody else makes one: many handshakes are not many files. Thread-safe, never blocks.
 */
final class Proof {

    private static final long HOLDS_NANOS = 1_000_000_000;
    private static final long WITHIN_SECONDS = 10;
    private static final String REFUSAL = "the recording of a session cannot be written";

    private final Writing writing;
    private final Executor threads;
    private final Scheduler scheduler;
    private final LongSupplier nanoTime;
    private final RecordingFigures figures;
    private final FailureLog failures;
    private Attempt latest;

    /** Writes something, and takes it away again. */
    interface Writing {
        void in(Path directory) throws IOException;
    }

    /**
     * @param threads writes, and goes on with sessions
     * @param scheduler for the bound on how long that takes
     */
    Proof(Writing writing, Executor threads, Scheduler scheduler, LongSupplier nanoTime, RecordingFigures figures,
            FailureLog failures) {
        this.writing = writing;
        this.threads = threads;
        this.scheduler = scheduler;
        this.nanoTime = nanoTime;
        this.figures = figures;
        this.failures = failures;
    }

    /** Done when a recording can be written there, failed with a {@link Refusal} when it cannot. */
    CompletionStage<Void> of(Path directory) {
        Attempt attempt;
        synchronized (this) {
            if (latest != null && latest.holds(directory)) {
                return latest.proven.copy();
            }
            attempt = new Attempt(directory);
            latest = attempt;
        }
        Scheduler.Task late = scheduler.schedule(() -> attempt.fail("the disk is stuck"), WITHIN_SECONDS,
                TimeUnit.SECONDS);
        attempt.proven.whenComplete((done, refusal) -> late.cancel());
        try {
            threads.execute(attempt::make);
        } catch (RejectedExecutionException e) {
            attempt.fail("the gate is being stopped");
            attempt.working = false;
        }
        return attempt.proven.copy();
    }

    private final class Attempt {

        private final Path directory;
        private final CompletableFuture<Void> proven = new CompletableFuture<>();
        private final AtomicBoolean settled = new AtomicBoolean();
        private volatile long at;
        private volatile boolean working = true;

        private Attempt(Path directory) {
            this.directory = directory;
        }

        /** One that is stuck holds, as a refusal, until it is not: no more threads must get stuck with it. */
        private boolean holds(Path other) {
            return directory.equals(other) && (working
                    || !proven.isCompletedExceptionally() && nanoTime.getAsLong() - at < HOLDS_NANOS);
        }

        private void make() {
            try {
                writing.in(directory);
                at = nanoTime.getAsLong();
                working = false;
                if (settled.compareAndSet(false, true)) {
                    proven.complete(null);
                }
            } catch (IOException | RuntimeException e) {
                working = false;
                fail(e.toString());
            }
        }

        private void fail(String why) {
            if (settled.compareAndSet(false, true)) {
                figures.countFailed();
                failures.none(why, "Sessions are refused (nomad-gate.recording.on-failure)");
                proven.completeExceptionally(new Refusal(REFUSAL));
            }
        }
    }
}
