package dev.nomadgate.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nomadgate.proxy.RequestOutcome;
import dev.nomadgate.session.ExecTarget;
import dev.nomadgate.session.Outcome;
import dev.nomadgate.session.RefusedHandshake;
import dev.nomadgate.session.RefusedHandshake.Reason;
import dev.nomadgate.session.Session;
import dev.nomadgate.session.Workload;
import dev.nomadgate.upstream.ConnectionCount;
import dev.nomadgate.upstream.Server;
import dev.nomadgate.upstream.ServerState;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.management.Attribute;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricsTest {

    private static final Server ONE = server("http://10.0.0.1:4646");
    private static final Server TWO = server("https://nomad.example:4646");

    private final Metrics metrics = new Metrics("1.2.3", "Container/4");

    @AfterEach
    void close() {
        metrics.close();
    }

    /** One with every meter that there is, each touched: what the documents are checked against, too. */
    static Metrics touched() {
        Metrics all = new Metrics("1.2.3", "Container/4");
        all.watch(() -> List.of(state(ONE, "")));
        all.limited(ONE);
        return all;
    }

    @Test
    void requestsAreCountedByClassAndOutcome() {
        RequestMeters requests = metrics.requests();
        requests.begins(RequestClass.API);
        requests.begins(RequestClass.BLOCKING);
        assertThat(metrics.inFlight().byClass()).containsEntry("api", 1).containsEntry("blocking", 1).containsEntry("ui", 0);
        assertThat(value("nomad_gate_requests_in_flight{class=\"blocking\"}")).isOne();
        requests.ends(RequestClass.API, RequestOutcome.SUCCEEDED, TimeUnit.MILLISECONDS.toNanos(30));
        requests.ends(RequestClass.BLOCKING, RequestOutcome.GONE, TimeUnit.SECONDS.toNanos(40));

        PrometheusText text = text(metrics);
        assertThat(metrics.inFlight().byClass().values()).containsOnly(0);
        assertThat(text.value("nomad_gate_requests_total{class=\"api\",status=\"2xx\"}")).isOne();
        assertThat(text.value("nomad_gate_requests_total{class=\"blocking\",status=\"gone\"}")).isOne();
        assertThat(text.value("nomad_gate_request_duration_seconds_bucket{class=\"api\",le=\"0.025\"}")).isZero();
        assertThat(text.value("nomad_gate_request_duration_seconds_bucket{class=\"api\",le=\"0.05\"}")).isOne();
        assertThat(text.value("nomad_gate_wait_duration_seconds_bucket{class=\"blocking\",le=\"30.0\"}")).isZero();
        assertThat(text.value("nomad_gate_wait_duration_seconds_bucket{class=\"blocking\",le=\"60.0\"}")).isOne();
        assertThat(text.samples()).doesNotContainKey("nomad_gate_request_duration_seconds_count{class=\"blocking\"}");
    }

    @Test
    void whatPassesInSessionsIsCountedWhileTheyAreOpenAndStaysCounted() throws IOException {
        Session first = session();
        Session second = session();
        metrics.sessions().began(first);
        metrics.sessions().began(second);
        first.passed(true, 5, true);
        first.passed(false, 100, true);
        second.passed(false, 11, false);
        assertThat(value("nomad_gate_sessions_open")).isEqualTo(2);
        assertThat(value("nomad_gate_session_bytes_total{from=\"nomad\"}")).isEqualTo(111);

        metrics.sessions().ended(first, new Outcome(Outcome.EndedBy.PROCESS, 1000, "", OptionalInt.of(0)));
        metrics.sessions().ended(first, new Outcome(Outcome.EndedBy.PROCESS, 1000, "", OptionalInt.of(0)));
        second.passed(true, 1, true);

        assertThat(value("nomad_gate_sessions_open")).isOne();
        assertThat(value("nomad_gate_sessions_opened_total")).isEqualTo(2);
        assertThat(value("nomad_gate_sessions_ended_total{cause=\"process\"}")).isOne();
        assertThat(value("nomad_gate_session_bytes_total{from=\"browser\"}")).isEqualTo(6);
        assertThat(value("nomad_gate_session_bytes_total{from=\"nomad\"}")).isEqualTo(111);
        assertThat(value("nomad_gate_session_frames_total{from=\"browser\"}")).isEqualTo(2);
        assertThat(value("nomad_gate_session_frames_total{from=\"nomad\"}")).isEqualTo(2);
    }

    @Test
    void aServerThatIsNoMoreHasNoSeries() {
        List<ServerState> servers = new ArrayList<>(List.of(state(ONE, ""), state(TWO, "no leader")));
        metrics.watch(() -> servers);
        metrics.limited(TWO);
        assertThat(value("nomad_gate_upstream_server_up{server=\"http://10.0.0.1:4646\"}")).isOne();
        assertThat(value("nomad_gate_upstream_server_up{server=\"https://nomad.example:4646\"}")).isZero();
        assertThat(value("nomad_gate_upstream_connections_open{server=\"http://10.0.0.1:4646\"}")).isEqualTo(3);
        assertThat(value("nomad_gate_upstream_connections_in_use{server=\"http://10.0.0.1:4646\"}")).isEqualTo(2);
        assertThat(value("nomad_gate_upstream_connections_max{server=\"http://10.0.0.1:4646\"}")).isEqualTo(90);
        assertThat(value("nomad_gate_upstream_requests_queued{server=\"http://10.0.0.1:4646\"}")).isEqualTo(1);
        assertThat(value("nomad_gate_upstream_limit_hits_total{server=\"https://nomad.example:4646\"}")).isOne();
        assertThat(value("nomad_gate_upstream_limit_hits_total{server=\"http://10.0.0.1:4646\"}")).isZero();

        servers.remove(1);
        assertThat(text(metrics).samples().keySet()).noneMatch(series -> series.contains("nomad.example"))
                .anyMatch(series -> series.contains("10.0.0.1"));

        servers.add(state(TWO, ""));
        assertThat(value("nomad_gate_upstream_server_up{server=\"https://nomad.example:4646\"}")).isOne();
        assertThat(value("nomad_gate_upstream_limit_hits_total{server=\"https://nomad.example:4646\"}")).isZero();
    }

    @Test
    void theRestIsCounted() {
        metrics.movedOn();
        metrics.reloaded();
        metrics.auditFailure();
        metrics.recordingFailure();
        metrics.recordingDropped(4096);
        for (Reason reason : Reason.values()) {
            metrics.sessions().refused(new RefusedHandshake("id", Instant.now(), InetAddress.getLoopbackAddress(),
                    Optional.empty(), Workload.UNKNOWN, Optional.empty(), reason, 403, "detail"));
            assertThat(value("nomad_gate_sessions_refused_total{reason=\"" + reason.name().toLowerCase(Locale.ROOT) + "\"}"))
                    .isOne();
        }
        assertThat(value("nomad_gate_config_last_reload_successful")).isOne();
        metrics.reloadRefused();

        PrometheusText text = text(metrics);
        assertThat(text.value("nomad_gate_upstream_retries_total")).isOne();
        assertThat(text.value("nomad_gate_config_reloads_total{outcome=\"done\"}")).isOne();
        assertThat(text.value("nomad_gate_config_reloads_total{outcome=\"refused\"}")).isOne();
        assertThat(text.value("nomad_gate_config_last_reload_successful")).isZero();
        assertThat(text.value("nomad_gate_config_last_reload_timestamp_seconds"))
                .isBetween(1.7e9, System.currentTimeMillis() / 1e3);
        assertThat(text.value("nomad_gate_audit_failures_total")).isOne();
        assertThat(text.value("nomad_gate_recording_failures_total")).isOne();
        assertThat(text.value("nomad_gate_recording_dropped_bytes_total")).isEqualTo(4096);
        assertThat(text.value("nomad_gate_build_info{container=\"Container/4\",java=\"" + System.getProperty("java.version")
                + "\",version=\"1.2.3\"}")).isOne();
        assertThat(text.value("nomad_gate_uptime_seconds")).isPositive();
        assertThat(text.value("nomad_gate_jvm_heap_used_bytes"))
                .isBetween(1e6, text.value("nomad_gate_jvm_heap_max_bytes"));
    }

    /** Protocol Buffers are not in the WAR: who prefers them gets text. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "text/plain;version=0.0.4|text/plain; version=0.0.4; charset=utf-8",
        "*/*|text/plain; version=0.0.4; charset=utf-8",
        "application/openmetrics-text;version=1.0.0,text/plain;q=0.1|application/openmetrics-text; version=1.0.0; charset=utf-8",
        "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited,text/plain;q=0.1"
                + "|text/plain; version=0.0.4; charset=utf-8"})
    void theFormatIsTheOneThatWasAskedFor(String accept, String type) throws IOException {
        var writer = MetricsPage.writer(accept);
        assertThat(writer.getContentType()).isEqualTo(type);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        writer.write(out, metrics.scrape());
        String text = out.toString(StandardCharsets.UTF_8);
        assertThat(text).contains("nomad_gate_requests_total{class=\"api\",status=\"2xx\"} 0.0\n");
        assertThat(text.endsWith("# EOF\n")).isEqualTo(type.startsWith("application/openmetrics"));
    }

    @Test
    void manyMayLookAtOnceWhileServersComeAndGo() throws Exception {
        metrics.watch(() -> System.nanoTime() % 2 == 0 ? List.of(state(ONE, "")) : List.of(state(ONE, ""), state(TWO, "")));
        ExecutorService many = Executors.newFixedThreadPool(4);
        try {
            Callable<Boolean> look = () -> {
                for (int i = 0; i < 25; i++) {
                    PrometheusText text = text(metrics);
                    assertThat(text.value("nomad_gate_upstream_server_up{server=\"http://10.0.0.1:4646\"}")).isOne();
                    assertThat(text.value("nomad_gate_upstream_limit_hits_total{server=\"http://10.0.0.1:4646\"}")).isZero();
                }
                return true;
            };
            for (Future<Boolean> each : many.invokeAll(List.of(look, look, look, look))) {
                assertThat(each.get()).isTrue();
            }
        } finally {
            many.shutdownNow();
        }
    }

    @Test
    void twoGatesAtOnePathAreTwoMBeansThatVanish() throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName ours = new ObjectName("dev.nomadgate:*");
        MetricsBean first = MetricsBean.register(metrics, "host\"*?", "/a,b=c*");
        MetricsBean second = MetricsBean.register(metrics, "host\"*?", "/a,b=c*");
        MetricsBean third = MetricsBean.register(metrics, null, "");
        assertThat(server.queryNames(ours, null)).hasSize(3)
                .extracting(name -> ObjectName.unquote(name.getKeyProperty("context")))
                .containsExactlyInAnyOrder("/a,b=c*/", "/a,b=c*/", "/");
        ObjectName name = new ObjectName("dev.nomadgate:type=Gate,context=\"/\"");
        assertThat(server.getAttribute(name, "nomad_gate_requests_total{class=api,status=2xx}")).isEqualTo(0.0);
        assertThat(server.getMBeanInfo(name).getAttributes()).extracting(info -> info.getName())
                .contains("nomad_gate_sessions_open", "nomad_gate_request_duration_seconds_count{class=api}");
        assertThat(server.getAttributes(name, new String[] {"nomad_gate_sessions_open", "none"}))
                .containsExactly(new Attribute("nomad_gate_sessions_open", 0.0));

        first.close();
        second.close();
        third.close();
        assertThat(server.queryNames(ours, null)).isEmpty();
    }

    private double value(String series) {
        return text(metrics).value(series);
    }

    static PrometheusText text(Metrics metrics) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ExpositionFormats.init().getPrometheusTextFormatWriter().write(out, metrics.scrape());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return PrometheusText.parse(out.toString(StandardCharsets.UTF_8));
    }

    private static ServerState state(Server server, String reason) {
        return new ServerState(server, reason, reason.isEmpty(), new ConnectionCount(3, 2, 1), 90);
    }

    private static Server server(String address) {
        return new Server(URI.create(address), 1, false, 1, Duration.ofSeconds(10));
    }

    private static Session session() throws IOException {
        return new Session("id", Instant.now(), System.nanoTime(), InetAddress.getLoopbackAddress(),
                ExecTarget.of("/v1/client/allocation/x/exec", null), ONE, (by, words) -> { });
    }
}
