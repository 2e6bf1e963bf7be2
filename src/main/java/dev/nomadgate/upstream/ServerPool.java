package dev.nomadgate.upstream;

import java.net.InetAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The configured servers, which of them answer, and the way each client takes through them.
 * Thread-safe.
 */
public final class ServerPool {

    private final List<Server> servers;
    private final List<PassiveHealth> health;
    private final IpHash hash;
    private final LongSupplier nanoTime;

    /**
     * @param servers in configuration order
     * @param nanoTime a monotonic clock, {@link System#nanoTime} outside tests
     */
    public ServerPool(List<Server> servers, LongSupplier nanoTime) {
        this(List.copyOf(servers), nanoTime, Map.of());
    }

    private ServerPool(List<Server> servers, LongSupplier nanoTime, Map<URI, PassiveHealth> known) {
        this.servers = servers;
        this.nanoTime = nanoTime;
        this.health = servers.stream()
                .map(server -> Optional.ofNullable(known.get(server.address()))
                        .map(before -> before.with(server.maxFails(), server.failTimeout()))
                        .orElseGet(() -> new PassiveHealth(server.maxFails(), server.failTimeout(), nanoTime)))
                .toList();
        this.hash = new IpHash(servers.stream().map(Server::weight).toList());
    }

    /**
     * Another pool, which knows of the servers that it shares with this one, by their addresses, what this one does.
     *
     * @param changed in configuration order
     */
    public ServerPool with(List<Server> changed) {
        Map<URI, PassiveHealth> known = new HashMap<>();
        for (int i = 0; i < servers.size(); i++) {
            known.put(servers.get(i).address(), health.get(i));
        }
        return new ServerPool(List.copyOf(changed), nanoTime, known);
    }

    /** The servers in configuration order, those marked down included. */
    public List<Server> servers() {
        return servers;
    }

    /** Starts the way of one request or session of this client. */
    public Route route(InetAddress client) {
        return new Route(this, hash.walk(client));
    }

    PassiveHealth health(int server) {
        return health.get(server);
    }
}
