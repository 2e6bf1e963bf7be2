package dev.nomadgate.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nomadgate.contract.containers.ContainerKind;
import dev.nomadgate.contract.containers.GateContainer;
import dev.nomadgate.contract.containers.GateOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.SoftAssertions;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;

/**
 * A long day for two gates, one on Jetty and one on Tomcat, before the same servers, at which faults strike at random:
 * nothing may fail but what a fault hit, and in the end nothing may be left of it all. Not among the tests of
 * {@code mvn verify}; see {@code src/docs/soak.md}.
 */
class SoakRun {

    private static final List<ContainerKind> KINDS = List.of(ContainerKind.JETTY_HOME, ContainerKind.TOMCAT_11);
    private static final List<String> RESTS = List.of("warm", "half way", "at the end");
    /** Of the time under load, how much goes before each rest. */
    private static final double[] SHARES = {0.1, 0.45, 0.45};

    private final double minutes = Double.parseDouble(System.getProperty("soak.minutes", "30"));
    private final int clients = Integer.getInteger("soak.clients", 16);
    private final int pause = Integer.getInteger("soak.pause", 40);
    private final long seed = Long.getLong("soak.seed", new Random().nextLong(1_000_000));

    private final Figures figures = new Figures();
    private final List<Subject> subjects = new ArrayList<>();
    private final List<Integer> connections = new ArrayList<>();

    @Test
    void nothingFailsButWhatAFaultHitAndNothingStays() throws Exception {
        System.out.printf("Soak of %s minutes with seed %d, %d clients at each gate%n", minutes, seed, clients);
        try (Servers servers = new Servers()) {
            for (ContainerKind kind : KINDS) {
                subjects.add(Subject.of(kind.start(options(servers))));
            }
            Faults faults = new Faults(servers, seed);
            try {
                run(servers, faults);
            } finally {
                report(faults);
            }
            judge();
        } finally {
            subjects.forEach(subject -> subject.gate().close());
        }
    }

    private void run(Servers servers, Faults faults) throws InterruptedException {
        Load load = new Load(servers, faults, figures, pause);
        for (int part = 0; part < SHARES.length; part++) {
            for (int i = 0; i < subjects.size(); i++) {
                load.start(subjects.get(i).gate(), clients, seed + 10_000L * part + 1000L * i);
            }
            strikeFor((long) (SHARES[part] * minutes * TimeUnit.MINUTES.toNanos(1)), faults);
            load.stop();
            rest(servers);
            System.out.printf("%s: %,d operations%n", RESTS.get(part), figures.total());
        }
    }

    /** With the JVM as operators have it, since it runs for long enough. */
    private static GateOptions options(Servers servers) {
        return GateOptions.defaults()
                .jvmArgs("-XX:TieredStopAtLevel=4", "-XX:-UseSerialGC", "-XX:+UseG1GC")
                .with("servers", servers.addresses())
                .with("client.trusted-proxies", "127.0.0.1");
    }

    private static void strikeFor(long nanos, Faults faults) throws InterruptedException {
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() - end < 0) {
            faults.next();
        }
    }

    /**
     * Waits until all sessions and requests are over, those included that wait for an answer which nobody wants any more,
     * and the pooled connections have run out. Then looks at the gates.
     */
    private void rest(Servers servers) {
        Awaitility.await("the last session's end").atMost(Duration.ofSeconds(60)).until(() -> servers.openSessions() == 0);
        // The gates may keep an eye on the servers.
        int few = KINDS.size() * Servers.COUNT;
        awaitOrSay("more than " + few + " connections at the servers", () -> servers.openConnections() <= few);
        subjects.forEach(subject -> awaitOrSay("requests in flight on " + subject.gate().kind(), () -> subject.requests() == 0));
        connections.add(servers.openConnections());
        subjects.forEach(Subject::rest);
    }

    /** What does not come about is judged in the end. */
    private static void awaitOrSay(String otherwise, Callable<Boolean> rested) {
        try {
            Awaitility.await().atMost(Duration.ofSeconds(90)).pollInterval(Duration.ofSeconds(1)).until(rested);
        } catch (ConditionTimeoutException e) {
            System.out.println("At rest there still are " + otherwise);
        }
    }

    private void report(Faults faults) throws IOException {
        Path directory = Path.of(System.getProperty("nomad-gate.test.containers", "target/containers")).toAbsolutePath()
                .resolveSibling("soak");
        Path file = Files.createDirectories(directory).resolve("figures.md");
        Files.writeString(file, Report.of(minutes, seed, KINDS.size() * clients, faults, figures, RESTS, connections, subjects));
        for (Subject subject : subjects) {
            GateContainer gate = subject.gate();
            String name = gate.kind().toString().replace(' ', '-');
            Files.write(directory.resolve(name + ".log"), gate.output());
            for (int i = 0; i < subject.rests().size(); i++) {
                Files.write(directory.resolve(name + "-" + RESTS.get(i).replace(' ', '-') + ".histogram"),
                        subject.rests().get(i).objects().lines());
            }
        }
        System.out.println("Wrote " + file + ":\n" + Files.readString(file));
    }

    private void judge() {
        SoftAssertions softly = new SoftAssertions();
        softly.assertThat(figures.unexplained()).as("errors that no fault explains").isEmpty();
        for (Subject subject : subjects) {
            softly.assertThat(subject.leaks()).as("left behind on " + subject.gate().kind()).isEmpty();
            softly.assertThat(subject.stackTraces()).as("log of " + subject.gate().kind()).isEmpty();
        }
        softly.assertAll();
        assertThat(figures.total()).isPositive();
    }
}
