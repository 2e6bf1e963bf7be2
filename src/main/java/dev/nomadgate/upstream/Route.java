package dev.nomadgate.upstream;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntPredicate;

/**
 * The way of one request or session through the servers: the client's own server first, then, as
 * each one proves unreachable, the next that its address hashes to.
 *
 * <p>A server that failed lately is passed over while another is left. When none is, it is tried all
 * the same: an attempt costs less than refusing a client that might have been served.
 *
 * <p>Used by one thread at a time.
 */
public final class Route {

    private final ServerPool pool;
    private final IpHash.Walk walk;
    private final BitSet tried = new BitSet();
    private final Map<Server, Throwable> failures = new LinkedHashMap<>();
    private int current = -1;

    Route(ServerPool pool, IpHash.Walk walk) {
        this.pool = pool;
        this.walk = walk;
    }

    /** The next server to try, never the same one twice; empty when none is left. */
    public Optional<Server> next() {
        IntPredicate left = i -> !tried.get(i) && !pool.servers().get(i).down();
        OptionalInt choice = walk.next(i -> left.test(i) && pool.health(i).available());
        if (choice.isEmpty()) {
            choice = walk.next(left);
        }
        current = choice.orElse(-1);
        if (current < 0) {
            return Optional.empty();
        }
        tried.set(current);
        return Optional.of(pool.servers().get(current));
    }

    /** Notes that the last server could be connected to. */
    public void reached() {
        pool.health(current).succeeded();
    }

    /** Notes that the last server could not be connected to, and why. */
    public void unreachable(Throwable cause) {
        pool.health(current).failed();
        failures.put(pool.servers().get(current), cause);
    }

    /** The same, where another request's route notes the failure already: both had one connection between them. */
    public void unreachableForOthers(Throwable cause) {
        failures.put(pool.servers().get(current), cause);
    }

    /** The servers that could not be connected to, in the order tried, each with its cause. */
    public Map<Server, Throwable> failures() {
        return failures;
    }
}
