package dev.nomadgate.contract.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.nomadgate.contract.GateUnderTest;
import dev.nomadgate.contract.containers.ContainerKind;
import dev.nomadgate.contract.containers.GateContainer;
import dev.nomadgate.standin.Frame;
import dev.nomadgate.standin.HandshakeRefused;
import dev.nomadgate.standin.RawWebSocket;
import dev.nomadgate.standin.StandInNomad;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What happened in a session can be found and replayed, and nothing of what opened it. */
class RecordingIT {

    private static final Duration SOON = Duration.ofSeconds(15);
    private static final String SECRET = "5ec4e700-0000-4000-8000-00000000000c";
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

    private static Path recordings(ContainerKind kind) {
        return directory.resolve(kind.name());
    }

    private static GateContainer gate(ContainerKind kind) {
        return kind.shared(GateUnderTest.options(NOMAD)
                .with("identity.enabled", "true")
                .with("recording.enabled", "true")
                .with("recording.directory", recordings(kind).toString())
                .with("recording.rules", "[{ job = \"de*\", task = \"sh*\" }]")
                .with("recording.on-failure", "closed"));
    }

    @ParameterizedTest
    @EnumSource(names = {"JETTY_EMBEDDED", "TOMCAT_11"})
    void aShellIsRecordedFoundAndSentAgain(ContainerKind kind) throws Exception {
        NOMAD.requireToken(SECRET);
        GateContainer gate = gate(kind);
        try (RawWebSocket shell = open(gate, "?task=sh" + COMMAND)) {
            byte[] hello = HELLO.getBytes(StandardCharsets.UTF_8);
            shell.sendFrame(1, false, hello);
            shell.sendFrame(0, true, new byte[0]);
            shell.sendText("{\"tty_size\":{\"height\":50,\"width\":140}}");
            shell.sendText("{\"stdin\":{\"data\":\""
                    + base64("echo typed-$((6*7)); echo 'a\u20acb'; exit 3\n") + "\"}}");
            shell.sendText("{\"stdin\":{\"close\":true}}");
            await().atMost(SOON).untilAsserted(() -> assertThat(files(kind)).hasSize(1).allSatisfy(
                    file -> assertThat(Files.readString(file)).contains("end of recording: ")));
        }
        Path file = files(kind).get(0);
        String cast = Files.readString(file);
        assertThat(cast).contains("\"width\":140", "\"height\":50", "\"user\":\"" + StandInNomad.ACCESSOR + "\"",
                "\"label\":\"" + StandInNomad.TOKEN_NAME + "\"", "\"job\":\"demo\"", "\"node\":\"stand-in\"",
                "typed-42\\r\\n", "a\u20acb\\r\\n", "the process exited with 3")
                .doesNotContain(SECRET, "auth_token", "6*7");

        String name = file.getFileName().toString();
        HttpResponse<String> list = get(gate, "/gate/api/recordings?job=demo&user=" + StandInNomad.ACCESSOR);
        assertThat(list.statusCode()).isEqualTo(200);
        assertThat(list.body()).contains("\"recording\":\"" + name.replace(".cast", "") + "\"",
                "\"state\":\"complete\"");
        assertThat(get(gate, "/gate/api/recordings?job=other").body()).contains("\"recordings\":[]");
        assertThat(get(gate, "/gate/api/recordings/" + name).body()).isEqualTo(cast);
        assertThat(get(gate, "/gate/api/recordings/..%2f" + name).statusCode()).isIn(400, 404);
        delete(kind);
    }

    @ParameterizedTest
    @EnumSource(names = {"JETTY_EMBEDDED", "TOMCAT_11"})
    void whatNoRuleWantsIsNot(ContainerKind kind) throws Exception {
        GateContainer gate = gate(kind);
        try (RawWebSocket shell = open(gate, "?task=other" + COMMAND)) {
            shell.sendText("{\"version\":1}");
            assertThat(shell.readClose(SOON).closeReason()).isEqualTo("task not found");
            assertThat(files(kind)).isEmpty();
        }
    }

    /** Anybody can open those, and would fill the directory. */
    @ParameterizedTest
    @EnumSource(names = {"JETTY_EMBEDDED", "TOMCAT_11"})
    void aSessionThatNomadRefusesLeavesNoFile(ContainerKind kind) throws Exception {
        NOMAD.requireToken(SECRET);
        GateContainer gate = gate(kind);
        try (RawWebSocket shell = open(gate, "?task=sh" + COMMAND)) {
            shell.sendText("{\"version\":1,\"auth_token\":\"5ec4e700-0000-4000-8000-0000000000ff\"}");
            shell.sendText("{\"tty_size\":{\"height\":50,\"width\":140}}");
            shell.readClose(SOON);
        }
        try (RawWebSocket shell = open(gate, "?task=sh" + COMMAND)) {
            shell.sendText(HELLO);
            shell.sendText("{\"stdin\":{\"data\":\"" + base64("exit\n") + "\"}}");
            shell.sendText("{\"stdin\":{\"close\":true}}");
            assertThat(shell.readText(SOON)).isEqualTo("{\"stdout\":{\"close\":true}}");
            shell.readClose(SOON);
        }
        await().atMost(SOON).untilAsserted(() -> assertThat(files(kind)).isNotEmpty().allSatisfy(
                file -> assertThat(Files.readString(file)).contains("end of recording: ")));
        assertThat(files(kind)).as("what came after it, written by the same thread, is there").hasSize(1);
        delete(kind);
    }

    @ParameterizedTest
    @EnumSource(names = {"JETTY_EMBEDDED", "TOMCAT_11"})
    void whereEverySessionHasToBeRecordedNoneBeginsThatCannotBe(ContainerKind kind) throws Exception {
        GateContainer gate = gate(kind);
        delete(kind);
        Files.writeString(recordings(kind), "in the way");
        // Without a handshake frame Nomad starts the command before the browser sends a word.
        String atOnce = "?task=sh&command=%5B%22/bin/sh%22%5D";
        await().atMost(SOON).untilAsserted(() -> assertThatThrownBy(() -> open(gate, atOnce).close())
                .as("the last proof that one can be written holds for a second")
                .isInstanceOf(HandshakeRefused.class));
        NOMAD.clear();
        assertThatThrownBy(() -> open(gate, atOnce)).isInstanceOfSatisfying(HandshakeRefused.class, refused -> {
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.body()).contains("recording of a session cannot be written");
        });
        assertThat(NOMAD.requests()).isEmpty();
        gate.awaitOutput("No recording can be written");
        Files.delete(recordings(kind));
        try (RawWebSocket shell = open(gate, "?task=sh" + COMMAND)) {
            shell.sendText("{\"version\":1}");
            shell.sendText("{\"stdin\":{\"data\":\"" + base64("echo $((6*7))\n") + "\"}}");
            await().atMost(SOON).untilAsserted(() -> assertThat(files(kind)).hasSize(1));
        }
        await().atMost(SOON).untilAsserted(
                () -> assertThat(Files.readString(files(kind).get(0))).contains("end of recording"));
        delete(kind);
    }

    private static RawWebSocket open(GateContainer gate, String query) throws IOException {
        return RawWebSocket.open("127.0.0.1", gate.port(),
                "/v1/client/allocation/" + StandInNomad.ALLOC + "/exec" + query, Map.of());
    }

    private static HttpResponse<String> get(GateContainer gate, String path) throws Exception {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(gate.uri(path)).timeout(SOON).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static List<Path> files(ContainerKind kind) {
        try (Stream<Path> files = Files.list(recordings(kind))) {
            return files.filter(file -> file.toString().endsWith(".cast")).toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(ContainerKind kind) throws IOException {
        for (Path file : files(kind)) {
            Files.delete(file);
        }
        Files.deleteIfExists(recordings(kind));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
