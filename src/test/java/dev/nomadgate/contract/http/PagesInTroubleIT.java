package dev.nomadgate.contract.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nomadgate.contract.GateUnderTest;
import dev.nomadgate.contract.containers.ContainerKind;
import dev.nomadgate.contract.containers.GateContainer;
import dev.nomadgate.standin.RawHttp;
import dev.nomadgate.standin.StandInNomad;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The gate's own pages when they are needed most. */
class PagesInTroubleIT {

    @ParameterizedTest
    @EnumSource(names = {"JETTY_EMBEDDED", "TOMCAT_11"})
    void areThereWhileNothingElseIs(ContainerKind kind) throws IOException {
        try (StandInNomad nomad = StandInNomad.start(); GateContainer gate = kind.start(GateUnderTest.options(nomad)
                .with("limits.requests", "1").with("server-defaults.max-fails", "1"))) {
            try (RawHttp waiting = RawHttp.connect("127.0.0.1", gate.port())) {
                waiting.write(RawHttp.request("GET", "127.0.0.1", gate.port(), "/v1/jobs?index=" + nomad.index()));
                nomad.awaitRequest(request -> request.rawTarget().startsWith("/v1/jobs"));
                assertThat(get(gate, "/v1/jobs").status()).as("all the requests that there may be").isEqualTo(503);
                assertThat(get(gate, "/gate/").status()).isEqualTo(200);
                assertThat(get(gate, "/gate/health/ready").status()).isEqualTo(200);
                assertThat(get(gate, "/gate/api/state").text())
                        .contains("\"blocking\":1,", "\"connections\":{\"open\":1,\"inUse\":1,");
            }
            nomad.close();
            RawHttp.Response ready = get(gate, "/gate/health/ready");
            for (int i = 0; i < 100 && ready.status() == 200; i++) {
                get(gate, "/v1/other");
                ready = get(gate, "/gate/health/ready");
            }
            assertThat(ready.status()).isEqualTo(503);
            assertThat(ready.text()).isEqualTo("not ready: none of the 1 Nomad servers is available\n");
            assertThat(get(gate, "/gate/health/live").status()).isEqualTo(200);
            assertThat(get(gate, "/gate/").status()).isEqualTo(200);
            assertThat(get(gate, "/gate/api/which?address=192.0.2.7").text()).contains("No server is well");
            assertThat(get(gate, "/gate/api/state").text()).contains("\"available\":false");
        }
    }

    private static RawHttp.Response get(GateContainer gate, String target) throws IOException {
        return RawHttp.get("127.0.0.1", gate.port(), target);
    }
}
