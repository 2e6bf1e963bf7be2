package dev.nomadgate.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of those who wait for a disk that is stuck. */
class ProofTest {

    private static final Path HERE = Path.of("here");

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Queue<Runnable> timeouts = new ConcurrentLinkedQueue<>();
    private final ScheduledExecutorScheduler scheduler = new ScheduledExecutorScheduler() {
        @Override
        public Task schedule(Runnable task, long delay, TimeUnit unit) {
            timeouts.add(task);
            return () -> timeouts.remove(task);
        }
    };
    private final RecordingFigures figures = new RecordingFigures(() -> 0, () -> { }, bytes -> { });
    private final FailureLog log = new FailureLog(() -> 0);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void theyAreRefusedInTimeAndNoFurtherThreadGetsStuck() {
        CountDownLatch stuck = new CountDownLatch(1);
        AtomicInteger attempts = new AtomicInteger();
        Proof proof = new Proof(directory -> {
            attempts.incrementAndGet();
            try {
                if (directory.equals(HERE)) {
                    stuck.await();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }, threads, scheduler, () -> 0, figures, log);
        CompletableFuture<Void> first = proof.of(HERE).toCompletableFuture();
        CompletableFuture<Void> second = proof.of(HERE).toCompletableFuture();
        await().untilAsserted(() -> assertThat(attempts).hasValue(1));
        assertThat(timeouts).hasSize(1);
        timeouts.remove().run();
        assertThat(first).isCompletedExceptionally();
        assertThat(second).isCompletedExceptionally();
        assertThat(proof.of(HERE).toCompletableFuture()).isCompletedExceptionally();
        assertThat(attempts).hasValue(1);
        proof.of(Path.of("elsewhere")).toCompletableFuture().join();
        await().untilAsserted(() -> assertThat(timeouts).isEmpty());
        stuck.countDown();
        proof.of(HERE).toCompletableFuture().join();
        assertThat(figures.failed()).isEqualTo(1);
    }

    /** What an observer throws opens a session. */
    @Test
    void theyAreRefusedWhenTheGateStops() {
        Proof proof = new Proof(directory -> { }, task -> {
            throw new RejectedExecutionException();
        }, scheduler, () -> 0, figures, log);
        assertThat(proof.of(HERE).toCompletableFuture()).isCompletedExceptionally();
    }
}
