package dev.nomadgate.contract.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What becomes of a change on disk while the gate runs, before two clusters of which each has an authority of its own
 * and wants a client's certificate by it.
 */
@ParameterizedClass
@EnumSource(names = {"JETTY_EMBEDDED", "TOMCAT_11"})
class ReloadIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String ECHO = "/v1/client/allocation/" + StandInNomad.ECHO_ALLOC + "/exec?task=sh&command=sh";
    private static final String PORTAL = "https://portal.example.com";

    @TempDir
    private Path directory;

    @Parameter
    private ContainerKind kind;

    private StandInNomad one;
    private StandInNomad two;
    private ConfigVolume files;
    private GateContainer gate;
    private int started;
    private int seen;

    @BeforeEach
    void start() {
        one = StandInNomad.start(TestPki.server(), true);
        two = StandInNomad.start(TestPki.otherServer(), true);
        files = new ConfigVolume(directory);
        files.publish(credentials(1, conf(one, "")));
        gate = kind.start(GateOptions.defaults().with("config", files.file("nomad-gate.conf").toString())
                .with("exec.close-timeout", "2s"));
        started = gate.output().size();
        seen = started;
    }

    @AfterEach
    void stop() {
        gate.close();
        one.close();
        two.close();
    }

    private String conf(StandInNomad nomad, String more) {
        return """
                nomad-gate {
                  servers = ["%s"]
                  tls { ca-cert = "%s", client-cert = "%s", client-key = "%s" }
                  reload.interval = 100ms
                  %s
                }
                """.formatted(nomad.address(), files.file("ca.pem"), files.file("cert.pem"), files.file("key.pem"), more);
    }

    /** Authority, certificate and key for this cluster, and the configuration. */
    private static Map<String, String> credentials(int cluster, String conf) {
        return new TreeMap<>(Map.of(
                "nomad-gate.conf", conf,
                "ca.pem", text(cluster == 1 ? TestPki.ca() : TestPki.otherCa()),
                "cert.pem", text(cluster == 1 ? TestPki.clientCert() : TestPki.pem("client-foreign")),
                "key.pem", text(cluster == 1 ? TestPki.clientKey() : TestPki.pem("client-foreign-key"))));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void sessionsAndRequestsGoOnOverEveryChange() throws IOException {
        try (RawWebSocket session = open(Map.of()); RawHttp follow = follow()) {
            echoes(session, "before");

            // To the other cluster's authority and certificate, which the first cluster does not know.
            files.publish(credentials(2, conf(one, "")));
            assertThat(logged("INFO.*reloaded its configuration.*"))
                    .contains("changed: " + String.join(", ", path("ca.pem"), path("cert.pem"), path("key.pem")))
                    .contains("new connections to Nomad");
            assertThat(get("/v1/jobs").text()).contains("TLS with Nomad failed");
            echoes(session, "under the old certificate");

            files.publish(credentials(2, conf(two, "")));
            assertThat(logged("INFO.*reloaded its configuration.*")).contains("changed: nomad-gate.servers.");
            assertThat(get("/v1/jobs").status()).isEqualTo(200);
            assertThat(two.requests()).anyMatch(request -> request.rawTarget().equals("/v1/jobs"));

            assertThatThrownBy(() -> open(Map.of("Origin", PORTAL)).close()).isInstanceOf(HandshakeRefused.class);
            files.publish(credentials(2, conf(two, "exec.allowed-origins = [\"" + PORTAL + "\"]")));
            assertThat(logged("INFO.*reloaded its configuration.*")).contains("changed: nomad-gate.exec.allowed-origins.");
            try (RawWebSocket next = open(Map.of("Origin", PORTAL))) {
                echoes(next, "from the portal");
                assertThat(two.openSessions()).isOne();
            }

            echoes(session, "as if nothing had been");
            assertThat(one.openSessions()).isOne();
            one.log("still followed");
            StringBuilder log = new StringBuilder();
            while (!log.toString().contains("still followed")) {
                log.append(new String(follow.readSome(), StandardCharsets.UTF_8));
            }
        }
        // With the last who used it, what was replaced ends; that a follow's client left, the next line tells.
        eventually().untilAsserted(() -> {
            one.log("to nobody");
            assertThat(one.openConnections()).isZero();
        });
        gate.undeploy();
        eventually().until(() -> gate.undeployedLoadersAlive() == 0);
    }

    @Test
    void aBrokenChangeIsRefusedAsAWholeAndTheOldOneStaysInForce() throws IOException {
        try (RawWebSocket session = open(Map.of())) {
            files.publish(credentials(1, conf(two, "exec.allowed-origin = [\"" + PORTAL + "\"]")));
            logged("WARN.*refuses the changed configuration as a whole; the old one stays in force.*");
            logged(".*There is no such setting\\..*");
            logged(".*Did you mean nomad-gate\\.exec\\.allowed-origins\\?.*");
            oldStaysInForce(session);

            // Together with a setting that would do by itself.
            files.overwrite("nomad-gate.conf", conf(one, "exec.require-origin = true"));
            files.overwrite("key.pem", text(TestPki.pem("client-foreign-key")));
            logged(".*nomad-gate\\.tls\\.client-key.*");
            logged(".*This key does not belong to the certificate.*");
            oldStaysInForce(session);

            files.overwrite("key.pem", text(TestPki.clientKey()));
            String ca = text(TestPki.ca());
            files.overwrite("ca.pem", ca + ca.substring(0, ca.length() / 2));
            logged(".*One of its PEM blocks is cut short.*");
            oldStaysInForce(session);

            files.overwrite("ca.pem", ca);
            assertThat(logged("INFO.*reloaded its configuration.*"))
                    .contains("The mistakes are mended").contains("changed: nomad-gate.exec.require-origin.");
            assertThatThrownBy(() -> open(Map.of()).close()).isInstanceOf(HandshakeRefused.class);
            echoes(session, "mended");
            assertThat(gate.output().stream().skip(started)).noneMatch(line -> line.contains("BEGIN"));
            assertThat(gate.stackTraces(started)).isEmpty();
        }
    }

    /** Requests reach the first cluster, and the CLI may come without Origin. */
    private void oldStaysInForce(RawWebSocket session) throws IOException {
        assertThat(get("/v1/jobs").status()).isEqualTo(200);
        open(Map.of()).close();
        echoes(session, "as ever");
        assertThat(two.requests()).isEmpty();
    }

    /** The first line since the last one asked for that is like this. */
    private String logged(String regex) {
        eventually().until(() -> gate.output().stream().skip(seen).anyMatch(line -> line.matches(".*" + regex)));
        List<String> output = gate.output();
        while (!output.get(seen++).matches(".*" + regex)) {
            // Not that one.
        }
        return output.get(seen - 1);
    }

    private static ConditionFactory eventually() {
        return await().pollInterval(Duration.ofMillis(20)).atMost(PATIENCE);
    }

    private String path(String name) {
        return files.file(name).toString();
    }

    private RawHttp.Response get(String target) throws IOException {
        return RawHttp.get("127.0.0.1", gate.port(), target);
    }

    private RawHttp follow() throws IOException {
        one.log("a line");
        RawHttp follow = RawHttp.connect("127.0.0.1", gate.port());
        follow.write(RawHttp.request("GET", "127.0.0.1", gate.port(),
                "/v1/client/fs/logs/" + StandInNomad.ALLOC + "?plain=true&task=sh&type=stdout&follow=true"));
        assertThat(follow.readHead().status()).isEqualTo(200);
        return follow;
    }

    private RawWebSocket open(Map<String, String> headers) throws IOException {
        return RawWebSocket.open("127.0.0.1", gate.port(), ECHO, headers);
    }

    private static void echoes(RawWebSocket session, String text) throws IOException {
        session.sendText(text);
        assertThat(session.readText(PATIENCE)).isEqualTo(text);
    }
}
