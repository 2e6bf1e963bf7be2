package dev.nomadgate.exec;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Keeps one connection of a session alive, and finds out when its peer is gone: a peer that has been
 * silent for an interval is pinged (RFC 6455 §5.5.2), and dropped if it sends nothing within a bound.
 *
 * <p>A peer is never blamed for what it cannot help: no pong is expected of it while the bridge does
 * not read from it, and no ping is sent while it does not read. Thread-safe.
 */
final class Keepalive {

    private static final byte[] PAYLOAD = "nomad-gate".getBytes(StandardCharsets.US_ASCII);

    private final Scheduler scheduler;
    private final SessionTimings timings;
    private final boolean pingUnread;
    private final Runnable gone;
    private volatile Leg leg;
    private volatile boolean stopped;
    private volatile boolean reading;
    private volatile boolean heard;
    private volatile Scheduler.Task task = () -> true;

    /**
     * @param pingUnread whether to ping a peer also while the bridge does not read from it: that is the
     *     only way to notice its end then, but what it sent before its end may be lost
     * @param gone runs when the peer is gone
     */
    Keepalive(Scheduler scheduler, SessionTimings timings, boolean pingUnread, Runnable gone) {
        this.scheduler = scheduler;
        this.timings = timings;
        this.pingUnread = pingUnread;
        this.gone = gone;
    }

    void start(Leg opened) {
        leg = opened;
        later(this::pingIfSilent, timings.pingInterval());
    }

    /** Whether a pong answers a ping of the gate's own. */
    static boolean own(ByteBuffer payload) {
        return payload.equals(ByteBuffer.wrap(PAYLOAD));
    }

    void received() {
        heard = true;
    }

    void reading(boolean now) {
        reading = now;
    }

    void stop() {
        stopped = true;
        task.cancel();
    }

    private void pingIfSilent() {
        boolean answerable = reading;
        if (heard || leg.writing() || !answerable && !pingUnread) {
            heard = false;
            later(this::pingIfSilent, timings.pingInterval());
            return;
        }
        leg.send(new Frame.Ping(ByteBuffer.wrap(PAYLOAD)), new Leg.Done() {
            @Override
            public void written() {
                if (answerable) {
                    later(Keepalive.this::dropIfSilent, timings.pongTimeout());
                } else {
                    later(Keepalive.this::pingIfSilent, timings.pingInterval());
                }
            }

            @Override
            public void failed(Throwable cause) {
                gone.run();
            }
        });
    }

    private void dropIfSilent() {
        if (!heard && reading) {
            gone.run();
        } else {
            later(this::pingIfSilent, timings.pingInterval());
        }
    }

    private void later(Runnable step, Duration delay) {
        if (!stopped) {
            task = scheduler.schedule(step, delay.toMillis(), TimeUnit.MILLISECONDS);
            if (stopped) {
                task.cancel();
            }
        }
    }
}
