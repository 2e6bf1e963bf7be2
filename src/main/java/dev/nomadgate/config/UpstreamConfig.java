package dev.nomadgate.config;

import dev.nomadgate.upstream.Server;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * The Nomad servers and the connections to them.
 *
 * @param sources the servers in the order that {@code ip_hash} counts them, or where they are found; at least one that
 *     is not down
 * @param connectTimeout bound on opening a TCP connection and its TLS handshake
 * @param responseTimeout bound on the time from a request sent to the header of its answer, and on the silence within
 *     an answer; does not apply to follows, which may stay silent for as long as a task does
 * @param idleTimeout how long an unused pooled connection is kept
 * @param maxConnections the most HTTP connections held to one server
 * @param acquireTimeout bound on the wait for a free connection when all are in use
 * @param shareQueries whether clients that ask the same and wait share one query to Nomad
 * @param blockingWait the longest wait asked for where a client's query says none; zero leaves those as they are
 * @param tls how {@code https} servers are verified and the gate identifies itself
 * @param health how the gate finds out which servers are well
 * @param discovery how it finds those that are not named one by one
 */
public record UpstreamConfig(
        List<ServerSource> sources,
        Duration connectTimeout,
        Duration responseTimeout,
        Duration idleTimeout,
        int maxConnections,
        Duration acquireTimeout,
        boolean shareQueries,
        Duration blockingWait,
        TlsConfig tls,
        HealthConfig health,
        DiscoveryConfig discovery) {

    public UpstreamConfig {
        sources = List.copyOf(sources);
    }

    /** The files beside those with settings that it depends on. */
    public List<Path> files() {
        return Stream.concat(tls.files().stream(), discovery.tokenFile().stream()).toList();
    }

    /** The servers as configured, before any name is looked up. */
    public List<Server> servers() {
        return sources.stream().map(ServerSource::server).toList();
    }

    /** What the connections themselves depend on. */
    public ConnectionsConfig connections() {
        return new ConnectionsConfig(connectTimeout, idleTimeout, maxConnections);
    }
}
