package dev.nomadgate.contract.exec;

import static dev.nomadgate.standin.StandInNomad.ALLOC;
import static dev.nomadgate.standin.StandInNomad.ECHO_ALLOC;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nomadgate.contract.GateUnderTest;
import dev.nomadgate.contract.containers.ContainerKind;
import dev.nomadgate.contract.containers.GateContainer;
import dev.nomadgate.contract.containers.GateOptions;
import dev.nomadgate.standin.DeadServer;
import dev.nomadgate.standin.HandshakeRefused;
import dev.nomadgate.standin.RawHttp;
import dev.nomadgate.standin.RawWebSocket;
import dev.nomadgate.standin.RecordedRequest;
import dev.nomadgate.standin.StandInNomad;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may open which session is judged before Nomad hears of it, by the policy of the moment. */
class PolicyIT extends ExecContract {

    private static final String TOKEN = "5ec4e700-0000-4000-8000-00000000000a";
    private static final String COMMAND = "?task=sh&command=%5B%22/bin/sh%22%2C%22-c%22%2C%22s3cret%22%5D";
    private static final String NO_DEFAULT = "rules = [{ name = \"not here\", action = deny, namespaces = [default] }]";
    private static final String ONLY_DEMO = "mode = enforce, default = deny,"
            + " rules = [{ name = here, action = allow, jobs = [demo] }]";
    private static final StandInNomad NOMAD = StandInNomad.start();
    private static final String SERVERS = "servers = [\"" + NOMAD.address() + "\"]";

    @TempDir
    private static Path directory;

    private static GateUnderTest running;
    private static String inForce = "";
    private static int written;

    private final int started = gate.output().size();
    private int seen = started;

    static Stream<ContainerKind> containers() {
        return oneForEachWebSocketApi();
    }

    PolicyIT(ContainerKind kind) {
        super(kind, gate(kind));
    }

    private static GateUnderTest gate(ContainerKind kind) {
        NOMAD.reset();
        if (running == null || running.container().kind() != kind) {
            stop();
            write("", SERVERS);
            running = new GateUnderTest(kind.start(GateOptions.defaults()
                    .with("config", directory.resolve("nomad-gate.conf").toString())
                    .with("reload.interval", "100ms")
                    .with("health.enabled", "false")
                    .with("exec.close-timeout", "2s")
                    .with("drain.grace-period", "100ms")
                    .with("audit.file", directory.resolve(kind.name() + ".jsonl").toString())), NOMAD);
        }
        return running;
    }

    @AfterAll
    static void stop() {
        if (running != null) {
            GateContainer container = running.container();
            container.undeploy();
            eventually("what judged is gone").until(() -> {
                // Jetty's selector keeps the connection that was served last, however closed, until the next one.
                RawHttp.get("127.0.0.1", container.port(), "/");
                return container.undeployedLoadersAlive() == 0;
            });
            container.close();
            running = null;
        }
    }

    @AfterEach
    void nothingWentWrong() {
        assertThat(gate.stackTraces(started)).isEmpty();
        assertThat(gate.output().stream().skip(started)).noneMatch(line -> line.contains("s3cret"));
    }

    @Test
    void withoutAPolicyEverySessionGoesStraightToNomad() throws IOException {
        policy("");
        try (RawWebSocket session = open(exec(ECHO_ALLOC) + COMMAND)) {
            echoes(session);
        }
        assertThat(nomad.requests().get(0).rawTarget()).isEqualTo(exec(ECHO_ALLOC) + COMMAND);
    }

    @Test
    void whatARuleDeniesIsRefusedInPlainWordsAndNomadHearsOfItOnlyByTheQuestionWhereItRuns() throws IOException {
        policy("mode = enforce, " + NO_DEFAULT);
        HandshakeRefused refused = refusal(exec(ALLOC) + COMMAND, Map.of());

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body()).contains("The gate's policy does not allow this session", "Rule \\\"not here\\\"")
                .doesNotContain("s3cret");
        assertThat(targets()).allMatch(target -> target.equals("/v1/allocation/" + ALLOC));
        assertThat(logged("INFO.* 403 .*")).contains("Rule \"not here\" refuses it.");
        eventually("the audit line").untilAsserted(() -> assertThat(audit()).anyMatch(line -> line.contains("session-refused")
                && line.contains("\"refusedBecause\":\"policy\"") && line.contains("\"namespace\":\"default\"")
                && line.contains("\"job\":\"demo\"") && line.contains("not here")));
    }

    @Test
    void aBrowserGetsAPage() throws IOException {
        policy("mode = enforce, default = deny");
        HandshakeRefused refused = refusal(exec(ALLOC) + COMMAND, Map.of("Accept", "text/html"));

        assertThat(refused.body()).contains("<h1", "No rule allows it.");
        assertThat(nomad.requests()).isEmpty();
    }

    @Test
    void onTrialItIsLoggedAndGoesThrough() throws IOException {
        policy("mode = report-only, " + NO_DEFAULT);
        try (RawWebSocket session = open(exec(ALLOC) + "?task=sh&command=%5B%22cat%22%5D")) {
            session.sendText("{\"version\":1}");
            assertThat(logged("INFO.*would refuse.*")).contains(
                    "nomad-gate.policy would refuse GET " + exec(ALLOC) + " from 127.0.0.1: Rule \"not here\" refuses it.");
        }
    }

    @Test
    void aChangedPolicyHoldsForNewSessions() throws IOException {
        policy("");
        try (RawWebSocket before = open(exec(ECHO_ALLOC) + COMMAND)) {
            policy("mode = enforce, default = deny");
            assertThat(refusal(exec(ECHO_ALLOC) + COMMAND, Map.of()).status()).isEqualTo(403);
            echoes(before);
            policy("mode = enforce, default = deny, rules = [{ name = here, action = allow, clients = [\"127.0.0.1\"] }]");
            try (RawWebSocket after = open(exec(ECHO_ALLOC) + COMMAND)) {
                echoes(after);
            }
        }
    }

    /** The stand-in, as Nomad, tells nobody without a token. */
    @Test
    void whereNomadDoesNotTellTheGateAllowsNothing() throws IOException {
        policy(ONLY_DEMO);
        nomad.requireToken(TOKEN);
        HandshakeRefused refused = refusal(exec(ALLOC) + COMMAND, Map.of());
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body()).contains("not known: the job of the allocation", "X-Nomad-Token");
        assertThat(targets()).allMatch(target -> target.startsWith("/v1/allocation/"));

        open(exec(ALLOC) + COMMAND, Map.of("X-Nomad-Token", TOKEN)).close();

        String another = ALLOC.replace('e', 'f');
        assertThat(refusal(exec(another) + COMMAND, Map.of("X-Nomad-Token", TOKEN)).status()).isEqualTo(403);
    }

    /** In one of the two orders it is the client's own. */
    @Test
    void aServerThatIsDeadShutsNobodyOut() throws IOException {
        try (DeadServer nobody = new DeadServer()) {
            String dead = "\"" + nobody.address() + "\"";
            String alive = "\"" + NOMAD.address() + "\"";
            for (List<String> order : List.of(List.of(dead, alive), List.of(alive, dead))) {
                policy(ONLY_DEMO, "servers = " + order);
                open(exec(ALLOC) + COMMAND).close();
            }
        }
    }

    @Test
    void aQuestionThatIsNotAnsweredCountsAgainstTheSession() throws IOException {
        policy(ONLY_DEMO, SERVERS + ", exec.handshake-timeout = 500ms, identity.timeout = 1m");
        CountDownLatch over = new CountDownLatch(1);
        nomad.script("/v1/allocation/", (request, wire) -> {
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        try {
            assertThat(refusal(exec(ALLOC) + COMMAND, Map.of()).body()).contains("not known: the job of the allocation");
            assertThat(targets()).allMatch(target -> target.startsWith("/v1/allocation/"));
        } finally {
            over.countDown();
        }
    }

    /** Nomad itself does not compare the namespace of the query with that of the allocation. */
    @Test
    void anActionIsWhereItsAllocationIsNotWhereItsQuerySays() throws IOException {
        String action = "/v1/job/demo/action?action=greet&task=sh&group=demo&allocID=" + ALLOC + "&namespace=";
        policy("mode = enforce, default = deny, rules = [{ name = dev, action = allow, namespaces = [dev] }]");
        assertThat(refusal(action + "dev", Map.of()).status()).isEqualTo(403);
        assertThat(targets()).noneMatch(target -> target.startsWith("/v1/job/"));

        policy("mode = enforce, default = deny, rules = [{ name = dev, action = allow, namespaces = [default], actions = [greet] }]");
        open(action + "default").close();
        assertThat(refusal(action.replace("greet", "other") + "default", Map.of()).status()).isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "command=[\"ls\"]                                | true",
        "command=%5B%22ls%22%2C%22-l%22%5D               | true",
        "command=%5B%22l%73%22%5D                        | true",
        "command=%5B%22%5Cu006cs%22%5D                   | true",
        "command=[\"ls\"]&command=[\"sh\"]               | true",
        "command=[\"sh\"]&command=[\"ls\"]               | false",
        "command=[\"ls\"];&command=[\"sh\"]              | false",
        "c%6fmmand=[\"sh\"]&command=[\"ls\"]             | false",
        "%63ommand=%5B%22sh%22%5D&command=[\"ls\"]       | false",
        "&&=&command=[\"sh\"]&&command=[\"ls\"]          | false",
        "Command=[\"ls\"]                                | false",
        "command=&command=[\"ls\"]                       | false",
        "command=[\"ls\"]+x                              | false",
        "command=[\"ls;sh\"]                             | false",
        "command=[\"ls+-l\"]                             | false",
        "command=[\"ls%00\"]                             | false",
        "command=[\"/bin/ls\"]                           | false",
        "command=[\"sh\",\"-c\",\"ls\"]                  | false",
        "command=ls                                      | false",
        "''                                              | false",
    })
    void theCommandIsTheOneThatNomadWouldRun(String query, boolean allowed) throws IOException {
        inForce("mode = enforce, default = deny, rules = [{ name = look, action = allow, commands = [\"ls **\"] }]");
        RawHttp.Head head = answer(handshake(exec(ECHO_ALLOC) + "?task=sh&" + query));

        assertThat(head.status()).isEqualTo(allowed ? 101 : 403);
        if (!allowed) {
            assertThat(nomad.requests()).isEmpty();
        }
    }

    private List<String> targets() {
        return nomad.requests().stream().map(RecordedRequest::rawTarget).toList();
    }

    private RawWebSocket open(String target) throws IOException {
        return open(target, Map.of());
    }

    private RawWebSocket open(String target, Map<String, String> headers) throws IOException {
        return keep(RawWebSocket.open("127.0.0.1", gate.port(), target, headers));
    }

    private static void echoes(RawWebSocket session) throws IOException {
        session.sendText("here");
        assertThat(session.readText(SOON)).isEqualTo("here");
    }

    /** Puts this policy into force unless it is already. */
    private void inForce(String policy) {
        if (!inForce.equals(kind + policy)) {
            policy(policy);
        }
    }

    /** Puts this policy into force, and forgets what Nomad was asked before. */
    private void policy(String policy) {
        policy(policy, SERVERS);
    }

    /** @param settings beside it */
    private void policy(String policy, String settings) {
        write(policy, settings);
        inForce = kind + policy;
        logged("INFO.*(reloaded its configuration|read its configuration again).*");
        nomad.clear();
    }

    private static void write(String policy, String settings) {
        try {
            Path file = Files.writeString(directory.resolve("next"),
                    "nomad-gate { policy { " + policy + " }, " + settings + " }\n# " + written++ + "\n");
            Files.move(file, directory.resolve("nomad-gate.conf"), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first line since the last one asked for that is like this. */
    private String logged(String regex) {
        eventually(regex).until(() -> gate.output().stream().skip(seen).anyMatch(line -> line.matches(".*" + regex)));
        List<String> output = gate.output();
        while (!output.get(seen++).matches(".*" + regex)) {
            // Not that one.
        }
        return output.get(seen - 1);
    }

    private List<String> audit() throws IOException {
        Path file = directory.resolve(kind.name() + ".0.jsonl");
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }
}
