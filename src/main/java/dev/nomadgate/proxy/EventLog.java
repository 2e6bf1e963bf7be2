package dev.nomadgate.proxy;

import dev.nomadgate.client.Client;
import dev.nomadgate.client.IpLiteral;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happened to requests and sessions, a line each: who, what, and how it ended. Never a query, a field's value or
 * a frame, since tokens and command lines stand there. What clients can provoke is bounded: whoever floods the gate
 * must not fill the disk with it as well, nor hide among it what matters. Thread-safe.
 */
public final class EventLog {

    private static final int LINES_A_SECOND = 100;
    private static final long SECOND = 1_000_000_000;

    private final Logger log;
    private final LongSupplier nanoTime;
    private long second;
    private int lines;
    private long leftOut;

    public EventLog() {
        this(LoggerFactory.getLogger(EventLog.class), System::nanoTime);
    }

    EventLog(Logger log, LongSupplier nanoTime) {
        this.log = log;
        this.nanoTime = nanoTime;
        this.second = nanoTime.getAsLong();
    }

    /** Something that an operator may want to look at. */
    public void warn(String line) {
        if (admitted()) {
            log.warn(line);
        }
    }

    /** Something that clients do. */
    public void info(String line) {
        if (admitted()) {
            log.info(line);
        }
    }

    /** Who asks for what, for a line. */
    public static String shown(Client client, String method, String path) {
        return method + " " + printable(path) + " from " + IpLiteral.format(client.address());
    }

    /** A client must not be able to write a line of its own into the log. */
    public static String printable(String text) {
        return text.replaceAll("[^\\x20-\\x7e]", "?");
    }

    private synchronized boolean admitted() {
        long now = nanoTime.getAsLong();
        if (now - second >= SECOND) {
            second = now;
            lines = 0;
            if (leftOut > 0) {
                log.warn("{} lines like the next one were left out: more than {} a second", leftOut, LINES_A_SECOND);
                leftOut = 0;
            }
        }
        if (lines++ < LINES_A_SECOND) {
            return true;
        }
        leftOut++;
        return false;
    }
}
