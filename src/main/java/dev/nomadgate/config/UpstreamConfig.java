package dev.nomadgate.config;

import dev.nomadgate.upstream.Server;
import java.time.Duration;
import java.util.List;

/**
 * The Nomad servers and the connections to them.
 *
 * @param servers the servers in the order that {@code ip_hash} counts them; at least one that is not down
 * @param connectTimeout bound on opening a TCP connection and its TLS handshake
 * @param responseTimeout bound on the time from a request sent to the header of its answer, and on the silence within
 *     an answer; does not apply to follows, which may stay silent for as long as a task does
 * @param idleTimeout how long an unused pooled connection is kept
 * @param maxConnections the most HTTP connections held to one server
 * @param acquireTimeout bound on the wait for a free connection when all are in use
 * @param tls how {@code https} servers are verified and the gate identifies itself
 */
public record UpstreamConfig(
        List<Server> servers,
        Duration connectTimeout,
        Duration responseTimeout,
        Duration idleTimeout,
        int maxConnections,
        Duration acquireTimeout,
        TlsConfig tls) {

    public UpstreamConfig {
        servers = List.copyOf(servers);
    }
}
