package dev.nomadgate.bench.row;

import dev.nomadgate.bench.load.Client;

/**
 * What clients do all the time.
 *
 * @param clients at once
 * @param unit that costs and rates are told for
 * @param units in one operation
 */
public record Work(int clients, String unit, double units, Client.Factory factory) {

    Work with(int otherClients) {
        return new Work(otherClients, unit, units, factory);
    }
}
