package dev.nomadgate.config;

import java.time.Duration;

/**
 * How the gate itself finds out whether servers are well, and how those that were not get their clients back.
 *
 * @param enabled whether servers are asked for their health; clients' requests tell of it in any case
 * @param interval between two checks of one server
 * @param timeout bound on one check
 * @param fails how many checks in a row have to fail until the server is left out
 * @param passes how many checks in a row have to pass until it is back
 * @param slowStart over which the clients of a server that was left out return to it; zero: all at once
 */
public record HealthConfig(
        boolean enabled, Duration interval, Duration timeout, int fails, int passes, Duration slowStart) {
}
