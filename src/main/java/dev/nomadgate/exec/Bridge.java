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

    private static final Scheduler.Task NOTHING = () -> true;

    private final Scheduler scheduler;
    private final SessionTimings timings;
    private final Runnable ended;
    private final Runnable serverLost;
    private final ExitWatch exit = new ExitWatch();
    private final Side nomad;
    private final Side browser;
    private final AtomicBoolean ending = new AtomicBoolean();
    private final AtomicInteger open = new AtomicInteger(2);
    private volatile SessionEnd how = SessionEnd.NONE;
    private volatile Scheduler.Task patience = NOTHING;
    private volatile Scheduler.Task cutOff = NOTHING;

    /**
     * @param scheduler for keepalive and the bound on closing
     * @param timings of both
     * @param ended runs once, when both connections are gone
     * @param serverLost runs if Nomad's side ends the session without a word
     */
    public Bridge(Scheduler scheduler, SessionTimings timings, Runnable ended, Runnable serverLost) {
        this.scheduler = scheduler;
        this.timings = timings;
        this.ended = ended;
        this.serverLost = serverLost;
        // Nomad's last output outlives Nomad's end until a slow browser has read it; what a browser
        // that is gone has typed is of no use to anyone.
        nomad = new Side(this, gone -> new Keepalive(scheduler, timings, false, gone));
        browser = new Side(this, gone -> new Keepalive(scheduler, timings, true, gone));
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
        patience = scheduler.schedule(this::abandon, millis, TimeUnit.MILLISECONDS);
    }

    /** The browser's connection will not come: gives up Nomad's. */
    public void abandon() {
        patience.cancel();
        browser.closed(CloseStatus.abnormal());
        // To hear Nomad's answer to the close.
        nomad.start();
    }

    /** Ends the session from the gate's side. */
    public void shutDown() {
        if (ending.compareAndSet(false, true)) {
            how = SessionEnd.BY_GATE;
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

    void opened(Side side, Leg leg) {
        if (side == nomad) {
            return;
        }
        patience.cancel();
        // Asked before Nomad may end the session in its own words.
        boolean late = ending.get();
        nomad.start();
        browser.start();
        if (late) {
            leg.close(CloseStatus.SERVER_LOST);
        }
    }

    /** How the session ended, once it has. */
    SessionEnd how() {
        return how;
    }

    boolean isEnding() {
        return ending.get();
    }

    Side other(Side side) {
        return side == nomad ? browser : nomad;
    }

    void passing(Side from, Frame frame) {
        if (from == nomad) {
            exit.watch(frame);
        }
    }

    /** The first end of a side ends the session; that the other follows is no news. */
    void end(Side side, CloseStatus seen) {
        if (ending.compareAndSet(false, true)) {
            how = side == nomad ? SessionEnd.byNomad(seen, exit.seen()) : SessionEnd.byBrowser(seen);
            other(side).close(seen.announced() ? seen : unannounced(side));
            scheduleCutOff();
        }
    }

    private CloseStatus unannounced(Side side) {
        if (side == browser) {
            return CloseStatus.CLIENT_GONE;
        }
        if (exit.seen()) {
            return CloseStatus.NORMAL;
        }
        serverLost.run();
        return CloseStatus.SERVER_LOST;
    }

    void closed() {
        if (open.decrementAndGet() == 0) {
            cutOff.cancel();
            ended.run();
        }
    }

    private void scheduleCutOff() {
        cutOff = scheduler.schedule(this::cut, timings.closeTimeout().toMillis(), TimeUnit.MILLISECONDS);
        if (open.get() == 0) {
            cutOff.cancel();
        }
    }
}
