package dev.nomadgate.soak;

import dev.nomadgate.standin.RecordedRequest;
import dev.nomadgate.standin.StandInNomad;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/** The stand-in cluster: busy servers that can die and come back, and that remember who asked them. Thread-safe. */
final class Servers implements AutoCloseable {

    static final int COUNT = 3;
    /** Of a request or session; the servers note it. */
    static final String MARK = "X-Soak";

    private static final long FIRST_LINE = 1;

    private final AtomicReferenceArray<StandInNomad> servers = new AtomicReferenceArray<>(COUNT);
    private final Map<String, Set<Integer>> served = new ConcurrentHashMap<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "soak-servers");
        thread.setDaemon(true);
        return thread;
    });
    private final long[] lines = new long[COUNT];

    Servers() {
        for (int i = 0; i < COUNT; i++) {
            start(i, 0);
        }
        clock.scheduleWithFixedDelay(this::live, 200, 200, TimeUnit.MILLISECONDS);
    }

    /** As the gate's setting {@code servers} takes them. */
    String addresses() {
        return IntStream.range(0, COUNT).mapToObj(i -> servers.get(i).address().toString()).collect(Collectors.joining(","));
    }

    StandInNomad get(int server) {
        return servers.get(server);
    }

    /** Ends a server as an agent ends. */
    void kill(int server) {
        servers.get(server).close();
    }

    /** Starts a killed one where it was. */
    void restart(int server) {
        int port = servers.get(server).port();
        // Somebody's outgoing connection may have that port for the moment.
        Awaitility.await().atMost(Duration.ofSeconds(60)).ignoreException(UncheckedIOException.class).until(() -> {
            start(server, port);
            return true;
        });
    }

    private synchronized void start(int server, int port) {
        StandInNomad started = StandInNomad.startOn(port, request -> note(server, request));
        started.sessionScript(FarEnd::run);
        lines[server] = FIRST_LINE;
        servers.set(server, started);
    }

    private void note(int server, RecordedRequest request) {
        String mark = request.header(MARK);
        if (mark != null) {
            served.computeIfPresent(mark, (key, known) -> {
                known.add(server);
                return known;
            });
        }
    }

    /** From now on the servers note who serves this mark, until {@link #forget}. */
    void expect(String mark) {
        served.put(mark, ConcurrentHashMap.newKeySet());
    }

    /** The servers that saw this mark. */
    Set<Integer> servedBy(String mark) {
        return served.getOrDefault(mark, Set.of());
    }

    void forget(String mark) {
        served.remove(mark);
    }

    /** What a cluster does all the time: it changes, and its tasks write logs. */
    private synchronized void live() {
        for (int i = 0; i < COUNT; i++) {
            StandInNomad server = servers.get(i);
            server.log(Long.toString(lines[i]++));
            server.event("{\"Index\":" + lines[i] + "}\n");
            if (lines[i] % 7 == 0) {
                server.bumpIndex();
            }
        }
    }

    int openSessions() {
        return IntStream.range(0, COUNT).map(i -> servers.get(i).openSessions()).sum();
    }

    int openConnections() {
        return IntStream.range(0, COUNT).map(i -> servers.get(i).openConnections()).sum();
    }

    @Override
    public void close() {
        clock.shutdownNow();
        for (int i = 0; i < COUNT; i++) {
            servers.get(i).close();
        }
    }
}
