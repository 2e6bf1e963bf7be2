package dev.nomadgate.exec;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Keeps one connection of a session alive, and finds out when its peer is gone: a peer that has been
 * silent for an interval is pinged (RFC 6455 §5.5.2), and dropped if it sends nothing within a bound.
 *
 * <p>A peer is never blamed for what it cannot help: no pong is expected of it while the bridge does
 * not read from it, and no ping is sent while it does not read. Nor is a pong expected while it may have
 * much unread before the ping: Nomad reads no further while a task does not read its stdin. If such a peer's
 * host is dead, TCP finds out: by what it retransmits in vain, or by its own keepalive. Thread-safe.
 */
final class Keepalive {

    private static final Scheduler.Task NOTHING = () -> true;
    private static final byte[] PAYLOAD = "nomad-gate".getBytes(StandardCharsets.US_ASCII);

    /** Nomad itself holds several times as much before it stops reading. */
    private static final long MAX_UNHEARD = 64 * 1024;

    private final Scheduler scheduler;
    private final SessionTimings timings;
    private final boolean pingUnread;
    private final Runnable gone;
    private volatile Leg leg;
    private volatile boolean stopped;
    private volatile boolean reading;
    private volatile boolean active;
    private volatile long heardAt;
    /** Bytes handed to the peer since it was last heard. */
    private final AtomicLong unheard = new AtomicLong();
    private volatile Scheduler.Task ping = NOTHING;
    private final AtomicReference<Scheduler.Task> pong = new AtomicReference<>();

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
        nextInterval();
    }

    /** Whether a pong answers a ping of the gate's own. */
    static boolean own(ByteBuffer payload) {
        return payload.equals(ByteBuffer.wrap(PAYLOAD));
    }

    /** @param answer whether it was only the answer to a ping of the gate's own */
    void received(boolean answer) {
        heardAt = System.nanoTime();
        unheard.set(0);
        active |= !answer;
    }

    /** So many bytes, or characters of text, are handed to the peer. */
    void sent(int bytes) {
        unheard.addAndGet(bytes);
    }

    void reading(boolean now) {
        reading = now;
    }

    void stop() {
        stopped = true;
        ping.cancel();
        Scheduler.Task expected = pong.getAndSet(null);
        if (expected != null) {
            expected.cancel();
        }
    }

    private void interval() {
        nextInterval();
        boolean answerable = reading;
        if (active) {
            active = false;
        } else if (!leg.writing() && (answerable || pingUnread)) {
            ping(answerable);
        }
    }

    private void nextInterval() {
        ping = scheduler.schedule(this::interval, timings.pingInterval().toMillis(), TimeUnit.MILLISECONDS);
        if (stopped) {
            ping.cancel();
        }
    }

    private void ping(boolean answerable) {
        long sentAt = System.nanoTime();
        leg.send(new Frame.Ping(ByteBuffer.wrap(PAYLOAD)), new Leg.Done() {
            @Override
            public void written() {
                if (answerable && pong.get() == null && !stopped) {
                    pong.set(scheduler.schedule(() -> expectAnswerSince(sentAt),
                            timings.pongTimeout().toMillis(), TimeUnit.MILLISECONDS));
                }
            }

            @Override
            public void failed(Throwable cause) {
                gone.run();
            }
        });
    }

    private void expectAnswerSince(long sentAt) {
        pong.set(null);
        if (!stopped && heardAt - sentAt < 0 && reading && unheard.get() <= MAX_UNHEARD) {
            gone.run();
        }
    }
}
