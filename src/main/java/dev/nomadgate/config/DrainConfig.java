package dev.nomadgate.config;

import java.time.Duration;

/**
 * How the gate ends its work when it is stopped.
 *
 * @param gracePeriod how long requests in flight may take to finish, and sessions to end by themselves
 * @param warnSessions whether a line in each terminal says so
 */
public record DrainConfig(Duration gracePeriod, boolean warnSessions) {
}
