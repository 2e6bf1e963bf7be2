package dev.nomadgate.contract.containers;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * How a gate under test is deployed. Equal options may share a running container.
 *
 * @param war the WAR to deploy
 * @param deployments where it is deployed, once at least, each time with settings of its own
 * @param settings settings without their common prefix, given as system properties {@code nomad-gate.*}: those of the
 *         JVM, which are stronger than a deployment's own
 * @param environment variables of the container's process; no {@code NOMAD_*} of the test run reaches it
 * @param jvmArgs arguments of the container's JVM, behind the harness's own, which are for a short life
 * @param configFile the text of a {@code nomad-gate.conf}
 * @param webSocket whether the container has WebSocket (embedded containers only)
 */
public record GateOptions(
        Path war,
        List<Deployment> deployments,
        Map<String, String> settings,
        Map<String, String> environment,
        List<String> jvmArgs,
        Optional<String> configFile,
        boolean webSocket) {

    /**
     * One gate of a container.
     *
     * @param contextPath {@code /} or {@code /name}
     * @param settings its settings without their common prefix, given as context parameters {@code nomad-gate.*}
     */
    public record Deployment(String contextPath, Map<String, String> settings) {

        public Deployment {
            settings = Map.copyOf(settings);
        }
    }

    public GateOptions {
        deployments = List.copyOf(deployments);
        settings = Map.copyOf(settings);
        environment = Map.copyOf(environment);
        jvmArgs = List.copyOf(jvmArgs);
    }

    /** The packaged gate at {@code /}, configured by nothing but its defaults. */
    public static GateOptions defaults() {
        return new GateOptions(Built.war(), List.of(new Deployment("/", Map.of())),
                Map.of(), Map.of(), List.of(), Optional.empty(), true);
    }

    public GateOptions war(Path war) {
        return new GateOptions(war, deployments, settings, environment, jvmArgs, configFile, webSocket);
    }

    /** The context path of the first gate, or of the only one. */
    public String contextPath() {
        return deployments.get(0).contextPath();
    }

    /** One gate, at this path. */
    public GateOptions contextPath(String contextPath) {
        return deployments(new Deployment(contextPath, Map.of()));
    }

    /** These gates side by side, instead of the one. */
    public GateOptions deployments(Deployment... deployments) {
        return new GateOptions(war, List.of(deployments), settings, environment, jvmArgs, configFile, webSocket);
    }

    /** Sets {@code nomad-gate.<name>}. */
    public GateOptions with(String name, String value) {
        return new GateOptions(war, deployments, plus(settings, name, value), environment, jvmArgs, configFile, webSocket);
    }

    public GateOptions environment(String name, String value) {
        return new GateOptions(war, deployments, settings, plus(environment, name, value), jvmArgs, configFile, webSocket);
    }

    public GateOptions jvmArgs(String... more) {
        List<String> args = Stream.concat(jvmArgs.stream(), Stream.of(more)).toList();
        return new GateOptions(war, deployments, settings, environment, args, configFile, webSocket);
    }

    /**
     * A container with a realm: viewer, admin and guest, each with its name as password; the last has no role of the gate's.
     * A stock container has a realm without a user, or none.
     */
    public GateOptions withRealm() {
        return jvmArgs("-Dtest.realm=true");
    }

    boolean hasRealm() {
        return jvmArgs.contains("-Dtest.realm=true");
    }

    public GateOptions configFile(String text) {
        return new GateOptions(war, deployments, settings, environment, jvmArgs, Optional.of(text), webSocket);
    }

    /** A container that has no WebSocket of its own. */
    public GateOptions withoutWebSocket() {
        return new GateOptions(war, deployments, settings, environment, jvmArgs, configFile, false);
    }

    private static Map<String, String> plus(Map<String, String> map, String key, String value) {
        Map<String, String> more = new TreeMap<>(map);
        more.put(key, value);
        return more;
    }
}
