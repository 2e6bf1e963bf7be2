package dev.nomadgate.standin;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Upgrades, and hands each session to what its allocation stands for. */
final class Sessions {
    static final String MALFORMED_ALLOC = "alloc lookup failed: index error: UUID must be 36 characters";
    private static final String ALLOC_PREFIX = "/v1/client/allocation/";
    private static final String JOB_PREFIX = "/v1/job/";

    private final Cluster cluster;
    private final Commands commands;
    private final Set<WireSession> alive = ConcurrentHashMap.newKeySet();

    Sessions(Cluster cluster, Commands commands) {
        this.cluster = cluster;
        this.commands = commands;
    }

    /** Whether this is one of Nomad's two WebSocket endpoints. */
    boolean isEndpoint(String path) {
        return path.startsWith(ALLOC_PREFIX) && path.endsWith("/exec")
                || path.startsWith(JOB_PREFIX) && path.endsWith("/action");
    }

    /** Sessions whose TCP neither side has ended. */
    int count() {
        return (int) alive.stream().filter(s -> s.connection().open()).count();
    }

    void answer(Exchange exchange, String path) throws IOException {
        if (!Handshake.wanted(exchange.request())) {
            exchange.text(500, "websocket connection not found in context");
            return;
        }
        WireSession session = new WireSession(exchange.connection(), exchange.request());
        try {
            // Counted before the client can know, so that nobody who saw the 101 counts too few.
            if (Handshake.answer(exchange, cluster.subprotocol, () -> alive.add(session))) {
                run(session, path);
                session.lingerUntilPeerCloses();
            }
        } finally {
            alive.remove(session);
        }
    }

    private void run(WireSession session, String path) throws IOException {
        String alloc = path.startsWith(ALLOC_PREFIX) ? path.substring(ALLOC_PREFIX.length(), path.lastIndexOf('/'))
                : "";
        SessionScript script = cluster.sessionScript;
        if (!isEndpoint(path)) {
            // Since 2.0.3 every other endpoint upgrades, too, and then nothing happens.
            return;
        } else if (alloc.equals(StandInNomad.ECHO_ALLOC)) {
            new EchoSession(session).run();
        } else if (alloc.equals(StandInNomad.SCRIPT_ALLOC) && script != null) {
            script.run(session);
        } else {
            new ExecSession(cluster, commands, session, path).run();
        }
    }
}
