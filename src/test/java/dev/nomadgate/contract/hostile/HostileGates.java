package dev.nomadgate.contract.hostile;

import dev.nomadgate.contract.GateUnderTest;
import dev.nomadgate.contract.containers.ContainerKind;
import dev.nomadgate.contract.containers.GateContainer;
import dev.nomadgate.standin.FaultRelay;
import dev.nomadgate.standin.StandInNomad;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.Map;

/** The gates that get hostile bytes; those that other tests do not use as well are one of each kind a run. */
final class HostileGates {

    /**
     * A gate that waits for nobody longer than a moment, with a relay on either side of it.
     *
     * @param toNomad the relay through which the gate reaches Nomad
     * @param toGate the relay through which browsers may reach the gate
     */
    record Relayed(GateContainer container, StandInNomad nomad, FaultRelay toNomad, FaultRelay toGate) {
    }

    private static final Map<ContainerKind, Relayed> RELAYED = new EnumMap<>(ContainerKind.class);

    private HostileGates() {
    }

    /** The gate at this context path, or the one that trusts whoever connects to be a proxy. */
    static GateUnderTest at(ContainerKind kind, String place) {
        if (!place.equals("behind a proxy")) {
            return GateUnderTest.shared(kind, place);
        }
        Relayed relayed = relayed(kind);
        return new GateUnderTest(relayed.container(), relayed.nomad());
    }

    static synchronized Relayed relayed(ContainerKind kind) {
        Relayed relayed = RELAYED.computeIfAbsent(kind, HostileGates::start);
        relayed.nomad().reset();
        relayed.toNomad().heal();
        relayed.toGate().heal();
        return relayed;
    }

    private static Relayed start(ContainerKind kind) {
        try {
            StandInNomad nomad = StandInNomad.start();
            FaultRelay toNomad = FaultRelay.to(nomad.port());
            GateContainer container = kind.shared(GateUnderTest.options(nomad)
                    .with("servers", "http://127.0.0.1:" + toNomad.port())
                    .with("server-defaults.max-fails", "0")
                    .with("client.trusted-proxies", "127.0.0.0/8")
                    .with("client.body-timeout", "500ms")
                    .with("upstream.connect-timeout", "1s")
                    .with("upstream.response-timeout", "1s")
                    .with("exec.handshake-timeout", "1s")
                    .with("exec.ping-interval", "300ms")
                    .with("exec.pong-timeout", "1s")
                    .with("exec.close-timeout", "300ms"));
            return new Relayed(container, nomad, toNomad, FaultRelay.to(container.port()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
