package dev.nomadgate.contract.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nomadgate.contract.GateUnderTest;
import dev.nomadgate.contract.containers.ContainerKind;
import dev.nomadgate.contract.containers.GateContainer;
import dev.nomadgate.metrics.PrometheusText;
import dev.nomadgate.standin.RawHttp;
import java.io.IOException;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The library is there, and the requests' ends are heard, wherever the WAR is. */
class EveryContainerIT {

    private static final String LARGE = "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n" + "x".repeat(100_000);
    private static final String ANSWERED = "nomad_gate_requests_total{class=\"api\",status=\"2xx\"}";

    @ParameterizedTest
    @EnumSource
    void countsARequest(ContainerKind kind) throws IOException {
        GateContainer gate = GateUnderTest.shared(kind).container();
        double before = PrometheusText.of(gate.port()).value(ANSWERED);
        assertThat(RawHttp.get("127.0.0.1", gate.port(), "/v1/jobs").status()).isEqualTo(200);
        Awaitility.await().until(() -> PrometheusText.of(gate.port()).value(ANSWERED) == before + 1);
    }

    /** Tomcat forgets some of them on the way, which must not count for ever. */
    @ParameterizedTest
    @EnumSource
    void aRequestIsOverWhenItsClientResetTheConnectionWithinTheBody(ContainerKind kind) throws IOException {
        GateContainer gate = GateUnderTest.shared(kind).container();
        for (int i = 0; i < 20; i++) {
            try (RawHttp http = RawHttp.connect("127.0.0.1", gate.port(), 0)) {
                http.write(RawHttp.request("PUT", "127.0.0.1", gate.port(), "/v1/operator/snapshot", "Content-Length: 1000000"));
                http.write(new byte[100_000]);
                http.reset();
            }
        }
        Awaitility.await().until(() -> PrometheusText.of(gate.port()).value("nomad_gate_requests_in_flight{class=\"api\"}") == 0);
    }

    /** Tomcat forgets those whose answer fails while it is at the request itself. */
    @ParameterizedTest
    @EnumSource
    void aRequestIsOverWhenItsClientLeftAtOnce(ContainerKind kind) throws IOException {
        GateUnderTest shared = GateUnderTest.shared(kind);
        GateContainer gate = shared.container();
        shared.nomad().script("/v1/large", (request, wire) -> wire.write(LARGE));
        for (int i = 0; i < 300; i++) {
            try (RawHttp http = RawHttp.connect("127.0.0.1", gate.port(), 0)) {
                http.write(RawHttp.request("GET", "127.0.0.1", gate.port(), "/v1/large"));
                http.reset();
            }
        }
        Awaitility.await().until(() -> PrometheusText.of(gate.port()).value("nomad_gate_requests_in_flight{class=\"api\"}") == 0);
    }
}
