package dev.nomadgate.exec;

import dev.nomadgate.session.Outcome.EndedBy;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
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
    private static final int TOO_LARGE = 1009;
    private static final int INTERNAL_ERROR = 1011;

    private final Scheduler scheduler;
    private final SessionTimings timings;
    private final long messageSize;
    private final Notice notices;
    private final Runnable ended;
    private final ExitWatch exit = new ExitWatch();
    private final Beginning beginning;
    private final SessionClock clock;
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
     * @param bounds how long the session may last, and how large its messages may be
     * @param notices the stream on which the gate itself may say something
     * @param ended runs once, when both connections are gone
     */
    Bridge(Scheduler scheduler, SessionTimings timings, SessionBounds bounds, Notice notices,
            Runnable ended) {
        this.scheduler = scheduler;
        this.timings = timings;
        this.messageSize = bounds.messageSize();
        this.notices = notices;
        this.ended = ended;
        beginning = new Beginning(this::expire);
        clock = new SessionClock(scheduler, bounds, this::expire);
        // Nomad's last output outlives Nomad's end until a slow browser has read it; what a browser
        // that is gone has typed is of no use to anyone.
        nomad = new Side(this, gone -> new Keepalive(scheduler, timings, false, gone));
        browser = new Side(this, gone -> new Keepalive(scheduler, timings, true, gone));
    }

    /** From now on, before the browser's connection stands, this one is asked and told. */
    void attend(Attendance asked) {
        beginning.attend(asked);
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

    /** No session comes about: the browser was told why. */
    void refused() {
        if (ending.compareAndSet(false, true)) {
            nomad.drop();
        }
    }

    /** Ends the session because the gate ends. */
    public void shutDown() {
        close(CloseStatus.SHUTDOWN);
    }

    /** Ends the session from the gate's side, unless it has ended. */
    void close(CloseStatus status) {
        close(SessionEnd.byGate(status), status, () -> browser.close(status));
    }

    /** Ends the session because an operator wants it, or because it cannot be put on record. */
    void endFor(EndedBy by, String words) {
        if (by == EndedBy.ADMIN) {
            expire(SessionEnd.byAdmin(CloseStatus.OPERATOR, words), CloseStatus.OPERATOR);
        } else {
            expire(new CloseStatus(INTERNAL_ERROR, words));
        }
    }

    /** Ends the session, and says why in the terminal: Nomad's UI shows no reason of a close. */
    private void expire(CloseStatus status) {
        expire(SessionEnd.byGate(status), status);
    }

    private void expire(SessionEnd end, CloseStatus status) {
        close(end, status, () -> browser.close(notices.frame("[nomad-gate: " + status.reason() + "]"), status));
    }

    private void close(SessionEnd end, CloseStatus status, Runnable toBrowser) {
        if (ending.compareAndSet(false, true)) {
            how = end;
            nomad.close(status);
            toBrowser.run();
            scheduleCutOff();
        }
    }

    /** Writes a line into the browser's terminal, as soon as a message of Nomad's has ended. */
    void say(String line) {
        if (!ending.get()) {
            browser.insert(notices.frame(line));
        }
    }

    /** Drops both connections now. */
    public void cut() {
        nomad.abort();
        browser.abort();
    }

    void opened(Side side, Leg leg) {
        if (side == nomad) {
            if (ending.get()) {
                // Nomad's 101 after the browser was told that it did not come in time.
                leg.abort();
            }
            return;
        }
        patience.cancel();
        // Asked before Nomad may end the session in its own words.
        boolean late = ending.get();
        if (late || beginning.awaitsHandshake()) {
            start();
        } else {
            beginning.begin(Optional.empty()).whenComplete((done, refusal) -> start());
        }
        if (late) {
            leg.close(CloseStatus.DROPPED);
        } else {
            clock.start();
        }
    }

    private void start() {
        nomad.start();
        browser.start();
    }

    /** Whether data of the browser's may not go on yet, because it is not known yet who is in the session. */
    boolean holdsBack(Side from) {
        return from == browser && beginning.awaitsHandshake();
    }

    /** Adds to what is held back; returns the whole message once it may go on, or nothing before and if it may not. */
    CompletionStage<Optional<Frame.Data>> hold(Frame.Data frame) {
        return beginning.hold(frame).thenApply(message -> message.filter(whole -> !isEnding()));
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

    /** Whether a data frame may pass; if not, the session is being closed. */
    boolean passing(Side from, Frame.Data frame, long messageSoFar) {
        if (messageSoFar > messageSize) {
            close(new CloseStatus(TOO_LARGE, "a message is larger than " + messageSize
                    + " bytes (nomad-gate.limits.message-size)"));
            return false;
        }
        clock.passed(frame, from == browser);
        beginning.attendance().passed(from == browser, frame);
        if (from == nomad) {
            exit.watch(frame);
        }
        return true;
    }

    /** A data frame goes on that is no handshake. */
    void shown(Side from, Frame.Data frame) {
        beginning.attendance().shown(from == browser, frame);
    }

    /** The code that the process exited with, if Nomad has said one. */
    OptionalInt exitCode() {
        return exit.code();
    }

    /** The first end of a side ends the session; that the other follows is no news. */
    void end(Side side, CloseStatus seen) {
        if (ending.compareAndSet(false, true)) {
            how = side == nomad ? SessionEnd.byNomad(seen, exit.seen()) : SessionEnd.byBrowser(seen, exit.seen());
            other(side).close(seen.announced() ? seen : unannounced(side));
            scheduleCutOff();
        }
    }

    private CloseStatus unannounced(Side side) {
        if (side == browser) {
            return CloseStatus.CLIENT_GONE;
        }
        return exit.seen() ? CloseStatus.NORMAL : CloseStatus.DROPPED;
    }

    void closed() {
        clock.stop();
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
