package dev.nomadgate.upstream;

/**
 * How one server is, at one moment.
 *
 * @param server with its settings
 * @param reason why clients are not sent there, in a few words; empty when they are
 * @param available whether a client may be sent there: also, from time to time, to find out whether the reason still holds
 * @param connections of all clients of the gate
 * @param maxConnections how many the gate may open
 */
public record ServerState(Server server, String reason, boolean available, ConnectionCount connections, int maxConnections) {

    /** Whether clients are sent there. */
    public boolean up() {
        return reason.isEmpty();
    }

    /** What tells it from every other server; holds its address. */
    public String name() {
        return server.toString();
    }
}
