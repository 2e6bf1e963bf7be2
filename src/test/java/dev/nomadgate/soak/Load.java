package dev.nomadgate.soak;

import dev.nomadgate.contract.containers.GateContainer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** Clients at work on one gate, each on a thread of its own, one operation after the other. */
final class Load {

    private static final List<Operation> OPERATIONS =
            Stream.<Operation>concat(Stream.of(Requests.values()), Stream.of(Sessions.values())).toList();
    private static final int WEIGHTS = OPERATIONS.stream().mapToInt(Operation::weight).sum();

    private final Servers servers;
    private final Faults faults;
    private final Figures figures;
    private final int pause;
    private final AtomicLong marks = new AtomicLong();
    private volatile boolean running;
    private final List<Thread> clients = new ArrayList<>();

    /** @param pause of each client between two operations, on average, in ms */
    Load(Servers servers, Faults faults, Figures figures, int pause) {
        this.servers = servers;
        this.faults = faults;
        this.figures = figures;
        this.pause = pause;
    }

    /** Lets that many more clients begin. */
    void start(GateContainer gate, int count, long seed) {
        running = true;
        for (int i = 0; i < count; i++) {
            Random random = new Random(seed + i);
            Thread client = new Thread(() -> work(gate, random), "soak-client-" + gate.kind() + "-" + i);
            client.setDaemon(true);
            clients.add(client);
            client.start();
        }
    }

    /** Lets all of them finish what they are at. */
    void stop() throws InterruptedException {
        running = false;
        for (Thread client : clients) {
            client.join();
        }
        clients.clear();
    }

    private void work(GateContainer gate, Random random) {
        while (running) {
            Attempt attempt = Attempt.next(gate, random, Long.toString(marks.incrementAndGet()));
            run(choose(random), attempt);
            attempt.pause(random.nextInt(2 * pause + 1));
        }
    }

    private static Operation choose(Random random) {
        int point = random.nextInt(WEIGHTS);
        for (Operation operation : OPERATIONS) {
            point -= operation.weight();
            if (point < 0) {
                return operation;
            }
        }
        throw new AssertionError("the weights are fewer than their sum");
    }

    private void run(Operation operation, Attempt attempt) {
        servers.expect(attempt.mark());
        long start = System.nanoTime();
        try {
            operation.run(attempt);
            figures.done(operation);
        } catch (Exception | AssertionError e) {
            if (!(e instanceof Wrong) && faults.hit(servers.servedBy(attempt.mark()), start, System.nanoTime())) {
                figures.hit(operation, e);
            } else {
                figures.unexplained("%s, %s after %d ms, client %s, on %s, servers %s: %s".formatted(
                        Instant.now().truncatedTo(ChronoUnit.MILLIS), operation, (System.nanoTime() - start) / 1_000_000,
                        attempt.client(), attempt.gate().kind(), servers.servedBy(attempt.mark()), e));
            }
        } finally {
            servers.forget(attempt.mark());
        }
    }
}
