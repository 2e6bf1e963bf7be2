package dev.nomadgate.upstream;

import java.net.InetAddress;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The configured servers, which of them answer, and the way each client takes through them.
 * Thread-safe.
 */
public final class ServerPool {

    private final List<Server> servers;
    private final List<PassiveHealth> health;
    private final IpHash hash;

    /**
     * @param servers in configuration order
     * @param nanoTime a monotonic clock, {@link System#nanoTime} outside tests
     */
    public ServerPool(List<Server> servers, LongSupplier nanoTime) {
        this.servers = List.copyOf(servers);
        this.health = this.servers.stream()
                .map(server -> new PassiveHealth(server.maxFails(), server.failTimeout(), nanoTime))
                .toList();
        this.hash = new IpHash(this.servers.stream().map(Server::weight).toList());
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
