package dev.nomadgate.contract.hostile;

import dev.nomadgate.contract.GateUnderTest;
import dev.nomadgate.contract.containers.ContainerKind;
import dev.nomadgate.standin.StandInNomad;
import java.util.EnumMap;
import java.util.Map;

/** The gates that get hostile bytes; those that other tests do not use as well are one of each kind a run. */
final class HostileGates {

    private static final Map<ContainerKind, StandInNomad> TRUSTING = new EnumMap<>(ContainerKind.class);

    private HostileGates() {
    }

    /** The gate at this context path, or the one that trusts whoever connects to be a proxy. */
    static GateUnderTest at(ContainerKind kind, String place) {
        return place.equals("behind a proxy") ? trusting(kind) : GateUnderTest.shared(kind, place);
    }

    private static synchronized GateUnderTest trusting(ContainerKind kind) {
        StandInNomad nomad = TRUSTING.computeIfAbsent(kind, ignored -> StandInNomad.start());
        nomad.reset();
        return new GateUnderTest(kind.shared(GateUnderTest.options(nomad)
                .with("client.trusted-proxies", "127.0.0.0/8")), nomad);
    }
}
