package dev.nomadgate.soak;

import dev.nomadgate.contract.containers.GateContainer;
import dev.nomadgate.contract.containers.Histogram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a gate holds while nobody asks anything of it.
 *
 * @param objects the live ones after a full collection
 * @param requests in flight
 * @param threads live ones
 * @param descriptors open files and sockets
 * @param resident bytes of the process in memory
 * @param logLines printed so far
 */
record AtRest(Histogram objects, int requests, int threads, int descriptors, long resident, int logLines) {

    /** What the collector and the pools of threads leave to chance. */
    private static final long HEAP_SLACK = 4 << 20;
    private static final int THREAD_SLACK = 12;
    private static final int DESCRIPTOR_SLACK = 10;
    /** A selector holds the connection that it closed last until its next event. */
    private static final int OBJECT_SLACK = 8;

    static AtRest of(GateContainer gate, int requests) {
        // What the first collection finds unreachable, cleaners and finalizers let go of before the second.
        gate.histogram();
        return new AtRest(gate.histogram(), requests, threads(gate), descriptors(gate), resident(gate), gate.output().size());
    }

    /** Bytes of live objects. */
    long heap() {
        return objects.bytes();
    }

    /** In memory, open or not. */
    long sessions() {
        return objects.instances("dev.nomadgate.exec.Bridge");
    }

    /** Exchanges with Nomad in memory, over or not. */
    long exchanges() {
        return objects.instances("dev.nomadgate.proxy.ProxyExchange");
    }

    /**
     * What there is more of than at earlier rests, in words: of objects than half way, since by then the JVM has compiled
     * and cached what it will.
     */
    List<String> leaks(AtRest warm, AtRest halfWay) {
        return Stream.of(
                leak("bytes of heap", halfWay.heap(), heap(), HEAP_SLACK, " (" + objects.growthSince(halfWay.objects) + ")"),
                leak("requests in flight", 0, requests, 0),
                leak("exchanges", 0, exchanges(), OBJECT_SLACK),
                leak("threads", warm.threads, threads, THREAD_SLACK),
                leak("descriptors", warm.descriptors, descriptors, DESCRIPTOR_SLACK),
                leak("sessions", 0, sessions(), OBJECT_SLACK)).filter(leak -> !leak.isEmpty()).toList();
    }

    private static String leak(String what, long before, long now, long slack) {
        return leak(what, before, now, slack, "");
    }

    private static String leak(String what, long before, long now, long slack, String more) {
        return now <= before + slack ? "" : now + " " + what + " instead of " + before + more;
    }

    /** Without those that wait in a pool, which are as many as the busiest moment of the last hour needed. */
    private static int threads(GateContainer gate) {
        return gate.occupiedThreadNames().size();
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
