package dev.nomadgate.contract.http;

import dev.nomadgate.contract.GateUnderTest;
import dev.nomadgate.contract.containers.ContainerKind;
import dev.nomadgate.standin.StandInNomad;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Gates with settings that tests cannot wait for, or that not every test can live with; one of each kind a run. */
final class Gates {

    /** Three servers in configuration order, behind a gate that trusts loopback. */
    record Cluster(GateUnderTest gate, List<StandInNomad> nomads) {
    }

    static final int FEW_CONNECTIONS = 5;

    private static final Map<ContainerKind, StandInNomad> SLOW = new EnumMap<>(ContainerKind.class);
    private static final Map<ContainerKind, StandInNomad> NESTED = new EnumMap<>(ContainerKind.class);
    private static final Map<ContainerKind, List<StandInNomad>> CLUSTERS = new EnumMap<>(ContainerKind.class);

    private static final Map<ContainerKind, StandInNomad> LIMITED = new EnumMap<>(ContainerKind.class);

    private Gates() {
    }

    /** Waits for nothing longer than a second or two, and has few connections. */
    static synchronized GateUnderTest impatient(ContainerKind kind) {
        StandInNomad nomad = SLOW.computeIfAbsent(kind, ignored -> StandInNomad.start());
        nomad.reset();
        return new GateUnderTest(kind.shared(GateUnderTest.options(nomad)
                .with("upstream.response-timeout", "1s")
                .with("upstream.connect-timeout", "1s")
                .with("upstream.acquire-timeout", "200ms")
                .with("upstream.max-connections", Integer.toString(FEW_CONNECTIONS))), nomad);
    }

    /** Before a Nomad that no other test's requests reach, so that it may refuse them. */
    static synchronized GateUnderTest limited(ContainerKind kind) {
        StandInNomad nomad = LIMITED.computeIfAbsent(kind, ignored -> StandInNomad.start());
        nomad.reset();
        return new GateUnderTest(kind.shared(GateUnderTest.options(nomad)), nomad);
    }

    /** Below a context path, and to be called by one name only; holds many connections. */
    static synchronized GateUnderTest nested(ContainerKind kind) {
        StandInNomad nomad = NESTED.computeIfAbsent(kind, ignored -> StandInNomad.start());
        nomad.reset();
        return new GateUnderTest(kind.shared(GateUnderTest.options(nomad)
                .contextPath("/a/b")
                .with("client.allowed-hosts", "gate.example")
                .with("upstream.max-connections", "400")), nomad);
    }

    static synchronized Cluster cluster(ContainerKind kind) {
        List<StandInNomad> nomads = CLUSTERS.computeIfAbsent(kind, ignored ->
                IntStream.range(0, 3).mapToObj(i -> StandInNomad.start()).toList());
        nomads.forEach(StandInNomad::reset);
        return new Cluster(new GateUnderTest(kind.shared(GateUnderTest.options(nomads.get(0))
                .with("servers", String.join(",", nomads.stream().map(nomad -> nomad.address().toString()).toList()))
                .with("client.trusted-proxies", "127.0.0.0/8")), nomads.get(0)), nomads);
    }
}
