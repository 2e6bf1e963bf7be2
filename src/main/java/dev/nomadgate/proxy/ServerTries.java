package dev.nomadgate.proxy;

import dev.nomadgate.upstream.Route;
import dev.nomadgate.upstream.Server;
import java.util.Optional;

/** The server that a request is with, and which one it may be tried with next. Changed by one thread at a time. */
public final class ServerTries {

    private final long beganMillis = System.currentTimeMillis();
    private final Route route;
    private final int maxConnections;
    private volatile Server server;
    private volatile int lostConnections;
    private volatile boolean movedOn;

    /** @param maxConnections how many connections there may be to one server */
    public ServerTries(Route route, int maxConnections) {
        this.route = route;
        this.maxConnections = maxConnections;
    }

    public Route route() {
        return route;
    }

    /** Null before the first, and behind the last. */
    public Server server() {
        return server;
    }

    /** Moves on to the next server; false when none is left. */
    public boolean next() {
        moveTo(route.next().orElse(null));
        return server != null;
    }

    /** Moves on, once, after a server that hung up on the request; with no other left it stays with that one. */
    boolean otherOnce() {
        Optional<Server> other = movedOn ? Optional.empty() : route.next();
        movedOn = true;
        other.ifPresent(this::moveTo);
        return other.isPresent();
    }

    private void moveTo(Server next) {
        lostConnections = 0;
        server = next;
    }

    /**
     * Whether the same server deserves another connection: the one that the request got was kept, so that its end may have
     * been on its way already, and no fault of the server's. As often as there can be such connections, which also ends it
     * should the clock be set back.
     */
    public boolean sameAgain(AttemptConnection connection) {
        return connection.kept(beganMillis) && lostConnections++ < maxConnections;
    }

    /** Notes that the server could not be connected to. */
    void unreachable(Progress progress, Throwable cause) {
        if (progress.firstToFail()) {
            route.unreachable(cause);
        } else {
            route.unreachableForOthers(cause);
        }
    }
}
