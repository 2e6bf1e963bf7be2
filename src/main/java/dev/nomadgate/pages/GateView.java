package dev.nomadgate.pages;

import dev.nomadgate.config.GateConfig;
import dev.nomadgate.session.LiveSessions;
import dev.nomadgate.upstream.ServerPool;
import dev.nomadgate.upstream.ServerState;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Where the pages' figures come from. What changes with the configuration is asked for each time. Thread-safe.
 *
 * @param version of the gate
 * @param sessions the open ones
 * @param servers those in force
 * @param states how each of them is
 * @param requests how many are in flight, by class
 * @param config the one in force
 * @param troubles what of the gate's own does not work just now, one line each, without secrets
 * @param stopping whether the gate takes on nothing new any more
 */
public record GateView(
        String version,
        LiveSessions sessions,
        Supplier<ServerPool> servers,
        Supplier<List<ServerState>> states,
        Supplier<Map<String, Integer>> requests,
        Supplier<GateConfig> config,
        Supplier<List<String>> troubles,
        BooleanSupplier stopping) {
}
