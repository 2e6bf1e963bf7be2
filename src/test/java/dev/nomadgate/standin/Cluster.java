package dev.nomadgate.standin;

import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** What the stand-in knows and does apart from connections: its index, logs, tokens and scripts. */
final class Cluster {
    static final Duration LONGEST_WAIT = Duration.ofMinutes(10);
    static final Duration DEFAULT_WAIT = Duration.ofSeconds(300);

    final Feed log = new Feed();
    final Feed monitor = new Feed();
    final Feed events = new Feed();
    final Map<String, Script> scripts = new ConcurrentHashMap<>();
    volatile String token;
    volatile String subprotocol;
    volatile SessionScript sessionScript;
    volatile boolean eofAfterErrors;
    volatile String illness;
    volatile boolean clientAgent;
    private long index = 10;
    private volatile boolean closed;

    /** The script with the longest prefix of this target, or null. */
    Script script(String rawTarget) {
        return scripts.entrySet().stream().filter(s -> rawTarget.startsWith(s.getKey()))
                .max(Comparator.comparingInt(s -> s.getKey().length())).map(Map.Entry::getValue).orElse(null);
    }

    synchronized long index() {
        return index;
    }

    synchronized void bumpIndex() {
        index++;
        notifyAll();
    }

    /**
     * Waits until the index is past {@code seen}, or as long as Nomad would: the wait plus up to a
     * sixteenth of it. A client that leaves does not end the wait; that is Nomad's way, too.
     */
    synchronized void awaitIndexAfter(long seen, Duration wait) throws IOException {
        long millis = Math.min(wait.toMillis(), LONGEST_WAIT.toMillis());
        long jitter = ThreadLocalRandom.current().nextLong(millis / 16 + 1);
        long deadline = System.nanoTime() + Duration.ofMillis(millis + jitter).toNanos();
        while (index <= seen && !closed) {
            long left = (deadline - System.nanoTime() + 999_999) / 1_000_000;
            if (left <= 0) {
                return;
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }
        if (closed) {
            // A stopping agent cuts its queries off without a response.
            throw new IOException("the server is stopping");
        }
    }

    boolean closed() {
        return closed;
    }

    void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        log.wake();
        monitor.wake();
        events.wake();
    }

    /** Back to how it started, except that the index never goes back. */
    void reset() {
        log.clear();
        monitor.clear();
        scripts.clear();
        token = null;
        subprotocol = null;
        sessionScript = null;
        eofAfterErrors = false;
        illness = null;
        clientAgent = false;
    }
}
