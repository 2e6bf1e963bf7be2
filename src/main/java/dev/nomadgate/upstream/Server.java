package dev.nomadgate.upstream;

import java.net.URI;
import java.time.Duration;
import java.util.Objects;

/**
 * One Nomad server as configured. Immutable; equality by value.
 *
 * @param address scheme {@code http} or {@code https}, host and explicit port; no path, query or user
 * @param weight share of the clients, 1 or more (nginx: {@code weight})
 * @param down never chosen, but counted by the hash so that other clients stay where they are
 *     (nginx: {@code down})
 * @param maxFails failed connects within {@code failTimeout} after which the server is left out;
 *     0: never (nginx: {@code max_fails})
 * @param failTimeout the window for counting, and how long the server is then left out
 *     (nginx: {@code fail_timeout})
 */
public record Server(URI address, int weight, boolean down, int maxFails, Duration failTimeout) {

    public Server {
        Objects.requireNonNull(address);
        Objects.requireNonNull(failTimeout);
    }

    /** Host and port as they stand in a {@code Host} header, the port always explicit. */
    public String authority() {
        return address.getRawAuthority();
    }

    /** Whether the connection to this server uses TLS. */
    public boolean secure() {
        return "https".equals(address.getScheme());
    }

    @Override
    public String toString() {
        return address.toString();
    }
}
