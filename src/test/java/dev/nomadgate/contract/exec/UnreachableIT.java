package dev.nomadgate.contract.exec;

import static dev.nomadgate.standin.StandInNomad.ECHO_ALLOC;
import static dev.nomadgate.standin.StandInNomad.SCRIPT_ALLOC;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nomadgate.contract.GateUnderTest;
import dev.nomadgate.contract.containers.ContainerKind;
import dev.nomadgate.standin.DeadServer;
import dev.nomadgate.standin.HandshakeRefused;
import dev.nomadgate.standin.RawHttp;
import dev.nomadgate.standin.Script;
import dev.nomadgate.standin.StandInNomad;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A handshake that comes to nothing is answered in words, and leaves nothing behind. */
class UnreachableIT extends ExecContract {

    private static final StandInNomad NOMAD = StandInNomad.start();
    private static final DeadServer NOBODY = new DeadServer();
    private static GateUnderTest running;

    UnreachableIT(ContainerKind kind) throws IOException {
        super(kind, gate(kind));
    }

    private static GateUnderTest gate(ContainerKind kind) throws IOException {
        NOMAD.reset();
        if (running == null || running.container().kind() != kind) {
            stop();
            // All clients of 127.0.0.0/24 meet the first server first; no failure is remembered.
            running = new GateUnderTest(kind.start(GateUnderTest.options(NOMAD)
                    .with("server-defaults.max-fails", "0")
                    .with("servers", NOBODY.address() + "," + NOMAD.address())
                    .with("client.trusted-proxies", "127.0.0.1")
                    .with("exec.handshake-timeout", "1s")), NOMAD);
        }
        return running;
    }

    @AfterAll
    static void stop() {
        if (running != null) {
            running.container().close();
            running = null;
        }
    }

    @Test
    void aServerThatCannotBeReachedIsPassedOverForAnyClient() throws IOException {
        for (int net = 0; net < 8; net++) {
            browser(exec(ECHO_ALLOC), Map.of("X-Forwarded-For", "10.0." + net + ".1"), 0).close();
        }
        assertThat(nomad.requests()).hasSize(8);
    }

    @Test
    void silenceIs504InTimeAndTheGateHangsUp() throws Exception {
        nomad.script(exec(SCRIPT_ALLOC), (request, wire) -> wire.awaitPeerClose(SOON));
        HandshakeRefused refused = refusal(exec(SCRIPT_ALLOC), Map.of());

        assertThat(refused.status()).isEqualTo(504);
        assertThat(refused.body()).contains("127.0.0.1:" + nomad.port());
        eventually("hang up").until(() -> nomad.openConnections() == 0);
    }

    static Stream<Script> noAnswers() {
        return Stream.of(
                (request, wire) -> wire.close(),
                (request, wire) -> wire.reset(),
                (request, wire) -> {
                    wire.write("SSH-2.0-OpenSSH_9.2\r\n\r\n");
                    wire.close();
                },
                (request, wire) -> {
                    wire.write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                            + "Sec-WebSocket-Accept: wrong\r\n\r\n");
                    wire.awaitPeerClose(SOON);
                    wire.close();
                },
                (request, wire) -> {
                    wire.write("HTTP/1.1 500 No\r\nContent-Length: 100\r\n\r\nhalf of it");
                    wire.close();
                });
    }

    @ParameterizedTest
    @MethodSource("noAnswers")
    void anAnswerThatIsNoneOrBreaksOffIs502(Script script) throws Exception {
        nomad.script(exec(SCRIPT_ALLOC), script);

        assertThat(refusal(exec(SCRIPT_ALLOC), Map.of()).status()).isEqualTo(502);
        eventually("hang up").until(() -> nomad.openConnections() == 0);
    }

    @Test
    void aClientThatLeavesDuringTheHandshakeTakesNomadsConnectionAlong() throws Exception {
        nomad.script(exec(SCRIPT_ALLOC), (request, wire) -> wire.awaitPeerClose(SOON));
        for (int i = 0; i < 3; i++) {
            RawHttp http = RawHttp.connect("127.0.0.1", gate.port()).write(handshake(exec(SCRIPT_ALLOC)));
            nomad.awaitRequest(request -> true);
            nomad.clear();
            if (i == 0) {
                http.reset();
            } else {
                http.close();
            }
        }
        eventually("hang up").until(() -> nomad.openConnections() == 0);
    }

    @Test
    void allServersDownIs503ThatNamesThem() throws Exception {
        try (DeadServer other = new DeadServer();
                var alone = kind.start(GateUnderTest.options(nomad)
                        .with("servers", other.address() + "," + NOBODY.address()))) {
            RawHttp.Head head = keep(RawHttp.connect("127.0.0.1", alone.port()))
                    .write(handshakeTo("127.0.0.1", exec(ECHO_ALLOC))).readHead();
            assertThat(head.status()).isEqualTo(503);
            assertThat(head.header("Retry-After")).isNotNull();
        }
    }
}
