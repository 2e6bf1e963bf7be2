package dev.nomadgate.pages;

import dev.nomadgate.config.GateConfig;
import dev.nomadgate.session.LiveSessions;
import dev.nomadgate.upstream.ConnectionRegister;
import dev.nomadgate.upstream.ServerPool;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Where the pages' figures come from. What changes with the configuration is asked for each time. Thread-safe.
 *
 * @param version of the gate
 * @param sessions the open ones
 * @param servers those in force
 * @param connections to Nomad
 * @param requests how many are in flight, by class
 * @param config the one in force
 * @param stopping whether the gate takes on nothing new any more
 */
public record GateView(
        String version,
        LiveSessions sessions,
        Supplier<ServerPool> servers,
        ConnectionRegister connections,
        Supplier<Map<String, Integer>> requests,
        Supplier<GateConfig> config,
        BooleanSupplier stopping) {
}
