package dev.nomadgate.contract.exec;

import static dev.nomadgate.standin.StandInNomad.ECHO_ALLOC;
import static dev.nomadgate.standin.StandInNomad.JOB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nomadgate.contract.containers.ContainerKind;
import dev.nomadgate.standin.HandshakeRefused;
import dev.nomadgate.standin.RawHttp;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A page on the web tries to open a shell through the operator's browser. */
class OriginIT extends ExecContract {

    OriginIT(ContainerKind kind) {
        super(kind);
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "Origin: http://evil.example",
            "Origin: http://evil.example:{port}",
            "Origin: http://127.0.0.1",
            "Origin: http://127.0.0.1:80",
            "Origin: http://127.0.0.1:1{port}",
            "Origin: https://127.0.0.1:{port}",
            "Origin: ws://127.0.0.1:{port}",
            "Origin: file://127.0.0.1:{port}",
            "Origin: http://127.0.0.1.evil.example:{port}",
            "Origin: http://evil127.0.0.1:{port}",
            "Origin: http://a.127.0.0.1:{port}",
            "Origin: http://localhost:{port}",
            "Origin: http://127.0.0.1.:{port}",
            "Origin: http://127.1:{port}",
            "Origin: http://2130706433:{port}",
            "Origin: http://[::ffff:127.0.0.1]:{port}",
            "Origin: http://127.0.0.1:{port}@evil.example",
            "Origin: http://evil.example@127.0.0.1:{port}",
            "Origin: http://127.0.0.1:{port}/",
            "Origin: http://127.0.0.1:{port}/ui/",
            "Origin: http://127.0.0.1:{port}?",
            "Origin: http://127.0.0.1:{port}#",
            "Origin: http://127.0.0.1:{port}\\",
            "Origin: http://127.0.0.1:{port},http://evil.example",
            "Origin: http://127.0.0.1:{port}, http://127.0.0.1:{port}",
            "Origin: http://127.0.0.1:{port} http://evil.example",
            "Origin: http://127.0.0.1:99999",
            "Origin: http://127.0.0.1:",
            "Origin: http://",
            "Origin: //127.0.0.1:{port}",
            "Origin: 127.0.0.1:{port}",
            "Origin: null",
            "Origin: *",
            "Origin: ",
            "Origin:",
            "Origin: http://evil.example\r\nOrigin: http://127.0.0.1:{port}",
            "Origin: http://127.0.0.1:{port}\r\nOrigin: http://evil.example",
            "Origin: http://127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}",
            "Origin: http://127.0.0.1:{port}\r\nOrigin:",
            "oRiGiN: http://evil.example",
            "Origin: http://evil.example\r\nX-Forwarded-Host: evil.example",
            "Origin: https://127.0.0.1:{port}\r\nX-Forwarded-Proto: https",
            "Origin: http://evil.example\r\nForwarded: host=evil.example",
            "Origin: http://evil.example\r\nSec-WebSocket-Origin: http://127.0.0.1:{port}"})
    void aForeignOriginGets403AndNomadNeverHearsOfIt(String lines) throws IOException {
        RawHttp.Head head = answer(handshake(exec(ECHO_ALLOC), lines.replace("{port}", "" + gate.port())));

        assertThat(head.status()).isEqualTo(403);
        assertThat(nomad.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "Connection: keep-alive, Upgrade\r\nUpgrade: websocket",
            "Connection: keep-alive\r\nConnection: Upgrade\r\nUpgrade: websocket",
            "connection: UPGRADE\r\nupgrade: WebSocket",
            "Connection: Upgrade\r\nUpgrade: h2c, websocket",
            "Connection: Upgrade\r\nUpgrade: foo\r\nUpgrade: websocket"})
    void howeverAHandshakeIsSpelledItsOriginIsJudged(String upgrade) throws IOException {
        RawHttp.Head head = answer("GET " + exec(ECHO_ALLOC) + " HTTP/1.1\r\nHost: 127.0.0.1:" + gate.port() + "\r\n"
                + upgrade + "\r\nSec-WebSocket-Key: " + KEY + "\r\nSec-WebSocket-Version: 13\r\n"
                + "Origin: http://evil.example\r\n\r\n");

        assertThat(head.status()).isEqualTo(403);
        assertThat(nomad.requests()).isEmpty();
    }

    @Test
    void theActionEndpointIsGuardedAlike() throws IOException {
        RawHttp.Head head = answer(handshake("/v1/job/" + JOB + "/action?action=greet", "Origin: http://evil.example"));

        assertThat(head.status()).isEqualTo(403);
        assertThat(nomad.requests()).isEmpty();
    }

    @Test
    void aSecondHostHeaderOpensNothing() throws IOException {
        RawHttp.Head head = answer(handshake(exec(ECHO_ALLOC), "Host: evil.example", "Origin: http://evil.example"));

        assertThat(head.status()).isIn(400, 403);
        assertThat(nomad.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "HEAD", "OPTIONS"})
    void onlyAGetIsUpgraded(String method) throws IOException {
        RawHttp.Head head = keep(RawHttp.connect("127.0.0.1", gate.port())).expectNoBody()
                .write(handshake(exec(ECHO_ALLOC), "Origin: http://evil.example", "Content-Length: 0")
                        .replaceFirst("GET", method)).readHead();

        assertThat(head.status()).isNotEqualTo(101);
        assertThat(nomad.requests()).allSatisfy(request -> assertThat(request.header("Upgrade")).isNull());
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "/v1/jobs",
            "/v1/agent/monitor",
            "/v1/client/allocation/" + ECHO_ALLOC + "/exec/",
            "/v1/client/allocation/" + ECHO_ALLOC + "/EXEC",
            "/v1/client/allocation/" + ECHO_ALLOC + "/exec;x=y",
            "/v1/client/allocation/" + ECHO_ALLOC + "/exe%63",
            "/v1//client/allocation/" + ECHO_ALLOC + "/exec",
            "/x/../v1/client/allocation/" + ECHO_ALLOC + "/exec",
            "/ui/",
            "/gate/exec"})
    void noOtherPathIsUpgradedNorIsUpgradeForwarded(String path) throws IOException {
        RawHttp.Head head = answer(handshake(path, "Origin: " + gate.uri()));

        assertThat(head.status()).isNotEqualTo(101);
        assertThat(nomad.requests()).allSatisfy(request -> {
            assertThat(request.header("Upgrade")).isNull();
            assertThat(request.headers("Connection")).noneMatch(value -> value.toLowerCase(Locale.ROOT).contains("upgrade"));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"Origin: {own}", "oRiGiN: {own}", "Origin:{own}", "Origin: HTTP://127.0.0.1:{port}"})
    void theGatesOwnOriginIsLetIn(String line) throws IOException {
        RawHttp.Head head = answer(handshake(exec(ECHO_ALLOC),
                line.replace("{own}", gate.uri().toString()).replace("{port}", "" + gate.port())));

        assertThat(head.status()).isEqualTo(101);
    }

    @Test
    void theOriginThatReachesNomadIsNomadsOwn() throws IOException {
        browser(ECHO_ALLOC);

        assertThat(nomad.requests().get(0).headers("Origin")).isEqualTo(List.of(nomad.address().toString()));
        assertThat(nomad.requests().get(0).headers("Host"))
                .isEqualTo(List.of("127.0.0.1:" + nomad.port()));
    }

    @Test
    void aClientWithoutOriginIsLetInAndNoneIsInvented() throws IOException {
        assertThat(answer(handshake(exec(ECHO_ALLOC))).status()).isEqualTo(101);

        assertThat(nomad.requests().get(0).headers("Origin")).isEmpty();
    }

    @Test
    void theNameByWhichTheGateIsCalledIsItsOriginIncludingTheDefaultPort() throws IOException {
        assertThat(answer(handshakeTo("gate.example", exec(ECHO_ALLOC), "Origin: http://gate.example")).status())
                .isEqualTo(101);
        assertThat(answer(handshakeTo("gate.example:80", exec(ECHO_ALLOC), "Origin: http://gate.example")).status())
                .isEqualTo(101);
        assertThat(answer(handshakeTo("GATE.example", exec(ECHO_ALLOC), "Origin: http://gate.EXAMPLE:80")).status())
                .isEqualTo(101);
    }

    @Test
    void aRefusalSaysWhyAndNamesTheSettingButDoesNotEchoMarkup() throws IOException {
        HandshakeRefused refused = refusal(exec(ECHO_ALLOC),
                Map.of("Origin", "http://evil.example", "Accept", "text/html"));

        assertThat(refused.body()).contains("evil.example").contains("nomad-gate.exec.allowed-origins");
        assertThat(refused.header("X-Request-Id")).isNotBlank();
        HandshakeRefused marked = refusal(exec(ECHO_ALLOC),
                Map.of("Origin", "http://<script>alert(1)</script>", "Accept", "text/html"));
        assertThat(marked.body()).doesNotContain("<script>alert");
    }
}
