package dev.nomadgate.upstream;

import dev.nomadgate.upstream.PoolSnapshot.Member;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The way of one request or session through the servers: the client's own server first, then, as
 * each one proves unreachable, the next that its address hashes to.
 *
 * <p>A server that is left out is passed over while another is left, a backup included. When none is, it is tried all
 * the same: an attempt costs less than refusing a client that might have been served. First those that answer checks,
 * if only to say that they have no quorum, since such a server still serves stale reads.
 *
 * <p>Used by one thread at a time, but for {@link #reached} and {@link #lost}.
 */
public final class Route {

    private final ServerPool pool;
    private final PoolSnapshot snapshot;
    private final InetAddress client;
    private final int slice;
    /** By identity, see {@link Server#equals}. */
    private final Set<Member> tried = Collections.newSetFromMap(new IdentityHashMap<>(2));
    private final Map<Server, Throwable> failures = new LinkedHashMap<>();
    private volatile Member current;
    private volatile long chosen;

    Route(ServerPool pool, PoolSnapshot snapshot, InetAddress client) {
        this.pool = pool;
        this.snapshot = snapshot;
        this.client = client;
        this.slice = slice(client);
    }

    /** Which part of a server's clients this one belongs to; apart from the hash, which chose the server by it. */
    static int slice(InetAddress client) {
        return (Arrays.hashCode(client.getAddress()) * 0x9E3779B1 >>> 16) % ServerHealth.SLICES;
    }

    /** The next server to try, never the same one twice; empty when none is left. */
    public Optional<Server> next() {
        Optional<Member> choice = choose();
        choice.ifPresent(member -> {
            if (current != null) {
                pool.noteMovedOn();
            }
            current = member;
            tried.add(member);
            chosen = member.health().chosen();
        });
        return choice.map(Member::server);
    }

    private Optional<Member> choose() {
        for (Standard standard : Standard.values()) {
            Optional<Member> choice = snapshot.choose(client,
                    member -> standard.met(member, slice, pool.slowStart()) && left(member));
            if (choice.isPresent()) {
                return choice;
            }
        }
        return Optional.empty();
    }

    private boolean left(Member member) {
        return !member.server().down() && !tried.contains(member);
    }

    /** Notes that the last server began to answer. */
    public void reached() {
        current.health().succeeded(current.server(), chosen);
    }

    /** Notes that the last server could not be connected to, or hung up before it answered, and why. */
    public void unreachable(Throwable cause) {
        Server server = current.server();
        current.health().failed(server, pool.explain(server, cause));
        failures.put(server, cause);
    }

    /** Notes that the last server failed a session, and how, in a few words. */
    public void lost(String how) {
        current.health().failed(current.server(), how);
    }

    /** The same, where another request's route notes the failure already: both had one connection between them. */
    public void unreachableForOthers(Throwable cause) {
        failures.put(current.server(), cause);
    }

    /** The servers that could not be connected to, in the order tried, each with its cause. */
    public Map<Server, Throwable> failures() {
        return failures;
    }

    /** The servers that were not tried, in the order in which they are counted, and why not; then why there are no more. */
    public List<String> untried() {
        return Stream.concat(
                snapshot.members().stream().filter(member -> !failures.containsKey(member.server()))
                        .map(member -> member.server() + ": " + why(member)),
                snapshot.problems().stream()).toList();
    }

    private static String why(Member member) {
        String reason = member.leftOutBecause();
        return reason.isEmpty() ? "not tried" : reason;
    }
}
