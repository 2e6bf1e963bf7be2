package dev.nomadgate.upstream;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.client.HttpClient;

/**
 * The pools of all clients of one gate. As a rule there is one client; after a change of what connections depend on, the
 * one before lives on until its last request has ended. Nomad counts the connections of both together, so they share
 * what one may have. Thread-safe.
 */
public final class ConnectionRegister {

    private final Set<ServerConnections> pools = ConcurrentHashMap.newKeySet();
    private final Set<HttpClient> retired = ConcurrentHashMap.newKeySet();

    void add(ServerConnections pool) {
        pools.add(pool);
    }

    void remove(ServerConnections pool) {
        pools.remove(pool);
        freed(pool);
    }

    /** From now on the client closes each connection that no request uses. */
    public void retire(HttpClient client) {
        retired.add(client);
        pools.stream().filter(pool -> pool.client() == client).forEach(ServerConnections::closeIdle);
    }

    /** To be called for a client that was stopped. */
    public void forget(HttpClient client) {
        retired.remove(client);
    }

    boolean isRetired(HttpClient client) {
        return retired.contains(client);
    }

    /** How many connections other clients hold to the same server. */
    int heldByOthers(ServerConnections pool) {
        return pools.stream().filter(other -> isBeside(pool, other)).mapToInt(ServerConnections::getConnectionCount).sum();
    }

    /** Lets requests that wait for a connection of another client have the place that became free. */
    void freed(ServerConnections by) {
        pools.stream().filter(other -> isBeside(by, other)).forEach(ServerConnections::placeBecameFree);
    }

    /** The connections to a server, over all clients. */
    public ConnectionCount count(Server server) {
        return pools.stream().filter(pool -> pool.leadsTo(server)).map(ServerConnections::count)
                .reduce(ConnectionCount.NONE, ConnectionCount::plus);
    }

    private static boolean isBeside(ServerConnections pool, ServerConnections other) {
        return other.client() != pool.client() && other.sameServer(pool);
    }
}
