package dev.nomadgate.drain;

import dev.nomadgate.config.DrainConfig;
import dev.nomadgate.exec.Sessions;
import dev.nomadgate.proxy.RequestCount;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a gate that is about to stop end its work: nothing new begins, requests in flight finish, sessions are warned, and
 * what is left after the grace period is ended. Thread-safe.
 */
public final class Drain implements ContainerStop.Listener {

    /** For how long a client may be sending its next request on a connection that it has just been told to leave. */
    private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(300);
    /** For how long the answers may take that tell who is still waiting that the gate stops. */
    private static final long LAST_WORDS_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Logger log = LoggerFactory.getLogger(Drain.class);
    private final Sessions sessions;
    private final RequestCount requests;
    private final Supplier<DrainConfig> config;
    private final Runnable stop;
    private volatile boolean begun;

    /**
     * @param config the one in force
     * @param stop stops the gate with all that still goes on in it
     */
    public Drain(Sessions sessions, RequestCount requests, Supplier<DrainConfig> config, Runnable stop) {
        this.sessions = sessions;
        this.requests = requests;
        this.config = config;
        this.stop = stop;
    }

    /** Whether the gate is about to stop. */
    public boolean begun() {
        return begun;
    }

    @Override
    public synchronized void stopping(ContainerStop.Scope scope) {
        if (begun) {
            return;
        }
        begun = true;
        boolean container = scope == ContainerStop.Scope.CONTAINER;
        Duration grace = config.get().gracePeriod();
        long deadline = System.nanoTime() + grace.toNanos();
        sessions.refuse();
        if (!container) {
            requests.close();
        }
        try {
            if (config.get().warnSessions() && !grace.isZero()) {
                sessions.say("[nomad-gate is being stopped: this session will be closed in " + seconds(grace) + " s]");
            }
            // A container that stops sends no more new ones, but on the connections that it has it still does.
            boolean finished = requests.awaitNone(deadline, container ? QUIET_NANOS : 0)
                    & sessions.awaitNone(deadline);
            if (!finished) {
                log.info("nomad-gate ends what is not over after {} s (nomad-gate.drain.grace-period)", seconds(grace));
            }
            requests.close();
            stop.run();
            requests.awaitNone(System.nanoTime() + LAST_WORDS_NANOS, 0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop.run();
        }
    }

    private static String seconds(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? Long.toString(duration.toSeconds())
                : Double.toString(duration.toMillis() / 1000.0);
    }
}
