package dev.nomadgate.config;

import dev.nomadgate.client.AddressRanges;
import dev.nomadgate.client.Origin;
import java.time.Duration;
import java.util.Set;

/**
 * Whom to believe about the client.
 *
 * @param trustedProxies peers whose {@code Forwarded} and {@code X-Forwarded-*} headers count
 * @param allowedHosts lower-case host names, without port, by which clients may call the gate;
 *     empty: any (see DNS rebinding in {@code reference.conf})
 * @param allowedOrigins origins whose pages may change something besides the gate's own
 * @param bodyTimeout bound on the silence of a client that has announced more of a request's body
 */
public record ClientConfig(
        AddressRanges trustedProxies,
        Set<String> allowedHosts,
        Set<Origin> allowedOrigins,
        Duration bodyTimeout) {

    public ClientConfig {
        allowedHosts = Set.copyOf(allowedHosts);
        allowedOrigins = Set.copyOf(allowedOrigins);
    }
}
