package dev.nomadgate.soak;

import dev.nomadgate.contract.containers.GateContainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a gate holds while nobody asks anything of it.
 *
 * @param heap bytes of live objects after a full collection
 * @param threads live ones
 * @param descriptors open files and sockets
 * @param bridges sessions in memory
 * @param resident bytes of the process in memory
 * @param logLines printed so far
 */
record AtRest(long heap, int threads, int descriptors, long bridges, long resident, int logLines) {

    /** What the collector and the pools of threads leave to chance. */
    private static final long HEAP_SLACK = 4 << 20;
    private static final int THREAD_SLACK = 12;
    private static final int DESCRIPTOR_SLACK = 10;
    /** A selector holds the connection that it closed last until its next event. */
    private static final int BRIDGE_SLACK = 8;

    static AtRest of(GateContainer gate) {
        return new AtRest(gate.heapUsed(), threads(gate), descriptors(gate),
                gate.instances("dev.nomadgate.exec.Bridge"), resident(gate), gate.output().size());
    }

    /**
     * What there is more of than at earlier rests, in words. Whoever left a silent long poll is held until Nomad answers,
     * up to five minutes: only half way are as many let go of as come.
     */
    List<String> leaks(AtRest warm, AtRest halfWay) {
        return Stream.of(
                leak("bytes of heap", halfWay.heap, heap, HEAP_SLACK),
                leak("threads", warm.threads, threads, THREAD_SLACK),
                leak("descriptors", warm.descriptors, descriptors, DESCRIPTOR_SLACK),
                leak("sessions", 0, bridges, BRIDGE_SLACK)).filter(leak -> !leak.isEmpty()).toList();
    }

    private static String leak(String what, long before, long now, long slack) {
        return now <= before + slack ? "" : now + " " + what + " instead of " + before;
    }

    /**
     * Without the ones that Tomcat starts with its first session and lets run out, a second each, with its last; and without
     * those that wait in a pool, which are as many as the busiest moment of the last hour needed.
     */
    private static int threads(GateContainer gate) {
        return (int) gate.occupiedThreadNames().stream().filter(name -> !name.startsWith("WebSocket background processing")).count();
    }

    private static int descriptors(GateContainer gate) {
        try (Stream<Path> all = Files.list(Path.of("/proc/" + gate.pid() + "/fd"))) {
            return (int) all.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long resident(GateContainer gate) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + gate.pid() + "/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10).findFirst().orElse(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
