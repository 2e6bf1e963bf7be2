package dev.nomadgate.config;

import java.time.Duration;

/**
 * What one gate takes on. Immutable.
 *
 * @param sessions most WebSocket sessions at once, handshakes under way included
 * @param sessionsPerClient the same for one client
 * @param requests most HTTP requests in flight, sessions not included
 * @param headerSize most bytes of a request's line and header
 * @param messageSize most characters (text) or bytes (binary) of one WebSocket message
 * @param sessionIdleTimeout how long a session may pass neither input nor output; zero: for ever
 * @param sessionMaxAge how long a session may last; zero: for ever
 */
public record LimitsConfig(
        int sessions,
        int sessionsPerClient,
        int requests,
        long headerSize,
        long messageSize,
        Duration sessionIdleTimeout,
        Duration sessionMaxAge) {
}
