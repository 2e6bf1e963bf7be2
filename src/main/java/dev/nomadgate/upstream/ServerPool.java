package dev.nomadgate.upstream;

import dev.nomadgate.upstream.PoolSnapshot.Member;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * The servers, which of them are well, and the way each client takes through them. The list may be replaced at any
 * time: who is on the way keeps the one that was begun with. Thread-safe.
 */
public final class ServerPool {

    /** Puts into one line why a server could not be talked to. */
    @FunctionalInterface
    public interface Explanation {
        String of(Server server, Throwable cause);
    }

    private final Map<Server.Endpoint, ServerHealth> health = new ConcurrentHashMap<>();
    private final Explanation explanation;
    private final Duration slowStart;
    private final LongSupplier nanoTime;
    private final Runnable movedOn;
    private volatile PoolSnapshot snapshot;

    /**
     * @param servers in configuration order
     * @param slowStart over which the clients of a server that was left out return to it; zero: all at once
     * @param explanation for the log
     * @param nanoTime a monotonic clock, {@link System#nanoTime} outside tests
     * @param movedOn runs whenever a request or session goes on to the next server
     */
    public ServerPool(List<Server> servers, Duration slowStart, Explanation explanation, LongSupplier nanoTime,
            Runnable movedOn) {
        this.slowStart = slowStart;
        this.explanation = explanation;
        this.nanoTime = nanoTime;
        this.movedOn = movedOn;
        replace(servers, List.of());
    }

    /** The servers in the order in which they are counted, those marked down included. */
    public List<Server> servers() {
        return snapshot.members().stream().map(Member::server).toList();
    }

    /**
     * Replaces the list. What is known of a server that stays is kept.
     *
     * @param problems why there are not more of them, one line each, for who finds no server
     */
    public synchronized void replace(List<Server> servers, List<String> problems) {
        snapshot = new PoolSnapshot(servers.stream()
                .map(server -> new Member(server,
                        health.computeIfAbsent(server.endpoint(), ignored -> new ServerHealth(nanoTime))))
                .toList(), problems);
        health.keySet().retainAll(servers.stream().map(Server::endpoint).collect(Collectors.toSet()));
    }

    /** Takes over what a pool that this one replaces knows of the servers of both. Called before anyone uses this one. */
    public synchronized void inherit(ServerPool before) {
        health.putAll(before.health);
        replace(servers(), snapshot.problems());
    }

    /** Why there are not more servers, one line each. */
    public List<String> problems() {
        return snapshot.problems();
    }

    /** Which server this client would get first, and why. Changes nothing. */
    public Placement place(InetAddress client) {
        PoolSnapshot now = snapshot;
        int slice = Route.slice(client);
        List<Placement.Step> steps = List.of();
        for (Standard standard : Standard.values()) {
            steps = now.steps(client, member -> standard.refusal(member, slice, slowStart));
            if (steps.stream().anyMatch(Placement.Step::taken)) {
                return new Placement(client, steps, standard.note(), now.problems());
            }
        }
        return new Placement(client, steps,
                steps.isEmpty() ? "No server is known yet." : "Every server is marked down.", now.problems());
    }

    /**
     * How each server is, in the same order.
     *
     * @param connections knows those to each
     * @param maxConnections how many there may be to each
     */
    public List<ServerState> states(ConnectionRegister connections, int maxConnections) {
        return snapshot.members().stream().map(member -> new ServerState(member.server(), member.leftOutBecause(),
                !member.server().down() && member.health().available(member.server()),
                connections.count(member.server()), maxConnections)).toList();
    }

    /** Starts the way of one request or session of this client. */
    public Route route(InetAddress client) {
        return new Route(this, snapshot, client);
    }

    PoolSnapshot snapshot() {
        return snapshot;
    }

    String explain(Server server, Throwable cause) {
        return explanation.of(server, cause);
    }

    void noteMovedOn() {
        movedOn.run();
    }

    Duration slowStart() {
        return slowStart;
    }
}
