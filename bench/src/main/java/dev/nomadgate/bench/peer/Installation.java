package dev.nomadgate.bench.peer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the proxies are made of.
 *
 * @param bench the directory of this project
 * @param tree of the gate, built
 * @param war of the gate
 * @param java the JDK that runs all Java peers
 * @param heap the heap of each of them, options of the JVM separated by blanks
 * @param gateJvmArgs for the gates alone, separated by blanks
 */
public record Installation(Path bench, Path tree, Path war, Path java, String heap, String gateJvmArgs) {

    private static final String SMALL = "-Xmx256m";
    private static final String SHRINKING = "-Xmx1g -XX:MinHeapFreeRatio=2 -XX:MaxHeapFreeRatio=5";

    /** With a heap that gives back after a full collection what is not in use. */
    public Installation withShrinkingHeap() {
        return new Installation(bench, tree, war, java, SHRINKING, gateJvmArgs);
    }

    /** With little room, so that a peer that keeps everything shows it soon. */
    public Installation withSmallHeap() {
        return new Installation(bench, tree, war, java, SMALL, gateJvmArgs);
    }

    /** A directory of target/containers. */
    public Path container(String name) {
        return tree.resolve("target/containers").resolve(name);
    }

    public String benchClasses() {
        return bench.resolve("target/classes").toString();
    }

    public String benchClassPath() {
        return benchClasses() + ":" + bench.resolve("target/lib") + "/*";
    }

    public Path libraries() {
        return bench.resolve("target/lib");
    }

    public String tool(String name) {
        return java.resolve("bin").resolve(name).toString();
    }

    /** The beginning of a Java peer's command. Nothing but the heap differs from the JVM's defaults. */
    public List<String> jvm(Path temporary) {
        List<String> command = new ArrayList<>(List.of(tool("java")));
        append(command, heap);
        command.add("-Djava.io.tmpdir=" + temporary);
        return command;
    }

    /** The same for a gate. */
    public List<String> gateJvm(Path temporary) {
        List<String> command = jvm(temporary);
        append(command, gateJvmArgs);
        return command;
    }

    private static void append(List<String> command, String args) {
        Arrays.stream(args.split(" ")).filter(arg -> !arg.isEmpty()).forEach(command::add);
    }
}
