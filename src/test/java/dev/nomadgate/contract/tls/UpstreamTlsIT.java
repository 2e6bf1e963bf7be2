package dev.nomadgate.contract.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nomadgate.contract.containers.ContainerKind;
import dev.nomadgate.contract.containers.GateContainer;
import dev.nomadgate.contract.containers.GateOptions;
import dev.nomadgate.standin.HandshakeRefused;
import dev.nomadgate.standin.RawHttp;
import dev.nomadgate.standin.RawWebSocket;
import dev.nomadgate.standin.StandInNomad;
import dev.nomadgate.upstream.tls.TestPki;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Requests and sessions to Nomad over TLS, and what a person is told when TLS refuses. */
class UpstreamTlsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String ECHO = "/v1/client/allocation/" + StandInNomad.ECHO_ALLOC + "/exec?task=sh&command=[\"sh\"]";

    /** As an operator has them in the shell already: nothing else is set. */
    @ParameterizedTest
    @EnumSource
    void theVariablesOfNomadsCliAreEnough(ContainerKind kind) throws IOException {
        try (StandInNomad nomad = StandInNomad.start(TestPki.server("server-name-only"), true)) {
            GateOptions options = GateOptions.defaults()
                    .environment("NOMAD_ADDR", nomad.address().toString())
                    .environment("NOMAD_CACERT", TestPki.ca().toString())
                    .environment("NOMAD_CLIENT_CERT", TestPki.clientCert().toString())
                    .environment("NOMAD_CLIENT_KEY", TestPki.pem("client-ec-sec1-key").toString())
                    .environment("NOMAD_TLS_SERVER_NAME", "server.global.nomad");
            try (GateContainer gate = kind.start(options)) {
                works(gate);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"JETTY_EMBEDDED", "TOMCAT_11"})
    void aPersonIsToldWhichAuthorityWasExpected(ContainerKind kind) throws IOException {
        try (StandInNomad nomad = StandInNomad.start(TestPki.server(), false)) {
            GateOptions options = GateOptions.defaults()
                    .with("servers", nomad.address().toString())
                    .with("tls.ca-cert", TestPki.otherCa().toString());
            try (GateContainer gate = kind.start(options)) {
                assertThat(refused(gate)).contains("nomad-gate.tls.ca-cert", TestPki.otherCa().toString());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"JETTY_EMBEDDED", "TOMCAT_11"})
    void aPersonIsToldWhichNameWasExpected(ContainerKind kind) throws IOException {
        try (StandInNomad nomad = StandInNomad.start(TestPki.server("server-name-only"), false)) {
            GateOptions options = GateOptions.defaults()
                    .with("servers", nomad.address().toString())
                    .with("tls.ca-cert", TestPki.ca().toString());
            try (GateContainer gate = kind.start(options)) {
                assertThat(refused(gate))
                        .contains("expected", "127.0.0.1", "server.global.nomad", "nomad-gate.tls.server-name");
            }
        }
    }

    /** In TLS 1.3 the server says so only when the request is on its way already. */
    @ParameterizedTest
    @EnumSource(names = {"JETTY_EMBEDDED", "TOMCAT_11"})
    void aPersonIsToldThatNomadWantsACertificate(ContainerKind kind) throws IOException {
        try (StandInNomad nomad = StandInNomad.start(TestPki.server(), true)) {
            GateOptions options = GateOptions.defaults()
                    .with("servers", nomad.address().toString())
                    .with("tls.ca-cert", TestPki.ca().toString());
            try (GateContainer gate = kind.start(options)) {
                assertThat(refused(gate)).contains("asks for a client certificate", "nomad-gate.tls.client-cert");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"JETTY_EMBEDDED", "TOMCAT_11"})
    void skipVerifyWorksAndWarns(ContainerKind kind) throws IOException {
        try (StandInNomad nomad = StandInNomad.start(TestPki.server("server-expired"), false)) {
            GateOptions options = GateOptions.defaults()
                    .with("servers", nomad.address().toString())
                    .with("tls.skip-verify", "true");
            try (GateContainer gate = kind.start(options)) {
                gate.awaitOutput("WARN.*tls\\.skip-verify = true: ANY certificate is accepted");
                works(gate);
            }
        }
    }

    /** A reset that comes just behind an answer once made other clients' requests vanish, see {@code HttpClients}. */
    @Test
    void everyRequestIsAnsweredHoweverManyConnectionsAreReset() {
        try (StandInNomad nomad = StandInNomad.start(TestPki.server(), false)) {
            nomad.script("/v1/status/peers", (request, wire) -> wire.reset());
            GateOptions options = GateOptions.defaults()
                    .with("servers", nomad.address().toString())
                    .with("tls.ca-cert", TestPki.ca().toString());
            try (GateContainer gate = ContainerKind.TOMCAT_11.start(options)) {
                List<CompletableFuture<Void>> clients = Stream.generate(() -> CompletableFuture.runAsync(() -> {
                    for (int i = 0; i < 150; i++) {
                        assertThat(status(gate, "/v1/agent/health")).isEqualTo(200);
                        assertThat(status(gate, "/v1/status/peers")).isEqualTo(502);
                    }
                })).limit(4).toList();
                clients.forEach(CompletableFuture::join);
            }
        }
    }

    private static int status(GateContainer gate, String target) {
        try {
            return RawHttp.get("127.0.0.1", gate.port(), target).status();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void works(GateContainer gate) throws IOException {
        RawHttp.Response jobs = RawHttp.get("127.0.0.1", gate.port(), "/v1/jobs");
        assertThat(jobs.status()).as(jobs.text()).isEqualTo(200);
        try (RawWebSocket session = RawWebSocket.open("127.0.0.1", gate.port(), ECHO,
                Map.of("Origin", "http://127.0.0.1:" + gate.port()))) {
            session.sendText("through TLS");
            assertThat(session.readText(PATIENCE)).isEqualTo("through TLS");
        }
    }

    /** What the page says; a session is refused for the same reason. */
    private static String refused(GateContainer gate) throws IOException {
        RawHttp.Response page = RawHttp.get("127.0.0.1", gate.port(), "/ui/", "Accept: text/html");
        assertThat(page.status()).as(page.text()).isEqualTo(502);
        HandshakeRefused refusal = Assertions.catchThrowableOfType(HandshakeRefused.class,
                () -> RawWebSocket.open("127.0.0.1", gate.port(), ECHO, Map.of()).close());
        assertThat(refusal).hasMessageContaining("502");
        return page.text();
    }
}
