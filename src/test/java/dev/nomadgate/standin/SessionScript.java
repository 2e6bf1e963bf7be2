package dev.nomadgate.standin;

import java.io.IOException;

/** A test's own WebSocket session, from right after the 101. */
@FunctionalInterface
public interface SessionScript {
    /**
     * Runs the session. When this returns without having ended TCP, TCP stays open until the peer
     * closes it, as Nomad does.
     */
    void run(WireSession session) throws IOException;
}
