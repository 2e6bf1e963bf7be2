package dev.nomadgate.exec;

import java.time.Duration;

/**
 * @param pingInterval how often an idle peer is pinged
 * @param pongTimeout how long after a ping a peer that sent nothing is taken for gone
 * @param closeTimeout how long the peers have to end their connections once one of them has
 */
public record SessionTimings(Duration pingInterval, Duration pongTimeout, Duration closeTimeout) {
}
