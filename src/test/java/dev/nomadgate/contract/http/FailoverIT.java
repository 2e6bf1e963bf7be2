package dev.nomadgate.contract.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.nomadgate.contract.GateUnderTest;
import dev.nomadgate.contract.containers.ContainerKind;
import dev.nomadgate.contract.containers.GateContainer;
import dev.nomadgate.standin.Frame;
import dev.nomadgate.standin.HandshakeRefused;
import dev.nomadgate.standin.RawHttp;
import dev.nomadgate.standin.RawWebSocket;
import dev.nomadgate.standin.StandInNomad;
import dev.nomadgate.standin.WireSession;
import dev.nomadgate.upstream.IpHash;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Servers that fall ill, die and come back, each with a client of its own before the gate. */
@ParameterizedClass(name = "{0}")
@EnumSource(names = {"JETTY_EMBEDDED", "TOMCAT_11"})
@Tag("apart")
class FailoverIT {

    private static final Duration SOON = Duration.ofSeconds(15);
    private static StandInNomad a;
    private static StandInNomad b;
    private static StandInNomad backup;
    private static int nobody;
    private static GateContainer gate;
    private static int linesBefore;

    FailoverIT(ContainerKind kind) {
        assertThat(gate.kind()).isEqualTo(kind);
        Awaitility.setDefaultPollInterval(Duration.ofMillis(10));
    }

    @BeforeParameterizedClassInvocation
    static void start(ContainerKind kind) throws IOException {
        a = StandInNomad.start();
        b = StandInNomad.start();
        backup = StandInNomad.start();
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = closed.getLocalPort();
        }
        gate = kind.start(GateUnderTest.options(a)
                .with("servers", "[\"" + a.address() + "\", \"" + b.address() + "\", {address = \"" + backup.address()
                        + "\", backup = true}, {address = \"http://127.0.0.1:" + nobody + "\", backup = true, down = true}]")
                .with("server-defaults.fail-timeout", "1s")
                .with("client.trusted-proxies", "127.0.0.0/8")
                .with("health.enabled", "true").with("health.interval", "100ms")
                .with("health.fails", "2").with("health.passes", "2").with("health.slow-start", "0ms"));
        linesBefore = gate.output().size();
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        assertThat(gate.stackTraces(linesBefore)).isEmpty();
        Stream.of(gate, a, b, backup).forEach(each -> {
            try {
                each.close();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
    }

    @BeforeEach
    @AfterEach
    void everyServerIsWell() {
        a = revived(a);
        b = revived(b);
        backup = revived(backup);
        await().atMost(SOON).until(() -> servedBy(0) == a && servedBy(1) == b);
        Stream.of(a, b, backup).forEach(StandInNomad::clear);
    }

    @Test
    void aServerWithoutQuorumIsLeftOutAndReturnsAndNobodyElseMoves() throws IOException {
        a.illness("no leader");
        await().atMost(SOON).until(() -> {
            assertThat(servedBy(1)).isSameAs(b);
            return servedBy(0) == b;
        });
        gate.awaitOutput("WARN.*" + a.address() + " is left out: Nomad says that it is not well: no leader");
        b.illness("no leader");
        await().atMost(SOON).until(() -> servedBy(0) == backup && servedBy(1) == backup);
        backup.illness("no leader");
        await("when none is well, each tries its own").atMost(SOON).until(() -> servedBy(0) == a && servedBy(1) == b);
        b.illness(null);
        await().atMost(SOON).until(() -> servedBy(0) == b && servedBy(1) == b);
        a.illness(null);
        await().atMost(SOON).until(() -> servedBy(0) == a);
        gate.awaitOutput("INFO.*" + a.address() + " is back");
    }

    @Test
    void aClientAgentIsAskedWhetherItIsAWellClient() throws IOException {
        a.clientAgent();
        a.awaitRequest(request -> request.rawTarget().equals("/v1/agent/health?type=client"));
        assertThat(servedBy(0)).isSameAs(a);
        a.illness("no known servers");
        await().atMost(SOON).until(() -> servedBy(0) == b);
    }

    @Test
    void thatNomadsLimitIsReachedCondemnsNobody() throws IOException {
        int before = checks(a);
        a.script("/v1/agent/health", (request, wire) -> wire.write("HTTP/1.1 429 Too Many Requests\r\nContent-Type: text/plain"
                + "\r\nContent-Length: 6\r\nConnection: close\r\n\r\nYour I").close());
        await().atMost(SOON).until(() -> checks(a) > before + 3);
        a.script("/v1/agent/health", (request, wire) -> wire.close());
        await().atMost(SOON).until(() -> checks(a) > before + 7);
        assertThat(servedBy(0)).isSameAs(a);
    }

    @Test
    void aServerThatDoesNotAnswerItsChecksIsLeftOut() {
        a.script("/v1/agent/health", (request, wire) -> wire.awaitPeerClose(SOON));
        await().atMost(SOON).until(() -> servedBy(0) == b);
        gate.awaitOutput("WARN.*" + a.address() + " is left out: no answer to a health check within .*nomad-gate.health.timeout");
    }

    @Test
    void whatIsSafeIsTriedOnceOnTheNextServerWhenTheConnectionDiesWithoutAnAnswer() throws IOException {
        a.script("/x", (request, wire) -> wire.close());
        b.script("/x", HttpContract.OK);
        int newestOfA = a.newestConnection();
        assertThat(send(0, "GET", "/x").status()).isEqualTo(200);
        assertThat(askedAnew(a, newestOfA)).as("kept ones may have been dead").isOne();
        assertThat(asked(b)).isOne();

        everyServerIsWell();
        b.script("/x", (request, wire) -> wire.reset());
        a.script("/x", HttpContract.OK);
        assertThat(send(1, "HEAD", "/x").status()).isEqualTo(200);
        gate.awaitOutput("WARN.*" + b.address() + " is left out: it reset the connection without an answer");

        everyServerIsWell();
        for (StandInNomad nomad : List.of(a, b)) {
            nomad.script("/x", (request, wire) -> wire.close());
        }
        newestOfA = a.newestConnection();
        int newestOfB = b.newestConnection();
        assertThat(send(0, "OPTIONS", "/x").status()).isEqualTo(502);
        assertThat(askedAnew(a, newestOfA)).isOne();
        assertThat(askedAnew(b, newestOfB)).as("once, and on no third server").isOne();
        assertThat(asked(backup)).isZero();
    }

    @Test
    void whatMayHaveBeenActedOnIsNeverTriedAgain() throws IOException {
        List<StandInNomad> all = List.of(a, b, backup);
        all.forEach(nomad -> nomad.script("/x", (request, wire) -> wire.close()));
        List<String> methods = List.of("POST", "PUT", "DELETE", "PATCH");
        for (String method : methods) {
            assertThat(send(0, method, "/x").status()).as(method).isEqualTo(502);
        }
        assertThat(all.stream().mapToInt(FailoverIT::asked).sum()).isEqualTo(methods.size());

        everyServerIsWell();
        String restart = "/v1/client/allocation/8a/restart";
        all.forEach(nomad -> nomad.script(restart, (request, wire) -> wire.close()));
        assertThat(get(0, restart).status()).as("no safe request although it is a GET").isEqualTo(502);
        assertThat(all.stream().flatMap(nomad -> nomad.requests().stream())
                .filter(request -> request.rawTarget().equals(restart))).hasSize(1);

        everyServerIsWell();
        all.forEach(nomad -> nomad.script("/x", (request, wire) -> wire.write("H").close()));
        assertThat(get(0, "/x").status()).as("a byte came").isEqualTo(502);
        assertThat(all.stream().mapToInt(FailoverIT::asked).sum()).isOne();
    }

    @Test
    void whenAllAreDownEachIsNamedWithItsReason() throws IOException {
        a.close();
        b.close();
        backup.close();
        // A connection that was made just before dies first.
        await().atMost(SOON).untilAsserted(() -> {
            RawHttp.Response response = get(0, "/v1/jobs");
            assertThat(response.status()).isEqualTo(503);
            assertThat(response.header("Retry-After")).isNotNull();
            assertThat(response.text()).contains(a.address() + ": connection refused", b.address() + ": connection refused",
                    backup.address() + ": connection refused", ":" + nobody + ": marked down in the configuration");
        });
    }

    @Test
    void aSessionWhoseServerDiesEndsWith1012AndTheNextOneIsOnTheNextServer() throws IOException {
        try (RawWebSocket session = exec(0, StandInNomad.ECHO_ALLOC)) {
            await().atMost(SOON).until(() -> a.openSessions() == 1);
            a.close();
            toldToReconnect(session);
        }
        try (RawWebSocket next = exec(0, StandInNomad.ECHO_ALLOC)) {
            await().atMost(SOON).until(() -> b.openSessions() == 1);
        }
    }

    /** A server that is well ends a session in this way when the node of the task dies. */
    @Test
    void aServerThatDropsASessionIsNotLeftOut() throws IOException {
        a.sessionScript(WireSession::eof);
        try (RawWebSocket session = exec(0, StandInNomad.SCRIPT_ALLOC)) {
            toldToReconnect(session);
        }
        assertThat(servedBy(0)).isSameAs(a);
        try (RawWebSocket next = exec(0, StandInNomad.ECHO_ALLOC)) {
            await().atMost(SOON).until(() -> a.openSessions() == 1);
        }
    }

    @Test
    void aServerThatAnswersAHandshakeInWhateverWayIsNotLeftOut() throws IOException {
        String target = "/v1/client/allocation/" + StandInNomad.SCRIPT_ALLOC + "/exec";
        for (String answer : List.of("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: wrong\r\n\r\n", "HTTP/1.1 403 Forbidden\r\nContent-Length: 5\r\n\r\nno")) {
            a.script(target, (request, wire) -> wire.write(answer).close());
            assertThatThrownBy(() -> exec(0, StandInNomad.SCRIPT_ALLOC))
                    .isInstanceOfSatisfying(HandshakeRefused.class, refused -> assertThat(refused.status()).isEqualTo(502));
            assertThat(servedBy(0)).as(answer).isSameAs(a);
        }
        a.script(target, (request, wire) -> wire.close());
        assertThatThrownBy(() -> exec(0, StandInNomad.SCRIPT_ALLOC)).isInstanceOf(HandshakeRefused.class);
        assertThat(servedBy(0)).as("not a byte").isSameAs(b);
    }

    private static void toldToReconnect(RawWebSocket session) throws IOException {
        Frame close = session.readClose(SOON);
        assertThat(close.closeCode()).isEqualTo(1012);
        assertThat(close.closeReason()).contains("Nomad dropped the session", "reconnect");
    }

    private static RawWebSocket exec(int client, String alloc) throws IOException {
        return RawWebSocket.open("127.0.0.1", gate.port(), "/v1/client/allocation/" + alloc + "/exec",
                Map.of("X-Forwarded-For", clientOf(client)));
    }

    /** Who answers the client whose own server is the first or the second; null if nobody does. */
    private static StandInNomad servedBy(int client) throws IOException {
        String target = "/echo/" + System.nanoTime();
        get(client, target);
        return Stream.of(a, b, backup)
                .filter(nomad -> nomad.requests().stream().anyMatch(request -> request.rawTarget().equals(target)))
                .reduce((one, other) -> other).orElse(null);
    }

    private static int asked(StandInNomad nomad) {
        return (int) nomad.requests().stream().filter(request -> request.rawTarget().equals("/x")).count();
    }

    /** How often on a connection that came about since. */
    private static int askedAnew(StandInNomad nomad, int newestBefore) {
        return (int) nomad.requests().stream()
                .filter(request -> request.rawTarget().equals("/x") && request.connection() > newestBefore).count();
    }

    private static int checks(StandInNomad nomad) {
        return (int) nomad.requests().stream().filter(request -> request.rawPath().equals("/v1/agent/health")).count();
    }

    private static RawHttp.Response get(int client, String target) throws IOException {
        return send(client, "GET", target);
    }

    private static RawHttp.Response send(int client, String method, String target) throws IOException {
        try (RawHttp http = RawHttp.connect("127.0.0.1", gate.port())) {
            if (method.equals("HEAD")) {
                http.expectNoBody();
            }
            http.write(RawHttp.request(method, "127.0.0.1", gate.port(), target, "X-Forwarded-For: " + clientOf(client)));
            return http.readResponse();
        }
    }

    /** An address whose own server is this one of two. */
    private static String clientOf(int server) throws IOException {
        IpHash hash = new IpHash(List.of(1, 1));
        for (int i = 0; ; i++) {
            String address = "10.0." + i + ".1";
            if (hash.walk(InetAddress.getByName(address)).next(any -> true).getAsInt() == server) {
                return address;
            }
        }
    }

    private static StandInNomad revived(StandInNomad nomad) {
        try {
            RawHttp.get("127.0.0.1", nomad.port(), "/echo/alive");
            nomad.reset();
            return nomad;
        } catch (IOException e) {
            return StandInNomad.startOn(nomad.port());
        }
    }
}
