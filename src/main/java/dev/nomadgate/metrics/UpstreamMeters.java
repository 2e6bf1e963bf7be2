package dev.nomadgate.metrics;

import dev.nomadgate.upstream.Server;
import dev.nomadgate.upstream.ServerState;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** What there is to know of each server. The servers may change: what is no more has no series. Thread-safe. */
final class UpstreamMeters {

    private static final String SERVER = "server";

    private final MeterRegistry registry;
    private final Counter movedOn;
    private final Map<MultiGauge, ToDoubleFunction<ServerState>> gauges = new HashMap<>();
    private final Map<String, LongAdder> limited = new ConcurrentHashMap<>();
    private final Map<String, FunctionCounter> limitedCounters = new HashMap<>();
    private volatile Supplier<List<ServerState>> servers = List::of;

    UpstreamMeters(MeterRegistry registry) {
        this.registry = registry;
        movedOn = Counter.builder("nomad.gate.upstream.retries")
                .description("Requests and handshakes that went on to the next server").register(registry);
        gauge("nomad.gate.upstream.server.up", "Whether the gate sends clients there: 1, or 0 while it is left out",
                server -> server.up() ? 1 : 0);
        gauge("nomad.gate.upstream.connections.open", "Connections for requests, in use or not",
                server -> server.connections().open());
        gauge("nomad.gate.upstream.connections.in.use", "Connections with a request on them",
                server -> server.connections().inUse());
        gauge("nomad.gate.upstream.connections.max", "How many the gate may open (nomad-gate.upstream.max-connections)",
                ServerState::maxConnections);
        gauge("nomad.gate.upstream.requests.queued", "Requests that wait for a connection",
                server -> server.connections().queued());
    }

    private void gauge(String name, String description, ToDoubleFunction<ServerState> value) {
        gauges.put(MultiGauge.builder(name).description(description).register(registry), value);
    }

    /** @param servers tells those of the configuration in force */
    void watch(Supplier<List<ServerState>> servers) {
        this.servers = servers;
    }

    void movedOn() {
        movedOn.increment();
    }

    void limited(Server server) {
        limited.computeIfAbsent(server.toString(), ignored -> new LongAdder()).increment();
    }

    /** Brings the series to what is now. */
    synchronized void refresh() {
        List<ServerState> now = servers.get();
        gauges.forEach((gauge, value) -> gauge.register(now.stream()
                .map(server -> Row.of(Tags.of(SERVER, server.name()), value.applyAsDouble(server))).toList(), true));
        Set<String> names = new HashSet<>();
        now.forEach(server -> names.add(server.name()));
        names.forEach(name -> limitedCounters.computeIfAbsent(name, this::limitedCounter));
        limitedCounters.entrySet().removeIf(entry -> {
            boolean gone = !names.contains(entry.getKey());
            if (gone) {
                registry.remove(entry.getValue());
            }
            return gone;
        });
        limited.keySet().retainAll(names);
    }

    private FunctionCounter limitedCounter(String name) {
        LongAdder count = limited.computeIfAbsent(name, ignored -> new LongAdder());
        return FunctionCounter.builder("nomad.gate.upstream.limit.hits", count, LongAdder::sum).tag(SERVER, name)
                .description("Requests and handshakes that Nomad's limit of connections kept out").register(registry);
    }
}
