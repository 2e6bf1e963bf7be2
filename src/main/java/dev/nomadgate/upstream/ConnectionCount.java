package dev.nomadgate.upstream;

/**
 * The connections to one server, and who waits for one.
 *
 * @param open for requests, in use or not; those of sessions are not among them
 * @param inUse with a request on them
 * @param queued requests that wait for one
 */
public record ConnectionCount(int open, int inUse, int queued) {

    static final ConnectionCount NONE = new ConnectionCount(0, 0, 0);

    ConnectionCount plus(ConnectionCount other) {
        return new ConnectionCount(open + other.open, inUse + other.inUse, queued + other.queued);
    }
}
