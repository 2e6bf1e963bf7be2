package dev.nomadgate.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How the gate finds out who is in a session and where it runs.
 *
 * @param enabled whether it asks Nomad at all
 * @param timeout bound on each question
 * @param token the gate's own, for questions about allocations
 * @param tokenFile where it was read
 */
public record IdentityConfig(boolean enabled, Duration timeout, Optional<String> token, Optional<Path> tokenFile) {

    @Override
    public String toString() {
        return "IdentityConfig[enabled=" + enabled + ", timeout=" + timeout + "]";
    }
}
