package dev.nomadgate.contract.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nomadgate.contract.GateUnderTest;
import dev.nomadgate.contract.containers.ContainerKind;
import dev.nomadgate.contract.containers.GateContainer;
import dev.nomadgate.contract.containers.GateOptions;
import dev.nomadgate.standin.RawHttp;
import dev.nomadgate.standin.StandInNomad;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two gates are restarted, one after the other, and whoever can connect to the other meanwhile does not notice. */
@Tag("apart")
class RollingRestartIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int CLIENTS = 4;
    /** After each step, for each gate that runs. */
    private static final int REQUESTS = 60;

    @ParameterizedTest
    @EnumSource(names = {"JETTY_HOME", "TOMCAT_11"})
    @Timeout(240)
    void noRequestFails(ContainerKind kind) throws Exception {
        try (StandInNomad nomad = StandInNomad.start()) {
            // Long enough to be in flight at any moment.
            nomad.script("/v1/jobs", (request, wire) -> {
                wire.awaitPeerClose(Duration.ofMillis(50));
                wire.write("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n[1, 2]");
            });
            GateOptions options = GateUnderTest.options(nomad).with("drain.grace-period", "20s");
            CompletableFuture<GateContainer> starting = CompletableFuture.supplyAsync(() -> kind.start(options));
            GateContainer[] gates = {kind.start(options), starting.join()};
            Clients clients = new Clients(gates[0].port(), gates[1].port());
            try {
                clients.start();
                clients.await(0, 1);
                for (int gate = 0; gate < gates.length; gate++) {
                    ProcessHandle process = ProcessHandle.of(gates[gate].pid()).orElseThrow();
                    process.destroy();
                    process.onExit().join();
                    clients.await(1 - gate);
                    gates[gate].close();
                    gates[gate] = kind.start(options.jvmArgs("-Dtest.port=" + gates[gate].port()));
                    clients.await(0, 1);
                }
            } finally {
                clients.stop();
                for (GateContainer gate : gates) {
                    gate.close();
                }
            }
            assertThat(clients.failures).isEmpty();
            System.out.println(kind + ": " + clients);
        }
    }

    /**
     * Clients of both gates, as a load balancer or the Go library is one: they keep connections, leave those that are told
     * to be left, go to the other gate when a connection is refused, and send a GET once more when a kept connection turns
     * out to be closed without a byte of an answer (RFC 9112 §9.3.1). Nothing else is tried twice.
     */
    private static final class Clients {

        private final int[] ports;
        private final List<CompletableFuture<Void>> running = new ArrayList<>();
        private final Queue<String> failures = new ConcurrentLinkedQueue<>();
        private final AtomicInteger[] answered = {new AtomicInteger(), new AtomicInteger()};
        private final AtomicInteger refused = new AtomicInteger();
        private final AtomicInteger closed = new AtomicInteger();
        private volatile boolean stopping;

        Clients(int... ports) {
            this.ports = ports;
        }

        void start() {
            for (int i = 0; i < CLIENTS; i++) {
                running.add(CompletableFuture.runAsync(this::run, task -> new Thread(task, "client").start()));
            }
        }

        /** Waits until these gates have answered some more. */
        void await(int... gates) {
            for (int gate : gates) {
                int before = answered[gate].get();
                Awaitility.await().atMost(SOON).until(() -> answered[gate].get() > before + REQUESTS);
            }
        }

        void stop() {
            stopping = true;
            running.forEach(CompletableFuture::join);
        }

        private void run() {
            RawHttp[] kept = new RawHttp[ports.length];
            for (int i = 0; !stopping; i++) {
                boolean put = i % 4 == 3;
                for (int gate = i % 2, tries = 0; !send(gate, put, kept); gate = 1 - gate) {
                    if (++tries == 10) {
                        failures.add("no gate can be connected to");
                        break;
                    }
                }
            }
            for (RawHttp connection : kept) {
                if (connection != null) {
                    connection.close();
                }
            }
        }

        /** False if the gate cannot be connected to. */
        private boolean send(int gate, boolean put, RawHttp[] kept) {
            RawHttp connection = put ? null : kept[gate];
            boolean used = connection != null;
            boolean begun = false;
            try {
                if (!used) {
                    connection = RawHttp.connect("127.0.0.1", ports[gate]);
                }
                connection.write(RawHttp.request(put ? "PUT" : "GET", "127.0.0.1", ports[gate], "/v1/jobs",
                        put ? "Content-Length: 0" : "Accept: */*"));
                RawHttp.Head head = connection.readHead();
                begun = true;
                byte[] body = connection.readToEnd();
                if (head.status() != 200 || body.length != 6) {
                    failures.add((put ? "PUT " : "GET ") + head + " with " + body.length + " bytes");
                }
                answered[gate].incrementAndGet();
                boolean leave = put || "close".equalsIgnoreCase(head.header("Connection"));
                if (leave) {
                    connection.close();
                }
                if (!put) {
                    kept[gate] = leave ? null : connection;
                }
                return true;
            } catch (ConnectException e) {
                refused.incrementAndGet();
                return false;
            } catch (IOException | AssertionError e) {
                connection.close();
                if (!put) {
                    kept[gate] = null;
                }
                if (used && !begun) {
                    closed.incrementAndGet();
                    return send(gate, false, kept);
                }
                failures.add((put ? "PUT: " : "GET: ") + e);
                return true;
            }
        }

        @Override
        public String toString() {
            return answered[0] + " and " + answered[1] + " requests answered, " + failures.size() + " failed; "
                    + refused + " connections refused, " + closed + " kept ones found closed";
        }
    }
}
