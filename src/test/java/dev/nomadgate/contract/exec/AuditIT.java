package dev.nomadgate.contract.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nomadgate.contract.GateUnderTest;
import dev.nomadgate.contract.containers.ContainerKind;
import dev.nomadgate.contract.containers.GateContainer;
import dev.nomadgate.standin.Frame;
import dev.nomadgate.standin.HandshakeRefused;
import dev.nomadgate.standin.RawWebSocket;
import dev.nomadgate.standin.StandInNomad;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who opened which session is on record, whatever the session does, and whatever it does not want to be known. */
class AuditIT {

    private static final Duration SOON = Duration.ofSeconds(15);
    private static final String SECRET = "5ec4e700-0000-4000-8000-00000000000a";
    private static final String HELLO = "{\"version\":1,\"auth_token\":\"" + SECRET + "\"}";
    private static final String COMMAND = "&command=%5B%22/bin/sh%22%5D&ws_handshake=true";
    private static final StandInNomad NOMAD = StandInNomad.start();

    @TempDir
    static Path directory;

    @AfterAll
    static void stopNomad() {
        NOMAD.close();
    }

    @AfterEach
    void reset() {
        NOMAD.reset();
    }

    private static GateContainer gate(ContainerKind kind) {
        return gate(kind, "open");
    }

    private static GateContainer gate(ContainerKind kind, String onFailure) {
        try {
            Path file = Files.createDirectories(logs(kind, onFailure)).resolve("audit.jsonl");
            return kind.shared(GateUnderTest.options(NOMAD)
                    .with("identity.enabled", "true")
                    .with("identity.timeout", "1s")
                    .with("limits.header-size", "8KiB")
                    .with("audit.on-failure", onFailure)
                    .with("audit.file", file.toString()));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Path logs(ContainerKind kind, String onFailure) {
        return directory.resolve(kind.name() + "-" + onFailure);
    }

    @ParameterizedTest
    @EnumSource
    void aShellIsOnRecordWithItsUserItsPlaceAndItsEnd(ContainerKind kind) throws Exception {
        NOMAD.requireToken(SECRET);
        GateContainer gate = gate(kind);
        String id;
        try (RawWebSocket shell = open(gate, "?task=sh" + COMMAND)) {
            shell.sendText(HELLO);
            shell.sendText("{\"stdin\":{\"data\":\"" + base64("exit 3\n") + "\"}}");
            shell.sendText("{\"stdin\":{\"close\":true}}");
            String end = awaitLine(kind, "session-end", "\"exitCode\":3");
            id = field(end, "id");
            assertThat(end).contains("\"endedBy\":\"process\"", "\"user\":\"" + StandInNomad.ACCESSOR + "\"");
        }
        assertThat(awaitLine(kind, "session-start", id)).contains(
                "\"user\":\"" + StandInNomad.ACCESSOR + "\"", "\"userSource\":\"accessor\"",
                "\"userLabel\":\"" + StandInNomad.TOKEN_NAME + "\"", "\"client\":\"127.0.0.1\"", "\"kind\":\"exec\"",
                "\"namespace\":\"default\"", "\"job\":\"demo\"", "\"group\":\"demo\"", "\"task\":\"sh\"",
                "\"allocation\":\"" + StandInNomad.ALLOC + "\"", "\"node\":\"stand-in\"", "\"command\":[\"/bin/sh\"]",
                "\"server\":\"" + NOMAD.address() + "\"");
        assertThat(String.join("\n", lines(kind, "open"))).doesNotContain(SECRET);
        assertThat(gate.output()).noneMatch(line -> line.contains(SECRET));
    }

    @ParameterizedTest
    @EnumSource(names = {"JETTY_EMBEDDED", "TOMCAT_11"})
    void nobodyIsUnknownForHisWayOfSayingHello(ContainerKind kind) throws Exception {
        NOMAD.requireToken(SECRET);
        GateContainer gate = gate(kind);
        byte[] hello = HELLO.getBytes(StandardCharsets.UTF_8);
        for (int opcode : List.of(1, 2)) {
            try (RawWebSocket shell = open(gate, "?task=sh" + COMMAND + "&opcode=" + opcode)) {
                for (int i = 0; i < hello.length; i++) {
                    shell.sendFrame(i == 0 ? opcode : 0, i == hello.length - 1, new byte[] {hello[i]});
                }
                shell.sendText("{\"stdin\":{\"data\":\"" + base64("echo $((6*7)); exit " + opcode + "\n") + "\"}}");
                assertThat(shell.readText(SOON)).contains(base64("42\n"));
                shell.sendText("{\"stdin\":{\"close\":true}}");
                assertThat(awaitLine(kind, "session-end", "\"exitCode\":" + opcode)).contains(StandInNomad.ACCESSOR);
            }
        }
        try (RawWebSocket shell = RawWebSocket.open("127.0.0.1", gate.port(), "/v1/client/allocation/" + StandInNomad.ALLOC
                + "/exec?task=sh&command=%5B%22/bin/sh%22%5D", Map.of("Connection", "Upgrade, X-Nomad-Token",
                "X-Nomad-Token", "another", "Authorization", "Bearer " + SECRET))) {
            shell.sendText("{\"stdin\":{\"data\":\"" + base64("exit 4\n") + "\"}}");
            shell.sendText("{\"stdin\":{\"close\":true}}");
            assertThat(awaitLine(kind, "session-end", "\"exitCode\":4")).contains(StandInNomad.ACCESSOR);
        }
        for (String question : List.of("/v1/acl/token/self", "/v1/allocation/" + StandInNomad.ALLOC)) {
            NOMAD.script(question + "?region=", (request, wire) ->
                    wire.write("HTTP/1.1 500 Internal Server Error\r\nContent-Length: 2\r\n\r\nno"));
        }
        try (RawWebSocket shell = open(gate, "?task=sh&region=zz" + COMMAND)) {
            shell.sendText(HELLO);
            shell.sendText("{\"stdin\":{\"data\":\"" + base64("exit 5\n") + "\"}}");
            shell.sendText("{\"stdin\":{\"close\":true}}");
            assertThat(awaitLine(kind, "session-end", "\"exitCode\":5"))
                    .contains(StandInNomad.ACCESSOR, "\"region\":\"zz\"", "\"toldByNomad\":true");
        }
        try (RawWebSocket shell = open(gate, "?task=sh" + COMMAND)) {
            shell.sendText("{\"AUTH_TOKEN\":\"" + SECRET + "\",\"pad\":\"" + "x".repeat(64 * 1024) + "\",\"version\":1}");
            Frame close = shell.readClose(SOON);
            assertThat(close.closeCode()).isEqualTo(1009);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"JETTY_EMBEDDED", "TOMCAT_11"})
    void aSessionThatSaysNothingIsOnRecordToo(ContainerKind kind) throws Exception {
        GateContainer gate = gate(kind);
        try (RawWebSocket silent = open(gate, "?task=silent" + COMMAND)) {
            silent.close(1000, "");
            assertThat(awaitLine(kind, "session-end", "\"task\":\"silent\""))
                    .contains("\"user\":null", "\"endedBy\":\"browser\"", "\"closeCode\":1000", "\"job\":\"demo\"");
        }
        assertThat(awaitLine(kind, "session-start", "\"task\":\"silent\"")).contains("\"user\":null");
    }

    @ParameterizedTest
    @EnumSource(names = {"JETTY_EMBEDDED", "TOMCAT_11"})
    void whatNomadRefusesEndsWithItsWords(ContainerKind kind) throws Exception {
        NOMAD.requireToken(SECRET);
        GateContainer gate = gate(kind);
        try (RawWebSocket stranger = open(gate, "?task=stranger" + COMMAND)) {
            stranger.sendText("{\"version\":1,\"auth_token\":\"5ec4e700-0000-4000-8000-00000000000b\"}");
            stranger.readClose(SOON);
            assertThat(awaitLine(kind, "session-end", "\"task\":\"stranger\""))
                    .contains("\"user\":null", "\"endedBy\":\"nomad\"", "\"closeCode\":1011");
        }
        NOMAD.script("/v1/client/allocation/" + StandInNomad.ALLOC + "/exec?task=forbidden", (request, wire) ->
                wire.write("HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno"));
        assertThat(refusal(gate, "?task=forbidden", Map.of()).status()).isEqualTo(403);
        assertThat(awaitLine(kind, "session-refused", "\"task\":\"forbidden\""))
                .contains("\"refusedBecause\":\"nomad\"", "\"status\":403");
    }

    @ParameterizedTest
    @EnumSource(names = {"JETTY_EMBEDDED", "TOMCAT_11"})
    void refusedHandshakesAreOnRecordWithTheReason(ContainerKind kind) throws Exception {
        GateContainer gate = gate(kind);
        HandshakeRefused foreign = refusal(gate, "?task=evil", Map.of("Origin", "https://evil.example"));
        assertThat(awaitLine(kind, "session-refused", "\"task\":\"evil\"")).contains("\"refusedBecause\":\"origin\"",
                "\"status\":403", "https://evil.example", "\"id\":\"" + foreign.header("X-Request-Id") + "\"");
        refusal(gate, "?task=old", Map.of("Sec-WebSocket-Version", "12"));
        assertThat(awaitLine(kind, "session-refused", "\"task\":\"old\"")).contains("\"refusedBecause\":\"handshake\"");
        refusal(gate, "?task=large", Map.of("X-Pad", "x".repeat(9000)));
        assertThat(awaitLine(kind, "session-refused", "\"task\":\"large\"")).contains("\"refusedBecause\":\"request\"", "\"status\":431");
    }

    @ParameterizedTest
    @EnumSource(names = {"JETTY_EMBEDDED", "TOMCAT_11"})
    void aNomadThatDoesNotSayWhoItIsHoldsNobodyUp(ContainerKind kind) throws Exception {
        NOMAD.requireToken(SECRET);
        GateContainer gate = gate(kind);
        CountDownLatch over = new CountDownLatch(1);
        NOMAD.script("/v1/acl/token/self", (request, wire) -> {
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        String another = SECRET.replace('a', 'b');
        NOMAD.requireToken(another);
        try (RawWebSocket shell = open(gate, "?task=sh" + COMMAND)) {
            shell.sendText(HELLO.replace(SECRET, another));
            shell.sendText("{\"stdin\":{\"data\":\"" + base64("exit 7\n") + "\"}}");
            shell.sendText("{\"stdin\":{\"close\":true}}");
            assertThat(awaitLine(kind, "session-end", "\"exitCode\":7")).contains("\"user\":null", "\"job\":\"demo\"");
        } finally {
            over.countDown();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"JETTY_EMBEDDED", "TOMCAT_11"})
    void whereEverySessionHasToBeOnRecordNoneBeginsThatCannotBe(ContainerKind kind) throws Exception {
        GateContainer gate = gate(kind, "closed");
        try (RawWebSocket first = open(gate, "?task=sh" + COMMAND)) {
            first.sendText("{\"version\":1}");
            awaitEvents(kind, "session-request", "session-start");
        }
        awaitEvents(kind, "session-request", "session-start", "session-end");

        delete(logs(kind, "closed"));
        NOMAD.clear();
        // Nomad would run it before anything is said in the session.
        HandshakeRefused second = refusal(gate, "?task=sh&command=%5B%22/bin/sh%22%5D", Map.of());
        assertThat(second.status()).isEqualTo(503);
        assertThat(second.body()).contains("audit log");
        assertThat(NOMAD.requests()).isEmpty();
        gate.awaitOutput("audit log .* was not written.*on-failure = closed");

        Files.createDirectories(logs(kind, "closed"));
        try (RawWebSocket third = open(gate, "?task=sh" + COMMAND)) {
            third.sendText("{\"version\":1}");
            awaitEvents(kind, "session-request", "session-start");
        }
    }

    private static RawWebSocket open(GateContainer gate, String query) throws IOException {
        return RawWebSocket.open("127.0.0.1", gate.port(), "/v1/client/allocation/" + StandInNomad.ALLOC + "/exec" + query, Map.of());
    }

    private static HandshakeRefused refusal(GateContainer gate, String query, Map<String, String> headers) throws IOException {
        try (RawWebSocket ignored = RawWebSocket.open("127.0.0.1", gate.port(),
                "/v1/client/allocation/" + StandInNomad.ALLOC + "/exec" + query, headers)) {
            throw new AssertionError("the handshake succeeded");
        } catch (HandshakeRefused refused) {
            return refused;
        }
    }

    private static List<String> lines(ContainerKind kind, String onFailure) {
        Path file = logs(kind, onFailure).resolve("audit.0.jsonl");
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String awaitLine(ContainerKind kind, String event, String content) {
        await().atMost(SOON).untilAsserted(() -> assertThat(lines(kind, "open"))
                .as("%s with %s", event, content).anyMatch(line -> isLine(line, event, content)));
        return lines(kind, "open").stream().filter(line -> isLine(line, event, content)).reduce("", (earlier, later) -> later);
    }

    private static boolean isLine(String line, String event, String content) {
        return line.contains("\"event\":\"" + event + "\"") && line.contains(content);
    }

    private static void awaitEvents(ContainerKind kind, String... events) {
        await().atMost(SOON).untilAsserted(() -> assertThat(lines(kind, "closed"))
                .extracting(line -> field(line, "event")).filteredOn(event -> !event.equals("session-refused"))
                .containsExactly(events));
    }

    private static String field(String line, String name) {
        return line.replaceAll(".*\"" + name + "\":\"([^\"]*)\".*", "$1");
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void delete(Path tree) throws IOException {
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException failure) throws IOException {
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
