package dev.nomadgate.contract.browser;

import dev.nomadgate.contract.containers.ContainerKind;
import dev.nomadgate.contract.containers.GateContainer;
import dev.nomadgate.contract.containers.GateOptions;
import dev.nomadgate.contract.containers.GateOptions.Deployment;
import dev.nomadgate.standin.StandInNomad;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One of several gates side by side in one container, all of them before one stand-in Nomad.
 *
 * @param kind the container; it runs until the tests end
 * @param contextPath where the gate is
 */
record GatePlace(ContainerKind kind, String contextPath) {

    private static final Map<ContainerKind, StandInNomad> NOMADS = new EnumMap<>(ContainerKind.class);

    /** At the root, at a path of one segment and at one of two: on a Jetty and on a Tomcat. */
    static Stream<GatePlace> all() {
        return Stream.of(ContainerKind.JETTY_EMBEDDED, ContainerKind.TOMCAT_11)
                .flatMap(kind -> Stream.of("/", "/nomad-gate", "/a/b").map(path -> new GatePlace(kind, path)));
    }

    /** Each context path once: for what the containers have no part in. */
    static Stream<GatePlace> one() {
        return Stream.of(
                new GatePlace(ContainerKind.JETTY_EMBEDDED, "/"),
                new GatePlace(ContainerKind.JETTY_EMBEDDED, "/nomad-gate"),
                new GatePlace(ContainerKind.TOMCAT_11, "/a/b"));
    }

    /** The gate next to this one at another path. */
    GatePlace neighbour(String contextPath) {
        return new GatePlace(kind, contextPath);
    }

    /** What addresses begin with here: the context path, or nothing at the root. */
    String prefix() {
        return contextPath.equals("/") ? "" : contextPath;
    }

    /** The stand-in behind all gates of this container, without anything of an earlier test. */
    StandInNomad resetNomad() {
        StandInNomad nomad = nomad();
        nomad.reset();
        return nomad;
    }

    /** The container's address, without a slash at the end. */
    String origin() {
        return container().origin().toString();
    }

    /** The address of a path of Nomad's at this gate. */
    String address(String path) {
        return origin() + prefix() + path;
    }

    private StandInNomad nomad() {
        synchronized (NOMADS) {
            return NOMADS.computeIfAbsent(kind, ignored -> StandInNomad.start());
        }
    }

    private GateContainer container() {
        return kind.shared(GateOptions.defaults().with("servers", nomad().address().toString()).deployments(
                Stream.of("/", "/nomad-gate", "/a/b", "/a").map(path -> new Deployment(path, Map.of()))
                        .toArray(Deployment[]::new)));
    }

    @Override
    public String toString() {
        return kind + " at " + contextPath;
    }
}
