package dev.nomadgate.upstream;

import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * One Nomad server. Immutable; equality by value.
 *
 * @param address scheme {@code http} or {@code https}, host and explicit port; no path, query or user
 * @param resolved where its name was found to lead, if the gate resolves it itself; the name is still what TLS expects
 *     and what {@code Host} says
 * @param weight share of the clients, 1 or more (nginx: {@code weight})
 * @param down never chosen, but counted by the hash so that other clients stay where they are
 *     (nginx: {@code down})
 * @param backup chosen only while no other server can be (nginx: {@code backup})
 * @param maxFails failures within {@code failTimeout} after which the server is left out;
 *     0: never (nginx: {@code max_fails})
 * @param failTimeout the window for counting, and how long the server is then left out
 *     (nginx: {@code fail_timeout})
 */
public record Server(URI address, Optional<InetAddress> resolved, int weight, boolean down, boolean backup,
        int maxFails, Duration failTimeout) {

    /**
     * What stays the same when a server's settings change.
     *
     * @param address as configured or found
     * @param resolved where it leads, if the gate resolves it itself
     */
    public record Endpoint(URI address, Optional<InetAddress> resolved) {

        /** Written out, see {@link Server#equals}. */
        @Override
        public boolean equals(Object other) {
            return other instanceof Endpoint endpoint && address.equals(endpoint.address) && resolved.equals(endpoint.resolved);
        }

        @Override
        public int hashCode() {
            return Objects.hash(address, resolved);
        }
    }

    public Server {
        Objects.requireNonNull(address);
        Objects.requireNonNull(resolved);
        Objects.requireNonNull(failTimeout);
    }

    /** A server at a fixed address that is no backup. */
    public Server(URI address, int weight, boolean down, int maxFails, Duration failTimeout) {
        this(address, Optional.empty(), weight, down, false, maxFails, failTimeout);
    }

    /** Host and port as they stand in a {@code Host} header, the port always explicit. */
    public String authority() {
        return address.getRawAuthority();
    }

    /** Whether the connection to this server uses TLS. */
    public boolean secure() {
        return "https".equals(address.getScheme());
    }

    /** A server with these settings at another address. */
    public Server at(URI other) {
        return new Server(other, resolved, weight, down, backup, maxFails, failTimeout);
    }

    /** A server with these settings at one of the addresses of its name. */
    public Server at(URI other, InetAddress found) {
        return new Server(other, Optional.of(found), weight, down, backup, maxFails, failTimeout);
    }

    /** What this server is, whatever its settings. */
    public Endpoint endpoint() {
        return new Endpoint(address, resolved);
    }

    /**
     * As a record's own would be. That, on Java 17, leaves the record's class in a static of the JDK's
     * ({@code ObjectMethods.OBJECT_EQ}, in the cache of its last {@code asType}), which then holds the class loader of an
     * undeployed web application.
     */
    @Override
    public boolean equals(Object other) {
        return other instanceof Server server && endpoint().equals(server.endpoint()) && weight == server.weight
                && down == server.down && backup == server.backup && maxFails == server.maxFails
                && failTimeout.equals(server.failTimeout);
    }

    @Override
    public int hashCode() {
        return Objects.hash(address, resolved, weight, down, backup, maxFails, failTimeout);
    }

    @Override
    public String toString() {
        return address + resolved.map(found -> " (" + found.getHostAddress() + ")").orElse("");
    }
}
