package dev.nomadgate.config;

import dev.nomadgate.client.Origin;
import java.time.Duration;
import java.util.Set;

/**
 * The rules for WebSocket sessions (exec and job actions).
 *
 * @param allowedOrigins origins that may open a session besides the gate's own
 * @param requireOrigin whether a handshake without {@code Origin}, as Nomad's CLI sends it, is refused
 * @param handshakeTimeout bound on the handshake with Nomad, from its start to the {@code 101}
 * @param pingInterval how often an idle peer is pinged
 * @param pongTimeout how long after a ping a peer that sent nothing at all is taken for gone
 * @param closeTimeout how long a peer may take to answer a close frame before its TCP connection is cut
 */
public record ExecConfig(
        Set<Origin> allowedOrigins,
        boolean requireOrigin,
        Duration handshakeTimeout,
        Duration pingInterval,
        Duration pongTimeout,
        Duration closeTimeout) {

    public ExecConfig {
        allowedOrigins = Set.copyOf(allowedOrigins);
    }
}
