package dev.nomadgate.config;

import java.time.Duration;

/**
 * All that the client towards Nomad is made with, besides TLS: where one of these changes, a new one has to be made.
 *
 * @param connectTimeout see {@link UpstreamConfig}
 * @param idleTimeout see {@link UpstreamConfig}
 * @param maxConnections see {@link UpstreamConfig}
 */
public record ConnectionsConfig(Duration connectTimeout, Duration idleTimeout, int maxConnections) {
}
