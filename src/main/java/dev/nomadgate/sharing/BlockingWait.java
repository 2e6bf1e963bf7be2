package dev.nomadgate.sharing;

import java.time.Duration;
import java.util.Optional;

/**
 * How long Nomad is asked to hold a query whose client did not say: an early answer only makes the client ask again, but a
 * query that nobody listens to any more keeps its connection occupied to the end of its wait. So the wait becomes shorter
 * as connections become scarce, and however fast pages are opened and left, some stay free. Immutable.
 */
public final class BlockingWait {

    /** Shorter ones would keep those busy who ask again at once. Nomad's UI waits two seconds in any case. */
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    /** Of the connections, for what is no blocking query. */
    private static final double RESERVED = 1 / 3.0;

    private final Duration longest;
    private final int connections;

    /**
     * @param longest when no connection is in use; zero to leave queries as they are
     * @param connections the most that the gate may hold to one server
     */
    public BlockingWait(Duration longest, int connections) {
        this.longest = longest;
        this.connections = connections;
    }

    /**
     * The wait to ask for, or none for the client's own.
     *
     * @param inUse how many connections to the server are in use now
     */
    public Optional<Duration> of(BlockingQuery query, int inUse) {
        if (query.waits() || longest.isZero()) {
            return Optional.empty();
        }
        double free = 1 - inUse / (connections * (1 - RESERVED));
        long millis = Math.max(Math.min(SHORTEST.toMillis(), longest.toMillis()), (long) (longest.toMillis() * free));
        return Optional.of(Duration.ofMillis(millis));
    }
}
