package dev.nomadgate.exec;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Keeps one connection of a session alive, and finds out when its peer is gone: a peer that has been
 * silent for an interval is pinged (RFC 6455 §5.5.2), and dropped if it sends nothing within a bound.
 *
 * <p>A peer is never blamed for what it cannot help: nothing is expected of it while the bridge does
 * not read from it, and no ping is sent while it does not read. Thread-safe.
 */
final class Keepalive {

    private static final byte[] PAYLOAD = "nomad-gate".getBytes(StandardCharsets.US_ASCII);

    private final Scheduler scheduler;
    private final SessionTimings timings;
    private final Leg leg;
    private final Runnable gone;
    private volatile boolean stopped;
    private volatile boolean reading;
    private volatile boolean heard;
    private volatile Scheduler.Task task;

    Keepalive(Scheduler scheduler, SessionTimings timings, Leg leg, Runnable gone) {
        this.scheduler = scheduler;
        this.timings = timings;
        this.leg = leg;
        this.gone = gone;
        later(this::pingIfSilent, timings.pingInterval().toMillis());
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
        if (heard || !reading || leg.writing()) {
            heard = false;
            later(this::pingIfSilent, timings.pingInterval().toMillis());
            return;
        }
        leg.send(new Frame.Ping(ByteBuffer.wrap(PAYLOAD)), new Leg.Done() {
            @Override
            public void written() {
                later(Keepalive.this::dropIfSilent, timings.pongTimeout().toMillis());
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
            later(this::pingIfSilent, timings.pingInterval().toMillis());
        }
    }

    private void later(Runnable step, long millis) {
        if (!stopped) {
            task = scheduler.schedule(step, millis, TimeUnit.MILLISECONDS);
            if (stopped) {
                task.cancel();
            }
        }
    }
}
