package dev.nomadgate.upstream;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is known of one server's health, and who of its clients may be sent there. Outlives changes of the server's
 * settings and of the list. Thread-safe.
 */
final class ServerHealth {

    /** Into how many parts a server's clients are divided when it returns. */
    static final int SLICES = 100;

    private final Logger log = LoggerFactory.getLogger(ServerPool.class);
    private final LongSupplier nanoTime;
    private final PassiveHealth passive;
    private final ActiveHealth active = new ActiveHealth();
    private String lastFailure = "";
    private boolean out;
    private boolean returning;
    private long returned;

    ServerHealth(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.passive = new PassiveHealth(nanoTime);
    }

    /** Whether nothing speaks against the server; it may still be returning. */
    synchronized boolean available(Server server) {
        return active.well() && passive.available(server);
    }

    /**
     * Whether a client may be sent there. After the server returned, its clients do one part after the other: each
     * moves once, and the same ones first at every replica of the gate.
     *
     * @param slice of the client, from 0 to less than {@link #SLICES}
     * @param slowStart how long it takes until all are back
     */
    synchronized boolean available(Server server, int slice, Duration slowStart) {
        if (!available(server)) {
            return false;
        }
        if (returning) {
            double elapsed = nanoTime.getAsLong() - returned;
            returning = elapsed < slowStart.toNanos();
            return !returning || slice < SLICES * elapsed / slowStart.toNanos();
        }
        return true;
    }

    /** Whether the last check was answered. */
    synchronized boolean answers() {
        return active.answers();
    }

    /** Why the server is left out, in a few words; empty when it is not. */
    synchronized String reason(Server server) {
        if (!active.well()) {
            return active.reason();
        }
        return passive.failing(server) ? lastFailure : "";
    }

    /** A client is sent there; returns the moment, for {@link #succeeded}. */
    synchronized long chosen() {
        passive.chosen();
        return nanoTime.getAsLong();
    }

    synchronized void succeeded(Server server, long since) {
        passive.succeeded(since);
        tell(server);
    }

    synchronized void failed(Server server, String reason) {
        lastFailure = reason;
        passive.failed(server);
        tell(server);
    }

    synchronized void checkPassed(Server server, int needed) {
        active.passed(needed);
        tell(server);
    }

    synchronized void checkFailed(Server server, String reason, boolean answered, int needed) {
        active.failed(reason, answered, needed);
        tell(server);
    }

    private void tell(Server server) {
        boolean now = !reason(server).isEmpty();
        if (now && !out) {
            log.warn("{} is left out: {}", server, reason(server));
        } else if (!now && out) {
            returning = true;
            returned = nanoTime.getAsLong();
            log.info("{} is back", server);
        }
        out = now;
    }
}
