package dev.nomadgate.contract.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.nomadgate.contract.containers.ContainerKind;
import dev.nomadgate.contract.containers.GateContainer;
import dev.nomadgate.contract.containers.GateOptions;
import dev.nomadgate.contract.containers.GateOptions.Deployment;
import dev.nomadgate.metrics.PrometheusText;
import dev.nomadgate.standin.DeadServer;
import dev.nomadgate.standin.HandshakeRefused;
import dev.nomadgate.standin.RawHttp;
import dev.nomadgate.standin.RawWebSocket;
import dev.nomadgate.standin.StandInNomad;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What happens in a gate moves its figures and no other gate's; two of them in one container. */
@ParameterizedClass(name = "{0}")
@EnumSource(names = {"JETTY_EMBEDDED", "TOMCAT_11"})
class MetricsIT {

    private static final String EXEC = "/v1/client/allocation/" + StandInNomad.ECHO_ALLOC + "/exec?task=sh&command=sh";

    @TempDir
    private static Path directory;

    private static StandInNomad production;
    private static StandInNomad staging;
    private static DeadServer dead;
    private static Path file;
    private static GateContainer container;

    @Parameter
    ContainerKind kind;

    @BeforeEach
    void startWhatIsNotRunning() throws IOException {
        if (container == null) {
            production = StandInNomad.start();
            staging = StandInNomad.start();
            dead = new DeadServer();
            file = directory.resolve(kind.name() + ".conf");
            configure("\"" + production.address() + "\"");
            container = kind.start(GateOptions.defaults().with("exec.close-timeout", "2s").with("drain.grace-period", "100ms")
                    .with("health.enabled", "false").with("audit.file", "").deployments(
                            new Deployment("/prod", Map.of("config", file.toString())),
                            new Deployment("/staging", Map.of(
                                    "servers.0.address", dead.address().toString(),
                                    "servers.1.address", staging.address().toString(), "servers.1.backup", "true",
                                    "server-defaults.max-fails", "0"))));
        }
        production.reset();
        staging.reset();
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        if (container != null) {
            container.close();
            dead.close();
            container = null;
            production.close();
            staging.close();
        }
    }

    private static void configure(String servers) throws IOException {
        // In one step: half a file would be a mistake of its own.
        Path next = Files.writeString(directory.resolve("next"), "nomad-gate { reload.interval = 100ms\n servers = ["
                + servers + "] }\n");
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }

    @Test
    void requestsAreCountedByClassAndOutcome() throws IOException {
        production.script("/v1/moved", (request, wire) ->
                wire.write("HTTP/1.1 307 Temporary Redirect\r\nLocation: /ui/\r\nContent-Length: 0\r\n\r\n"));
        production.script("/v1/dead", (request, wire) -> wire.close());
        PrometheusText before = scrape("/prod");
        get("/prod/v1/jobs?secret=1");
        get("/prod/v1/moved");
        get("/prod/v1/nothing");
        get("/prod/v1/dead");
        get("/prod/ui/");
        get("/prod/gate/nothing");
        String foreign = RawHttp.request("POST", "127.0.0.1", container.port(), "/prod/v1/jobs", "Sec-Fetch-Site: cross-site",
                "Content-Length: 0", "Connection: close");
        assertThat(RawHttp.send("127.0.0.1", container.port(), foreign).status()).isEqualTo(403);

        eventually().untilAsserted(() -> {
            assertThat(grown("/prod", before, "nomad_gate_requests_total{class=\"api\",status=\"2xx\"}")).isEqualTo(1);
            assertThat(grown("/prod", before, "nomad_gate_requests_total{class=\"api\",status=\"3xx\"}")).isEqualTo(1);
            assertThat(grown("/prod", before, "nomad_gate_requests_total{class=\"api\",status=\"4xx\"}")).isEqualTo(2);
            assertThat(grown("/prod", before, "nomad_gate_requests_total{class=\"api\",status=\"5xx\"}")).isEqualTo(1);
            assertThat(grown("/prod", before, "nomad_gate_requests_total{class=\"ui\",status=\"2xx\"}")).isEqualTo(1);
            assertThat(grown("/prod", before, "nomad_gate_requests_total{class=\"gate\",status=\"4xx\"}")).isEqualTo(1);
            assertThat(grown("/prod", before, "nomad_gate_request_duration_seconds_count{class=\"api\"}")).isEqualTo(5);
        });
        PrometheusText after = scrape("/prod");
        assertThat(after.value("nomad_gate_requests_in_flight{class=\"api\"}")).isZero();
        assertThat(after.value("nomad_gate_requests_in_flight{class=\"gate\"}")).as("this one").isOne();
        assertThat(after.samples().keySet()).noneMatch(series -> series.contains("jobs") || series.contains("secret"));
    }

    @Test
    void whoWaitsIsCountedApart() throws IOException {
        PrometheusText before = scrape("/prod");
        try (RawHttp poll = RawHttp.connect("127.0.0.1", container.port())) {
            poll.write(RawHttp.request("GET", "127.0.0.1", container.port(),
                    "/prod/v1/jobs?index=" + production.index() + "&wait=60s"));
            eventually().until(() -> scrape("/prod").value("nomad_gate_requests_in_flight{class=\"blocking\"}") == 1);
            eventually().until(() -> scrape("/prod").value(
                    "nomad_gate_upstream_connections_in_use{server=\"" + production.address() + "\"}") == 1);
            production.awaitRequest(request -> request.rawTarget().startsWith("/v1/jobs?index="));
            production.bumpIndex();
            assertThat(poll.readResponse().status()).isEqualTo(200);
        }
        eventually().untilAsserted(() -> {
            assertThat(scrape("/prod").value("nomad_gate_requests_in_flight{class=\"blocking\"}")).isZero();
            assertThat(grown("/prod", before, "nomad_gate_requests_total{class=\"blocking\",status=\"2xx\"}")).isEqualTo(1);
            assertThat(grown("/prod", before, "nomad_gate_wait_duration_seconds_count{class=\"blocking\"}")).isEqualTo(1);
            assertThat(grown("/prod", before, "nomad_gate_request_duration_seconds_count{class=\"api\"}")).isEqualTo(0);
        });
    }

    @Test
    void whatEndsBeforeItsTimeIsCountedAsThat() throws IOException {
        production.script("/v1/client/fs/logs/endless", (request, wire) -> {
            wire.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            while (!wire.awaitPeerClose(Duration.ofMillis(20))) {
                wire.write("1\r\nx\r\n");
            }
        });
        Semaphore breaks = new Semaphore(0);
        production.script("/v1/broken", (request, wire) -> {
            wire.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n");
            breaks.acquireUninterruptibly();
            wire.close();
        });
        PrometheusText before = scrape("/prod");
        RawHttp stream = open("/prod/v1/client/fs/logs/endless");
        assertThat(stream.readHead().status()).isEqualTo(200);
        stream.reset();
        try (RawHttp broken = open("/prod/v1/broken")) {
            assertThat(broken.readHead().status()).isEqualTo(200);
            assertThat(broken.readChunk()).asString().isEqualTo("x");
            breaks.release();
            broken.readToEnd();
            assertThat(broken.bodyComplete()).isFalse();
        }
        eventually().untilAsserted(() -> {
            assertThat(grown("/prod", before, "nomad_gate_requests_total{class=\"stream\",status=\"gone\"}")).isEqualTo(1);
            assertThat(grown("/prod", before, "nomad_gate_requests_total{class=\"api\",status=\"cut\"}")).isEqualTo(1);
            assertThat(scrape("/prod").value("nomad_gate_requests_in_flight{class=\"stream\"}")).isZero();
            assertThat(scrape("/prod").value("nomad_gate_requests_in_flight{class=\"api\"}")).isZero();
        });
    }

    @Test
    void sessionsAndTheirRefusalsAreCounted() throws IOException {
        production.script("/v1/client/allocation/refused", (request, wire) ->
                wire.write("HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno"));
        PrometheusText before = scrape("/prod");
        refused("/prod" + EXEC, "http://evil.example");
        refused("/prod/v1/client/allocation/refused/exec", "http://127.0.0.1:" + container.port());
        try (RawWebSocket session = session("/prod")) {
            session.sendText("hello");
            assertThat(session.readText(Duration.ofSeconds(10))).isEqualTo("hello");
            eventually().untilAsserted(() -> {
                assertThat(scrape("/prod").value("nomad_gate_sessions_open")).isOne();
                assertThat(scrape("/prod").value("nomad_gate_requests_in_flight{class=\"exec\"}")).isZero();
                assertThat(grown("/prod", before, "nomad_gate_session_bytes_total{from=\"browser\"}")).isEqualTo(5);
                assertThat(grown("/prod", before, "nomad_gate_session_frames_total{from=\"nomad\"}")).isEqualTo(1);
            });
            session.close(1000, "");
        }
        eventually().untilAsserted(() -> {
            assertThat(scrape("/prod").value("nomad_gate_sessions_open")).isZero();
            assertThat(grown("/prod", before, "nomad_gate_sessions_opened_total")).isEqualTo(1);
            assertThat(grown("/prod", before, "nomad_gate_sessions_ended_total{cause=\"browser\"}")).isEqualTo(1);
            assertThat(grown("/prod", before, "nomad_gate_sessions_refused_total{reason=\"origin\"}")).isEqualTo(1);
            assertThat(grown("/prod", before, "nomad_gate_sessions_refused_total{reason=\"nomad\"}")).isEqualTo(1);
            assertThat(grown("/prod", before, "nomad_gate_requests_total{class=\"exec\",status=\"4xx\"}")).isEqualTo(2);
            assertThat(grown("/prod", before, "nomad_gate_requests_total{class=\"exec\",status=\"1xx\"}")).isEqualTo(1);
            assertThat(grown("/prod", before, "nomad_gate_session_bytes_total{from=\"browser\"}")).isEqualTo(5);
        });
    }

    @Test
    void gatesInOneContainerCountApart() throws IOException {
        PrometheusText inProduction = scrape("/prod");
        PrometheusText inStaging = scrape("/staging");
        assertThat(get("/staging/v1/jobs").status()).isEqualTo(200);
        eventually().untilAsserted(() -> {
            assertThat(grown("/staging", inStaging, "nomad_gate_requests_total{class=\"api\",status=\"2xx\"}")).isEqualTo(1);
            assertThat(grown("/staging", inStaging, "nomad_gate_upstream_retries_total")).isEqualTo(1);
        });
        assertThat(grown("/prod", inProduction, "nomad_gate_requests_total{class=\"api\",status=\"2xx\"}")).isZero();
        assertThat(scrape("/staging").samples().keySet()).contains(up(staging.address()), up(dead.address()))
                .doesNotContain(up(production.address()));
        assertThat(inProduction.samples().keySet()).filteredOn(series -> series.startsWith("nomad_gate_build_info"))
                .singleElement().asString().contains(kind.isTomcat() ? "Tomcat" : "jetty").contains("version=\"1.0.0");
    }

    @Test
    void aServersSeriesComeAndGoWithItAndReloadsAreCounted() throws IOException {
        PrometheusText before = scrape("/prod");
        configure("\"" + production.address() + "\", \"" + dead.address() + "\"");
        eventually().until(() -> scrape("/prod").samples().containsKey(up(dead.address())));
        configure("\"" + production.address() + "\", \"not an address\"");
        eventually().until(() -> scrape("/prod").value("nomad_gate_config_last_reload_successful") == 0);
        assertThat(grown("/prod", before, "nomad_gate_config_reloads_total{outcome=\"refused\"}"))
                .as(() -> String.join("\n", container.output())).isEqualTo(1);
        configure("\"" + production.address() + "\"");
        eventually().until(() -> !scrape("/prod").samples().containsKey(up(dead.address())));
        eventually().until(() -> scrape("/prod").value("nomad_gate_config_last_reload_successful") == 1);
        assertThat(grown("/prod", before, "nomad_gate_config_reloads_total{outcome=\"done\"}")).isEqualTo(2);
        assertThat(scrape("/prod").samples().keySet()).noneMatch(series -> series.contains(dead.address().toString()));
    }

    /** At the other gate than the next test: for ten seconds what dies there would be put down to the limit. */
    @Test
    void nomadsLimitShows() throws IOException {
        PrometheusText before = scrape("/staging");
        staging.script("/v1/limited", (request, wire) -> wire.write("HTTP/1.1 429 Too Many Requests\r\n"
                + "Content-Type: text/plain\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno").close());
        assertThat(get("/staging/v1/limited").status()).isEqualTo(503);
        assertThat(grown("/staging", before, "nomad_gate_upstream_limit_hits_total{server=\"" + staging.address() + "\"}"))
                .isEqualTo(1);
    }

    @Test
    void aServerThatIsLeftOutShows() throws IOException {
        int port = production.port();
        production.close();
        try {
            assertThat(get("/prod/v1/jobs").status()).isIn(502, 503);
            assertThat(scrape("/prod").value(up(production.address()))).isZero();
        } finally {
            production = StandInNomad.startOn(port);
        }
        // Being the only one, it is asked all the same.
        eventually().until(() -> get("/prod/v1/jobs").status() == 200
                && scrape("/prod").value(up(production.address())) == 1);
    }

    @Test
    void theTextIsWhatWasAskedFor() throws IOException {
        RawHttp.Response plain = get("/prod/gate/metrics");
        assertThat(plain.header("Content-Type")).startsWith("text/plain").contains("version=0.0.4");
        assertThat(plain.header("Cache-Control")).isEqualTo("no-store");
        RawHttp.Response open = get("/prod/gate/metrics", "Accept: application/openmetrics-text;version=1.0.0");
        assertThat(open.header("Content-Type")).startsWith("application/openmetrics-text");
        assertThat(open.text()).endsWith("# EOF\n");
        RawHttp.Response post = RawHttp.send("127.0.0.1", container.port(), RawHttp.request("POST", "127.0.0.1",
                container.port(), "/prod/gate/metrics", "Content-Length: 0", "Connection: close", "X-Nomad-Gate: 1"));
        assertThat(post.status()).isEqualTo(405);
        try (RawHttp head = RawHttp.connect("127.0.0.1", container.port()).expectNoBody()) {
            head.write(RawHttp.request("HEAD", "127.0.0.1", container.port(), "/prod/gate/metrics"));
            assertThat(head.readResponse().header("Content-Type")).startsWith("text/plain");
        }
    }

    @Test
    void mbeansHaveTheSameFiguresAndVanishWithTheirGate() throws IOException {
        get("/prod/v1/jobs");
        String name = container.mbeans().stream().filter(each -> each.startsWith("dev.nomadgate:") && each.contains("/prod/"))
                .findFirst().orElseThrow();
        assertThat(container.attributes(name)).contains("nomad_gate_requests_total{class=api,status=2xx}=")
                .doesNotContain(staging.address().toString());
        container.undeploy();
        try {
            assertThat(container.mbeans()).filteredOn(each -> each.startsWith("dev.nomadgate:")).singleElement()
                    .asString().contains("/staging/");
            assertThat(scrape("/staging").samples()).isNotEmpty();
            eventually().until(() -> container.undeployedLoadersAlive() == 0);
        } finally {
            container.deploy();
        }
        assertThat(container.mbeans()).contains(name);
    }

    private static String up(Object address) {
        return "nomad_gate_upstream_server_up{server=\"" + address + "\"}";
    }

    private static ConditionFactory eventually() {
        return await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(20)).atMost(Duration.ofSeconds(20));
    }

    private static double grown(String context, PrometheusText before, String series) throws IOException {
        return scrape(context).value(series) - before.value(series);
    }

    private static PrometheusText scrape(String context) throws IOException {
        RawHttp.Response answer = get(context + "/gate/metrics");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return PrometheusText.parse(answer.text());
    }

    private static RawHttp.Response get(String target, String... fields) throws IOException {
        return RawHttp.get("127.0.0.1", container.port(), target, fields);
    }

    private static RawHttp open(String target) throws IOException {
        return RawHttp.connect("127.0.0.1", container.port())
                .write(RawHttp.request("GET", "127.0.0.1", container.port(), target));
    }

    private static RawWebSocket session(String context) throws IOException {
        return RawWebSocket.open("127.0.0.1", container.port(), context + EXEC, Map.of());
    }

    private static void refused(String target, String origin) {
        assertThatThrownBy(() -> RawWebSocket.open("127.0.0.1", container.port(), target, Map.of("Origin", origin)))
                .isInstanceOf(HandshakeRefused.class);
    }
}
