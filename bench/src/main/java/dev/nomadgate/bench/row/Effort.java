package dev.nomadgate.bench.row;

import java.time.Duration;

/**
 * How long things may take.
 *
 * @param stretch that is measured
 * @param approach before it, over the same connections
 * @param warmStretch of which several in a row have to cost the same
 * @param warmBound for all of them, for one peer
 * @param hold of long polls and slow readers
 * @param idleSessions how many
 * @param mostClients for the rows about growth
 */
public record Effort(Duration stretch, Duration approach, Duration warmStretch, Duration warmBound, Duration hold,
        int idleSessions, int mostClients) {

    public static final Effort FULL = new Effort(Duration.ofMillis(1000), Duration.ofMillis(150),
            Duration.ofMillis(1000), Duration.ofSeconds(240), Duration.ofSeconds(3), 5000, 5000);
    public static final Effort QUICK = new Effort(Duration.ofMillis(1000), Duration.ofMillis(200),
            Duration.ofMillis(1000), Duration.ofSeconds(20), Duration.ofSeconds(3), 1000, 1000);

    public Effort withWarmBound(Duration bound) {
        return new Effort(stretch, approach, warmStretch, bound, hold, idleSessions, mostClients);
    }
}
