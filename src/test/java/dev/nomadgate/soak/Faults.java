package dev.nomadgate.soak;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Strikes one server at a time, at random, and knows afterwards whom a strike may have hit. Thread-safe.
 *
 * <p>A server that is away is no excuse, nor is one that stalls: only what was under way on a server at the very moment
 * of a strike may fail, everything else has to be answered by another server, or later.
 */
final class Faults {

    /** How long the news of a strike may take on a busy machine. */
    private static final long SLACK = 1_000_000_000;
    private static final int LONGEST_PAUSE = 8000;
    private static final int LONGEST_OUTAGE = 5000;

    enum Kind {
        SERVER_KILLED, CONNECTIONS_RESET, SERVER_STALLED
    }

    /** Known before it begins, so that nobody asks too early. */
    private static final class Strike {

        private final int server;
        private final long from = System.nanoTime();
        private volatile boolean over;
        private volatile long to;

        Strike(int server) {
            this.server = server;
        }

        void run(Runnable blow) {
            blow.run();
            to = System.nanoTime();
            over = true;
        }

        boolean overlaps(long start, long end) {
            return (!over || start - to <= SLACK) && end - from >= 0;
        }
    }

    private final Servers servers;
    private final Random random;
    private final List<Strike> strikes = new CopyOnWriteArrayList<>();
    private final Map<Kind, Integer> counts = new EnumMap<>(Kind.class);

    Faults(Servers servers, long seed) {
        this.servers = servers;
        this.random = new Random(seed);
    }

    /** Waits for a while, strikes, and waits until the server is well again. */
    void next() throws InterruptedException {
        Thread.sleep(1000 + random.nextInt(LONGEST_PAUSE));
        int server = random.nextInt(Servers.COUNT);
        Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
        int outage = 200 + random.nextInt(LONGEST_OUTAGE);
        switch (kind) {
            case SERVER_KILLED -> {
                strike(server, () -> servers.kill(server));
                sleepThrough(outage, () -> servers.restart(server));
            }
            case CONNECTIONS_RESET -> strike(server, servers.get(server)::resetConnections);
            case SERVER_STALLED -> {
                servers.get(server).stall();
                sleepThrough(outage, () -> servers.get(server).endStall());
            }
        }
        synchronized (counts) {
            counts.merge(kind, 1, Integer::sum);
        }
    }

    private void strike(int server, Runnable blow) {
        Strike strike = new Strike(server);
        strikes.add(strike);
        strike.run(blow);
    }

    /** What was broken is mended also when the run ends meanwhile. */
    private static void sleepThrough(int millis, Runnable mend) throws InterruptedException {
        try {
            Thread.sleep(millis);
        } finally {
            mend.run();
        }
    }

    /**
     * Whether a strike may have hit what was under way in this time.
     *
     * @param by the servers that it is known to have reached; none if it reached none
     */
    boolean hit(Set<Integer> by, long start, long end) {
        return strikes.stream().anyMatch(
                strike -> strike.overlaps(start, end) && (by.isEmpty() || by.contains(strike.server)));
    }

    Map<Kind, Integer> counts() {
        synchronized (counts) {
            return new EnumMap<>(counts);
        }
    }
}
