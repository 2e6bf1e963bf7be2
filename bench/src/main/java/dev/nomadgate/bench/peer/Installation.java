package dev.nomadgate.bench.peer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the proxies are made of.
 *
 * @param root of the repository
 * @param java the JDK that runs all Java peers
 * @param heap of each of them, as -Xmx takes it
 * @param gateJvmArgs for the gates alone, separated by blanks
 */
public record Installation(Path root, Path java, String heap, String gateJvmArgs) {

    public Path war() {
        return root.resolve("target/nomad-gate.war");
    }

    /** A directory of target/containers. */
    public Path container(String name) {
        return root.resolve("target/containers").resolve(name);
    }

    public Path classes() {
        return root.resolve("bench/target/classes");
    }

    public Path libraries() {
        return root.resolve("bench/target/lib");
    }

    public String tool(String name) {
        return java.resolve("bin").resolve(name).toString();
    }

    /** The beginning of a Java peer's command. Nothing but the heap differs from the JVM's defaults. */
    public List<String> jvm(Path temporary) {
        return new ArrayList<>(List.of(tool("java"), "-Xmx" + heap, "-Djava.io.tmpdir=" + temporary));
    }

    /** The same for a gate. */
    public List<String> gateJvm(Path temporary) {
        List<String> command = jvm(temporary);
        Arrays.stream(gateJvmArgs.split(" ")).filter(arg -> !arg.isEmpty()).forEach(command::add);
        return command;
    }
}
