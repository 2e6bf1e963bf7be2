package dev.nomadgate.exec;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Joins a browser's WebSocket to Nomad's. Each frame goes to the other side as it came, and the next
 * one is asked for only when it was written there: that is the whole flow control, and it bounds the
 * memory of a session to one frame each way.
 *
 * <p>When one side ends, in whatever way, the other is closed; a side that does not answer its close
 * within a bound is cut off. Thread-safe.
 */
public final class Bridge {

    private final Scheduler scheduler;
    private final SessionTimings timings;
    private final Runnable ended;
    private final ExitWatch exit = new ExitWatch();
    private final Side nomad = new Side() {
        @Override
        CloseStatus tellOther(CloseStatus seen) {
            if (seen.announced()) {
                return seen;
            }
            return exit.seen() ? CloseStatus.NORMAL : CloseStatus.SERVER_LOST;
        }
    };
    private final Side browser = new Side() {
        @Override
        CloseStatus tellOther(CloseStatus seen) {
            return seen.announced() ? seen : CloseStatus.CLIENT_GONE;
        }
    };
    private final AtomicBoolean ending = new AtomicBoolean();
    private final AtomicInteger open = new AtomicInteger(2);
    private volatile Scheduler.Task cutOff = () -> true;

    /**
     * @param scheduler for keepalive and the bound on closing
     * @param timings of both
     * @param ended runs once, when both connections are gone
     */
    public Bridge(Scheduler scheduler, SessionTimings timings, Runnable ended) {
        this.scheduler = scheduler;
        this.timings = timings;
        this.ended = ended;
    }

    /** Hears what Nomad does. */
    public Leg.Listener nomad() {
        return nomad;
    }

    /** Hears what the browser does. */
    public Leg.Listener browser() {
        return browser;
    }

    /** Nomad's connection stands: from now on the browser's must follow within this many milliseconds. */
    public void awaitBrowser(long millis) {
        scheduler.schedule(() -> {
            if (browser.leg == null) {
                abandon();
            }
        }, millis, TimeUnit.MILLISECONDS);
    }

    /** The browser's connection will not come: gives up Nomad's. */
    public void abandon() {
        browser.closed(CloseStatus.abnormal());
    }

    /** Ends the session from the gate's side. */
    public void shutDown() {
        if (ending.compareAndSet(false, true)) {
            nomad.close(CloseStatus.SHUTDOWN);
            browser.close(CloseStatus.SHUTDOWN);
            scheduleCutOff();
        }
    }

    /** Drops both connections now. */
    public void cut() {
        nomad.abort();
        browser.abort();
    }

    private void scheduleCutOff() {
        cutOff = scheduler.schedule(this::cut, timings.closeTimeout().toMillis(), TimeUnit.MILLISECONDS);
        if (open.get() == 0) {
            cutOff.cancel();
        }
    }

    private Side other(Side side) {
        return side == nomad ? browser : nomad;
    }

    private abstract class Side implements Leg.Listener {

        private final AtomicBoolean closed = new AtomicBoolean();
        private volatile Leg leg;
        private volatile Keepalive keepalive;

        /** What the other side is told when this one ended so. */
        abstract CloseStatus tellOther(CloseStatus seen);

        @Override
        public void opened(Leg opened) {
            leg = opened;
            if (ending.get()) {
                opened.close(CloseStatus.SHUTDOWN);
            }
            if (this == browser) {
                nomad.start();
                browser.start();
            }
        }

        private void start() {
            if (!closed.get()) {
                keepalive = new Keepalive(scheduler, timings, leg, this::gone);
                demand();
            }
        }

        private void gone() {
            abort();
        }

        private void demand() {
            keepalive.reading(true);
            leg.demand();
        }

        @Override
        public void frame(Frame frame, Runnable taken) {
            keepalive.received();
            keepalive.reading(false);
            boolean own = frame instanceof Frame.Pong pong && Keepalive.own(pong.payload());
            if (own || ending.get()) {
                taken.run();
                demand();
                return;
            }
            if (this == nomad) {
                exit.watch(frame);
            }
            other(this).leg.send(frame, new Leg.Done() {
                @Override
                public void written() {
                    taken.run();
                    demand();
                }

                @Override
                public void failed(Throwable cause) {
                    // That side's own listener hears why; this side must stay readable to be closed.
                    other(Side.this).abort();
                    taken.run();
                    demand();
                }
            });
        }

        @Override
        public void closing(CloseStatus status) {
            end(status);
        }

        @Override
        public void closed(CloseStatus status) {
            if (!closed.compareAndSet(false, true)) {
                return;
            }
            if (keepalive != null) {
                keepalive.stop();
            }
            end(status);
            if (open.decrementAndGet() == 0) {
                cutOff.cancel();
                ended.run();
            }
        }

        private void end(CloseStatus status) {
            if (ending.compareAndSet(false, true)) {
                other(this).close(tellOther(status));
                scheduleCutOff();
            }
        }

        private void close(CloseStatus status) {
            if (leg != null && !closed.get()) {
                leg.close(status);
            }
        }

        private void abort() {
            if (leg == null) {
                closed(CloseStatus.abnormal());
            } else if (!closed.get()) {
                leg.abort();
            }
        }
    }
}
