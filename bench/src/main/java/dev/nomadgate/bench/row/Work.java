package dev.nomadgate.bench.row;

import dev.nomadgate.bench.load.Client;

/**
 * What clients do all the time.
 *
 * @param session whether it takes a WebSocket session
 * @param clients at once
 * @param unit that costs and rates are told for
 * @param units in one operation
 */
public record Work(boolean session, int clients, String unit, double units, Client.Factory factory) {

    Work with(int otherClients) {
        return new Work(session, otherClients, unit, units, factory);
    }
}
