package dev.nomadgate.contract;

import dev.nomadgate.contract.containers.ContainerKind;
import dev.nomadgate.contract.containers.GateContainer;
import dev.nomadgate.contract.containers.GateOptions;
import dev.nomadgate.standin.StandInNomad;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The gate in one container, before a stand-in Nomad. Test classes of one run share it: each takes
 * the stand-in as {@link StandInNomad#reset()} leaves it.
 *
 * @param container where the gate runs
 * @param nomad what it forwards to
 */
public record GateUnderTest(GateContainer container, StandInNomad nomad) {

    private static final Map<List<Object>, StandInNomad> NOMADS = new HashMap<>();

    /** The gate on this kind of container, with session timings that tests can wait for. */
    public static synchronized GateUnderTest shared(ContainerKind kind) {
        return shared(kind, "/");
    }

    /** The same at a context path, before a stand-in of its own. */
    public static synchronized GateUnderTest shared(ContainerKind kind, String contextPath) {
        StandInNomad nomad = NOMADS.computeIfAbsent(List.of(kind, contextPath), ignored -> StandInNomad.start());
        nomad.reset();
        return new GateUnderTest(kind.shared(options(nomad).contextPath(contextPath)), nomad);
    }

    /** What the shared gate is started with; the base for those that need a gate of their own. */
    public static GateOptions options(StandInNomad nomad) {
        return GateOptions.defaults()
                .with("servers", nomad.address().toString())
                // Else the requests that tests count would not only be their own.
                .with("health.enabled", "false")
                .with("identity.enabled", "false")
                .with("exec.ping-interval", "500ms")
                .with("exec.pong-timeout", "5s")
                .with("exec.close-timeout", "2s")
                .with("drain.grace-period", "100ms");
    }
}
