package dev.nomadgate.standin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The stand-in's WebSocket side, seen from outside. */
@Timeout(60)
class StandInSessionsTest {
    private static final String HOST = "127.0.0.1";
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String HELLO = "{\"version\":1,\"auth_token\":\"\"}";

    private StandInNomad nomad;
    private int port;

    @BeforeEach
    void start() {
        nomad = StandInNomad.start();
        port = nomad.port();
    }

    @AfterEach
    void stop() {
        nomad.close();
    }

    private static String exec(String alloc, String query) {
        return "/v1/client/allocation/" + alloc + "/exec?" + query;
    }

    private RawWebSocket run(String query) throws IOException {
        RawWebSocket socket = RawWebSocket.open(HOST, port, exec(StandInNomad.ALLOC, "ws_handshake=true&" + query),
                Map.of());
        socket.sendText(HELLO);
        return socket;
    }

    private static String stdin(String text) {
        return "{\"stdin\":{\"data\":\"" + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))
                + "\"}}";
    }

    /** Reads until the decoded output contains the text; returns the output. */
    private static String output(RawWebSocket socket, String until) throws IOException {
        StringBuilder output = new StringBuilder();
        while (output.indexOf(until) < 0) {
            Map<String, Object> message = Json.readObject(socket.readText(SOON));
            if (message.get("stdout") instanceof Map<?, ?> stdout && stdout.get("data") instanceof String data) {
                output.append(new String(Base64.getDecoder().decode(data), StandardCharsets.UTF_8));
            }
        }
        return output.toString();
    }

    private HandshakeRefused refusal(Map<String, String> headers) {
        return catchThrowableOfType(HandshakeRefused.class, () -> RawWebSocket.open(HOST, port,
                exec(StandInNomad.ALLOC, "task=sh&command=[\"/bin/sh\"]"), headers));
    }

    @Test
    void theHandshakeIsGorillas() throws IOException {
        try (RawWebSocket socket = RawWebSocket.open(HOST, port, exec(StandInNomad.ECHO_ALLOC, ""),
                Map.of("Origin", "https://" + HOST + ":" + port, "Sec-WebSocket-Extensions", "permessage-deflate",
                        "Sec-WebSocket-Protocol", "a, b"))) {
            assertThat(socket.header("Connection")).isEqualTo("Upgrade");
            assertThat(socket.header("Upgrade")).isEqualTo("websocket");
            assertThat(socket.headers()).hasSize(3);
            assertThat(nomad.openSessions()).isOne();
        }
        await().until(() -> nomad.openSessions() == 0);
    }

    @Test
    void refusesForeignOriginsAndWrongHandshakes() throws IOException {
        HandshakeRefused origin = refusal(Map.of("Origin", "null"));
        assertThat(origin.status()).isEqualTo(403);
        assertThat(origin.header("Sec-WebSocket-Version")).isEqualTo("13");
        assertThat(origin.body()).isEqualTo("Forbidden\nfailed to upgrade connection: websocket: "
                + "request origin not allowed by Upgrader.CheckOrigin");
        assertThat(refusal(Map.of("Origin", "http://127.0.0.1")).status()).isEqualTo(403);
        assertThat(refusal(Map.of("Sec-WebSocket-Version", "12")).status()).isEqualTo(400);
        assertThat(refusal(Map.of("Sec-WebSocket-Key", "short")).status()).isEqualTo(400);
        assertThat(refusal(Map.of("Connection", "keep-alive, Upgrade")).status()).isEqualTo(500);
        String post = RawWebSocket.handshake("x", exec(StandInNomad.ALLOC, ""), "dGhlIHNhbXBsZSBub25jZQ==",
                Map.of("Content-Length", "0")).replace("GET", "POST");
        try (RawHttp http = RawHttp.connect(HOST, port)) {
            assertThat(http.write(post).readResponse().status()).isEqualTo(405);
        }
        assertThat(RawHttp.get(HOST, port, exec(StandInNomad.ALLOC, "")).text())
                .isEqualTo("websocket connection not found in context");
    }

    @Test
    void aFrameBeforeThe101DropsTheConnectionWithoutAByte() throws IOException {
        try (RawHttp http = RawHttp.connect(HOST, port)) {
            byte[] head = RawWebSocket.handshake(HOST + ":" + port, exec(StandInNomad.ALLOC, ""),
                    "dGhlIHNhbXBsZSBub25jZQ==", Map.of()).getBytes(StandardCharsets.ISO_8859_1);
            byte[] frame = RawWebSocket.encode(Frame.TEXT, true, HELLO.getBytes(StandardCharsets.UTF_8));
            byte[] both = Arrays.copyOf(head, head.length + frame.length);
            System.arraycopy(frame, 0, both, head.length, frame.length);
            assertThat(http.write(both).read()).isEqualTo(-1);
        }
    }

    @Test
    void namesASubprotocolOnlyWhenToldTo() throws IOException {
        nomad.subprotocol("b");
        try (RawWebSocket socket = RawWebSocket.open(HOST, port, exec(StandInNomad.ECHO_ALLOC, ""), Map.of())) {
            assertThat(socket.header("Sec-WebSocket-Protocol")).isEqualTo("b");
        }
    }

    @Test
    void aCommandOnATerminalEchoesAndEndsWithEofAndNoCloseFrame() throws IOException {
        try (RawWebSocket socket = run("task=sh&tty=true&command=%5B%22/bin/sh%22%5D")) {
            socket.sendText("{\"tty_size\":{\"height\":33,\"width\":99}}");
            socket.sendText("{}");
            socket.sendText("");
            socket.sendText(stdin("stty size; exit 3\r"));
            assertThat(output(socket, "33 99")).contains("stty size; exit 3");
            String message = "";
            while (!message.contains("exited")) {
                message = socket.readText(SOON);
            }
            assertThat(message).isEqualTo("{\"exited\":true,\"result\":{\"exit_code\":3}}");
            assertThat(socket.readFrame(SOON)).isNull();
        }
    }

    @Test
    void aTerminalChangesNoWordOfTheCommand() throws IOException {
        try (RawWebSocket socket = run("task=sh&tty=true&command=%5B%22echo%22%2C%22it%27s%20%24HOME%20%26%26%22%5D")) {
            assertThat(output(socket, "\n")).isEqualTo("it's $HOME &&\r\n");
        }
    }

    @Test
    void ctrlDEndsAShell() throws IOException {
        try (RawWebSocket socket = run("task=sh&tty=true&command=[\"/bin/sh\"]")) {
            output(socket, " ");
            socket.sendText("{\"stdin\":{\"data\":\"BA==\"}}");
            String last = "";
            for (Frame frame; (frame = socket.readFrame(SOON)) != null; ) {
                last = frame.text();
            }
            assertThat(last).isEqualTo("{\"exited\":true,\"result\":{}}");
        }
    }

    @Test
    void withoutATerminalTheSessionWaitsForTheEndOfStdin() throws IOException {
        try (RawWebSocket socket = run("task=sh&tty=false&command=[\"/bin/sh\",\"-c\",\"echo+done%3Becho+err+>%262\"]")) {
            String first = socket.readText(SOON) + socket.readText(SOON);
            assertThat(first).contains("{\"stdout\":{\"data\":\"ZG9uZQo=\"}}", "{\"stderr\":{\"data\":\"ZXJyCg==\"}}");
            assertThatThrownBy(() -> socket.readFrame(Duration.ofMillis(200))).isInstanceOf(AssertionError.class);
            socket.sendText("{\"stdin\":{\"close\":true}}");
            assertThat(socket.readText(SOON)).isEqualTo("{\"stdout\":{\"close\":true}}");
            socket.awaitEof(SOON);
        }
    }

    @Test
    void takesBinaryFragmentedAndHugeMessages() throws IOException {
        try (RawWebSocket socket = run("task=sh&command=[\"wc\",\"-c\"]")) {
            String big = stdin("x".repeat(3 << 20));
            socket.sendBinary(big.getBytes(StandardCharsets.UTF_8));
            byte[] small = stdin("abc").getBytes(StandardCharsets.UTF_8);
            socket.sendFrame(Frame.TEXT, false, Arrays.copyOf(small, 5));
            socket.ping(new byte[] {1});
            socket.sendFrame(Frame.CONTINUATION, true, Arrays.copyOfRange(small, 5, small.length));
            assertThat(socket.readFrame(SOON)).isEqualTo(new Frame(Frame.PONG, true, new byte[] {1}));
            socket.sendText("{\"stdin\":{\"close\":true}}");
            assertThat(output(socket, "\n")).isEqualTo((3 << 20) + 3 + "\n");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "ALLOC | task=sh&command=[] | 1008 | command is not present",
        "ALLOC | command=[\"a\"] | 1008 | must provide task name",
        "ALLOC | task=x&command=[\"a\"] | 1011 | task not found",
        "ALLOC | task=sh&command=[\"/no/such\"] | 1011 | rpc error: code = Unknown desc = failed to start command: fork/exec /no/such: no such file or directory",
        "short | task=sh&command=[\"a\"] | 1011 | alloc lookup failed: index error: UUID must be 36 characters",
        "00000000-0000-0000-0000-000000000000 | task=sh&command=[\"a\"] | 1008 | Unknown allocation \"00000000-0000-0000-0000-000000000000\"",
    })
    void errorsAreCloseFramesAndLeaveTcpOpen(String alloc, String query, int code, String reason) throws IOException {
        String id = alloc.equals("ALLOC") ? StandInNomad.ALLOC : alloc;
        try (RawWebSocket socket = RawWebSocket.open(HOST, port, exec(id, query + "&ws_handshake=true"), Map.of())) {
            socket.sendText(HELLO);
            Frame close = socket.readFrame(SOON);
            assertThat(close.isClose()).isTrue();
            assertThat(close.closeCode() + " " + close.closeReason()).isEqualTo(code + " " + reason);
            assertThatThrownBy(() -> socket.readFrame(Duration.ofMillis(100))).isInstanceOf(AssertionError.class);
            assertThat(nomad.openConnections()).isOne();
        }
        await().until(() -> nomad.openConnections() == 0);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "'' | {\"version\":2} | 1008 unexpected handshake value: 2",
        "'' | {\"version\":1} | 1011 Permission denied",
        "'' | {\"version\":1,\"auth_token\":\"wrong\"} | 1008 rpc error: Permission denied",
        "secret | {\"version\":1,\"auth_token\":\"\"} | 1008 handshake auth token mismatched auth header token",
    })
    void badHandshakesAreRefused(String headerToken, String handshake, String refusal) throws IOException {
        nomad.requireToken("secret");
        Map<String, String> headers = headerToken.isEmpty() ? Map.of() : Map.of("X-Nomad-Token", headerToken);
        try (RawWebSocket socket = RawWebSocket.open(HOST, port,
                exec(StandInNomad.ALLOC, "task=sh&command=[\"/bin/sh\"]&ws_handshake=true"), headers)) {
            socket.sendText(handshake);
            Frame close = socket.readFrame(SOON);
            assertThat(close.closeCode() + " " + close.closeReason()).isEqualTo(refusal);
        }
    }

    @Test
    void mayEndTcpRightAfterAnErrorClose() throws IOException {
        nomad.eofAfterErrors(true);
        try (RawWebSocket socket = run("task=none&command=[\"a\"]")) {
            assertThat(socket.readFrame(SOON).closeCode()).isEqualTo(1011);
            assertThat(socket.readFrame(SOON)).isNull();
        }
    }

    @Test
    void anIdleShellSurvivesItsSessionAndAWritingCommandDoesNot() throws IOException {
        try (RawWebSocket idle = run("task=sh&tty=true&command=[\"/bin/sh\"]");
                RawWebSocket busy = run("task=sh&command=[\"yes\"]")) {
            output(idle, " ");
            output(busy, "y");
            assertThat(nomad.runningCommands()).isEqualTo(2);
            idle.close(1000, "bye");
            assertThat(idle.readClose(SOON).closeCode()).isEqualTo(1000);
            assertThatThrownBy(() -> idle.readFrame(Duration.ofMillis(100))).isInstanceOf(AssertionError.class);
            busy.reset();
        }
        await().until(() -> nomad.openConnections() == 0 && nomad.runningCommands() == 1);
        nomad.close();
        await().until(() -> nomad.runningCommands() == 0);
    }

    @Test
    void anActionPrintsAndExits() throws IOException {
        String target = "/v1/job/demo/action?action=greet&task=sh&group=demo&allocID=" + StandInNomad.ALLOC
                + "&tty=true&ws_handshake=true";
        try (RawWebSocket socket = RawWebSocket.open(HOST, port, target, Map.of())) {
            socket.sendText(HELLO);
            assertThat(output(socket, "Bye.")).contains("Hello from the stand-in.", "task sh");
            socket.awaitEof(SOON);
        }
    }

    @Test
    void theEchoKeepsEveryFrameAsItIs() throws IOException {
        try (RawWebSocket socket = RawWebSocket.open(HOST, port, exec(StandInNomad.ECHO_ALLOC, ""), Map.of())) {
            for (int size : new int[] {0, 125, 126, 65535, 65536, 4 << 20}) {
                Frame frame = new Frame(Frame.BINARY, true, Payload.stream(size).readAllBytes());
                Threads.start("test-writer", () -> socket.sendFrame(frame.opcode(), frame.fin(), frame.payload()));
                assertThat(socket.readFrame(SOON)).isEqualTo(frame);
            }
            socket.sendFrame(Frame.TEXT, false, "split \u00c3".getBytes(StandardCharsets.ISO_8859_1));
            assertThat(socket.readFrame(SOON).fin()).isFalse();
            socket.sendFrame(Frame.CONTINUATION, true, new byte[] {(byte) 0xb6});
            assertThat(socket.readFrame(SOON)).isEqualTo(new Frame(Frame.CONTINUATION, true, new byte[] {(byte) 0xb6}));
            socket.close(4321, "because");
            Frame close = socket.readFrame(SOON);
            assertThat(close.closeCode()).isEqualTo(4321);
            assertThat(close.closeReason()).isEqualTo("because");
            assertThatThrownBy(() -> socket.readFrame(Duration.ofMillis(100))).isInstanceOf(AssertionError.class);
        }
        await().until(() -> nomad.openSessions() == 0);
    }

    @Test
    void aFloodStopsWhereItsReaderDoes() throws IOException {
        AtomicReference<WireSession> flooding = new AtomicReference<>();
        String line = "x".repeat(4000);
        nomad.sessionScript(session -> {
            flooding.set(session);
            while (true) {
                session.sendText(line);
            }
        });
        try (RawWebSocket socket = RawWebSocket.open(HOST, port, exec(StandInNomad.SCRIPT_ALLOC, ""), Map.of(), 4096)) {
            await().until(() -> flooding.get() != null);
            AtomicReference<Long> before = new AtomicReference<>(-1L);
            await().pollInterval(Duration.ofMillis(200)).until(() -> {
                long now = flooding.get().bytesWritten();
                return now == before.getAndSet(now) && now > 0;
            });
            long stopped = flooding.get().bytesWritten();
            assertThat(stopped).isLessThan(32L << 20);
            for (long read = 0; read < stopped; read += socket.readFrame(SOON).payload().length) {
                assertThat(socket.ended()).isFalse();
            }
            await().until(() -> flooding.get().bytesWritten() > stopped);
        }
    }

    @Test
    void aScriptedSessionMayDoAnything() throws IOException {
        nomad.sessionScript(session -> {
            session.ping(new byte[0]);
            if (session.readFrame().opcode() == Frame.PONG) {
                session.close(4000, "scripted");
                session.eof();
            }
        });
        try (RawWebSocket socket = RawWebSocket.open(HOST, port, exec(StandInNomad.SCRIPT_ALLOC, ""), Map.of())) {
            assertThat(socket.readFrame(SOON).opcode()).isEqualTo(Frame.PING);
            socket.sendFrame(Frame.PONG, true, new byte[0]);
            assertThat(socket.readFrame(SOON).closeCode()).isEqualTo(4000);
            assertThat(socket.readFrame(SOON)).isNull();
            assertThat(socket.ended()).isTrue();
        }
    }

    @Test
    void aDyingServerEndsSessionsAtOnce() throws IOException {
        try (RawWebSocket socket = run("task=sh&tty=true&command=[\"/bin/sh\"]")) {
            output(socket, " ");
            nomad.close();
            socket.awaitEof(SOON);
        }
    }
}
