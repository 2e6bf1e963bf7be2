package dev.nomadgate.exec;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Ends a session that waits for its first input, is idle, or lasts for too long. Thread-safe.
 */
final class SessionClock {

    private static final Scheduler.Task NOTHING = () -> true;
    private static final int GOING_AWAY = 1001;
    private static final int POLICY = 1008;

    private final Scheduler scheduler;
    private final SessionBounds bounds;
    private final Consumer<CloseStatus> over;
    private volatile Scheduler.Task firstInput = NOTHING;
    private volatile Scheduler.Task idle = NOTHING;
    private volatile Scheduler.Task age = NOTHING;
    private volatile boolean input;
    private volatile long activeAt;
    private volatile boolean stopped;

    /** @param over ends the session, unless it has ended */
    SessionClock(Scheduler scheduler, SessionBounds bounds, Consumer<CloseStatus> over) {
        this.scheduler = scheduler;
        this.bounds = bounds;
        this.over = over;
    }

    /** Both connections stand. */
    void start() {
        activeAt = System.nanoTime();
        if (!bounds.firstInput().isZero()) {
            firstInput = schedule(this::expectInput, bounds.firstInput());
        }
        if (!bounds.idle().isZero()) {
            idle = schedule(this::expectActivity, bounds.idle());
        }
        if (!bounds.age().isZero()) {
            age = schedule(() -> over.accept(new CloseStatus(GOING_AWAY, "closed because it has lasted for "
                    + text(bounds.age()) + " (nomad-gate.limits.session-max-age)")), bounds.age());
        }
        if (stopped) {
            stop();
        }
    }

    void stop() {
        stopped = true;
        firstInput.cancel();
        idle.cancel();
        age.cancel();
    }

    /** A data frame passed. */
    void passed(Frame.Data frame, boolean fromBrowser) {
        // An empty first fragment would keep the session, and Nomad waiting, for ever.
        if (fromBrowser && frame.last()) {
            input = true;
        }
        if (!frame.heartbeat()) {
            activeAt = System.nanoTime();
        }
    }

    private void expectInput() {
        if (!input) {
            over.accept(new CloseStatus(POLICY, "no first frame came within " + text(bounds.firstInput())
                    + " (nomad-gate.exec.handshake-timeout)"));
        }
    }

    private void expectActivity() {
        Duration left = bounds.idle().minusNanos(System.nanoTime() - activeAt);
        if (left.isZero() || left.isNegative()) {
            over.accept(new CloseStatus(GOING_AWAY, "closed after " + text(bounds.idle())
                    + " without input or output (nomad-gate.limits.session-idle-timeout)"));
            return;
        }
        idle = schedule(this::expectActivity, left);
        if (stopped) {
            idle.cancel();
        }
    }

    private Scheduler.Task schedule(Runnable task, Duration delay) {
        return scheduler.schedule(task, delay.toMillis() + 1, TimeUnit.MILLISECONDS);
    }

    /** As in 90s, 1h30m, 100ms. */
    private static String text(Duration duration) {
        return duration.toMillis() % 1000 == 0
                ? duration.toString().substring(2).toLowerCase(Locale.ROOT)
                : duration.toMillis() + "ms";
    }
}
