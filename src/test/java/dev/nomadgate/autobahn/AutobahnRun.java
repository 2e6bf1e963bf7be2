package dev.nomadgate.autobahn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nomadgate.contract.containers.ContainerKind;
import dev.nomadgate.contract.containers.GateContainer;
import dev.nomadgate.contract.containers.GateOptions;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/**
 * Autobahn|Testsuite through the gate: whatever a client does to the WebSocket protocol, the gate is no worse to it than
 * the server behind the gate. Not among the tests of {@code mvn verify}; see {@code src/docs/autobahn.md}.
 */
class AutobahnRun {

    private static final String ECHO = "echo";
    /** The one address that the gate upgrades, with the allocation of nobody. */
    private static final String EXEC =
            "/v1/client/allocation/ec400000-0000-4000-8000-000000000002/exec?task=sh&command=%5B%22sh%22%5D";
    private static final List<ContainerKind> KINDS = List.of(ContainerKind.JETTY_HOME, ContainerKind.TOMCAT_11);

    /** A message with a violation right behind it, which may be answered before the message is: see the document. */
    private static final Set<String> RACES =
            Set.of("3.2", "3.3", "3.4", "4.1.3", "4.1.4", "4.1.5", "4.2.3", "4.2.4", "4.2.5", "5.15");
    private static final CaseResult LOST_RACE = new CaseResult(Verdict.NON_STRICT, Verdict.OK);

    private final Path directory = Path.of(System.getProperty("nomad-gate.test.containers", "target/containers"))
            .toAbsolutePath().resolveSibling("autobahn");

    @Test
    void noCaseIsWorseThroughTheGate() throws Exception {
        Path program = Path.of(required("autobahn.wstest"));
        String cases = System.getProperty("autobahn.cases", "*");
        List<GateContainer> gates = new ArrayList<>();
        List<Integer> startLines = new ArrayList<>();
        Results results;
        try (Wstest wstest = Wstest.start(program, directory)) {
            Map<String, URI> servers = new LinkedHashMap<>();
            servers.put(ECHO, webSocket(wstest.echoAddress()));
            for (ContainerKind kind : KINDS) {
                GateContainer gate = kind.start(
                        GateOptions.defaults().with("servers", wstest.echoAddress().toString()));
                gates.add(gate);
                startLines.add(gate.output().size());
                servers.put(kind.toString(), webSocket(gate.uri()));
            }
            // The suite gives each case a second, and the first one makes a JVM load its classes.
            wstest.run(servers, "1.*");
            results = wstest.run(servers, cases);
        } finally {
            gates.forEach(GateContainer::close);
        }
        Path summary = Files.writeString(directory.resolve("figures.md"), Summary.of(results, ECHO, names()));
        System.out.println("Wrote " + summary + ":\n" + Files.readString(summary));

        assertThat(results.cases()).isNotEmpty();
        SoftAssertions softly = new SoftAssertions();
        for (String name : names()) {
            softly.assertThat(worse(results, name)).as("worse through the gate on " + name).isEmpty();
        }
        for (int i = 0; i < gates.size(); i++) {
            softly.assertThat(gates.get(i).stackTraces(startLines.get(i))).as("log of " + gates.get(i).kind()).isEmpty();
        }
        softly.assertAll();
    }

    private static List<String> worse(Results results, String name) {
        return results.cases().stream()
                .filter(number -> results.of(name, number).worseThan(results.of(ECHO, number)))
                .filter(number -> !(RACES.contains(number) && results.of(name, number).equals(LOST_RACE)))
                .map(number -> number + ": " + results.of(name, number) + " instead of " + results.of(ECHO, number))
                .toList();
    }

    private static List<String> names() {
        return KINDS.stream().map(ContainerKind::toString).toList();
    }

    private static URI webSocket(URI http) {
        return URI.create(http.toString().replace("http://", "ws://") + EXEC);
    }

    private static String required(String property) {
        String value = System.getProperty(property, "");
        if (value.isBlank()) {
            throw new IllegalStateException("-D" + property + "=/path/to/wstest is missing; see src/docs/autobahn.md");
        }
        return value;
    }
}
