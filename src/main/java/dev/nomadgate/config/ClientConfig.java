package dev.nomadgate.config;

import dev.nomadgate.client.AddressRanges;
import java.util.Set;

/**
 * Whom to believe about the client.
 *
 * @param trustedProxies peers whose {@code Forwarded} and {@code X-Forwarded-*} headers count
 * @param allowedHosts lower-case host names, without port, by which clients may call the gate;
 *     empty: any (see DNS rebinding in {@code reference.conf})
 */
public record ClientConfig(AddressRanges trustedProxies, Set<String> allowedHosts) {

    public ClientConfig {
        allowedHosts = Set.copyOf(allowedHosts);
    }
}
