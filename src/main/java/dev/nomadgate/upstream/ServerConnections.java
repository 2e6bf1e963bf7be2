package dev.nomadgate.upstream;

import java.util.function.IntSupplier;
import org.eclipse.jetty.client.Connection;
import org.eclipse.jetty.client.Destination;
import org.eclipse.jetty.client.DuplexConnectionPool;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.transport.HttpDestination;
import org.eclipse.jetty.io.Transport;
import org.eclipse.jetty.util.HostPort;
import org.eclipse.jetty.util.IO;

/**
 * The connections of one client to one server. While a client before it still holds some, it opens so many fewer; but a
 * tenth of the most it may always open, because those may be held for minutes by requests that wait for news. With the
 * default of 90 both together stay below the 100 that Nomad allows.
 */
final class ServerConnections extends DuplexConnectionPool {

    private static final int ALWAYS_ALLOWED = 10;

    private final HttpClient client;
    private final String server;
    private final Transport transport;
    private final int most;
    private final IntSupplier queued;
    private final ConnectionRegister register;

    ServerConnections(HttpClient client, Destination destination, ConnectionRegister register) {
        super(destination, client.getMaxConnectionsPerDestination());
        this.client = client;
        this.server = destination.getOrigin().getAddress().asString();
        this.transport = destination.getOrigin().getTransport();
        this.most = client.getMaxConnectionsPerDestination();
        this.queued = destination instanceof HttpDestination queue ? queue::getQueuedRequestCount : () -> 0;
        this.register = register;
    }

    HttpClient client() {
        return client;
    }

    /** Whether the other's connections lead to the same address: a name may have several, see {@link ResolvedAddress}. */
    boolean sameServer(ServerConnections other) {
        return server.equals(other.server) && transport.equals(other.transport);
    }

    /** Whether this is where requests to that server go. */
    boolean leadsTo(Server other) {
        return server.equals(HostPort.normalizeHost(other.address().getHost()) + ":" + other.address().getPort())
                && (transport instanceof ResolvedAddress resolved
                        ? other.resolved().filter(resolved::is).isPresent()
                        : other.resolved().isEmpty());
    }

    ConnectionCount count() {
        return new ConnectionCount(getConnectionCount(), getActiveConnectionCount(), queued.getAsInt());
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        register.add(this);
    }

    @Override
    protected void doStop() throws Exception {
        super.doStop();
        register.remove(this);
    }

    @Override
    protected void tryCreate(boolean create) {
        if (isRetired() || getConnectionCount() < allowed()) {
            super.tryCreate(create);
        }
    }

    private int allowed() {
        return Math.max(most - register.heldByOthers(this), Math.max(1, most / ALWAYS_ALLOWED));
    }

    @Override
    protected boolean deactivate(Connection connection) {
        boolean reusable = super.deactivate(connection);
        if (isRetired()) {
            closeIdle();
        }
        return reusable;
    }

    /** Closes what no request uses. */
    void closeIdle() {
        for (Connection idle = activate(); idle != null; idle = activate()) {
            if (remove(idle)) {
                IO.close(idle);
            }
        }
    }

    @Override
    protected void onRemoved(Connection connection) {
        if (isRetired()) {
            register.freed(this);
        }
    }

    void placeBecameFree() {
        // Not in the thread of the request whose connection it was.
        client.getExecutor().execute(this::proceed);
    }

    private boolean isRetired() {
        return register.isRetired(client);
    }
}
