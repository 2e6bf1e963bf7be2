package dev.nomadgate.recording;

import dev.nomadgate.proxy.EventLog;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells that recordings fail: at once, and then once in a while how many more did. Thread-safe. */
final class FailureLog {

    private static final long MINUTE = 60_000_000_000L;

    private final Logger log;
    private final LongSupplier nanoTime;
    private boolean told;
    private long toldAt;
    private long since;

    FailureLog(LongSupplier nanoTime) {
        this(LoggerFactory.getLogger(FailureLog.class), nanoTime);
    }

    FailureLog(Logger log, LongSupplier nanoTime) {
        this.log = log;
        this.nanoTime = nanoTime;
    }

    /** @param becomes what becomes of sessions */
    void none(String why, String becomes) {
        tell("No recording can be", why, becomes);
    }

    /**
     * @param session the id of the session
     * @param becomes what becomes of it
     */
    void failed(String session, String why, String becomes) {
        tell("The recording of session " + EventLog.printable(session) + " cannot be", why, becomes);
    }

    private synchronized void tell(String what, String why, String becomes) {
        long now = nanoTime.getAsLong();
        if (told && now - toldAt < MINUTE) {
            since++;
            return;
        }
        log.warn("{} written: {}. {}{}", what, why, becomes,
                since == 0 ? "" : ". So it was with " + since + " more since the last line like this");
        told = true;
        toldAt = now;
        since = 0;
    }
}
