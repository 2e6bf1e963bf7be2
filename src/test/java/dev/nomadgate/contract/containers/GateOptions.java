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
 * @param contextPath {@code /} or {@code /name}
 * @param settings the gate's settings without their common prefix, given as system properties {@code nomad-gate.*}
 * @param environment variables of the container's process; no {@code NOMAD_*} of the test run reaches it
 * @param jvmArgs arguments of the container's JVM, behind the harness's own {@code -Xmx128m}
 * @param configFile the text of a {@code nomad-gate.conf}
 */
public record GateOptions(
        Path war,
        String contextPath,
        Map<String, String> settings,
        Map<String, String> environment,
        List<String> jvmArgs,
        Optional<String> configFile) {

    public GateOptions {
        settings = Map.copyOf(settings);
        environment = Map.copyOf(environment);
        jvmArgs = List.copyOf(jvmArgs);
    }

    /** The packaged gate at {@code /}, configured by nothing but its defaults. */
    public static GateOptions defaults() {
        return new GateOptions(Built.war(), "/", Map.of(), Map.of(), List.of(), Optional.empty());
    }

    public GateOptions war(Path war) {
        return new GateOptions(war, contextPath, settings, environment, jvmArgs, configFile);
    }

    public GateOptions contextPath(String contextPath) {
        return new GateOptions(war, contextPath, settings, environment, jvmArgs, configFile);
    }

    /** Sets {@code nomad-gate.<name>}. */
    public GateOptions with(String name, String value) {
        return new GateOptions(war, contextPath, plus(settings, name, value), environment, jvmArgs, configFile);
    }

    public GateOptions environment(String name, String value) {
        return new GateOptions(war, contextPath, settings, plus(environment, name, value), jvmArgs, configFile);
    }

    public GateOptions jvmArgs(String... more) {
        List<String> args = Stream.concat(jvmArgs.stream(), Stream.of(more)).toList();
        return new GateOptions(war, contextPath, settings, environment, args, configFile);
    }

    public GateOptions configFile(String text) {
        return new GateOptions(war, contextPath, settings, environment, jvmArgs, Optional.of(text));
    }

    private static Map<String, String> plus(Map<String, String> map, String key, String value) {
        Map<String, String> more = new TreeMap<>(map);
        more.put(key, value);
        return more;
    }
}
