package dev.nomadgate.config;

import java.time.Duration;
import java.util.Set;

/**
 * All that the client towards Nomad is made with, besides TLS: where one of {@link #SETTINGS} changes, a new one has to
 * be made.
 *
 * @param connectTimeout see {@link UpstreamConfig}
 * @param idleTimeout see {@link UpstreamConfig}
 * @param maxConnections see {@link UpstreamConfig}
 */
public record ConnectionsConfig(Duration connectTimeout, Duration idleTimeout, int maxConnections) {

    /** The settings that these are read from. */
    static final Set<String> SETTINGS = Set.of("nomad-gate.upstream.connect-timeout",
            "nomad-gate.upstream.idle-timeout", "nomad-gate.upstream.max-connections");
}
