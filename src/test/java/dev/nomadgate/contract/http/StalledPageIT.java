package dev.nomadgate.contract.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nomadgate.contract.GateUnderTest;
import dev.nomadgate.contract.containers.ContainerKind;
import dev.nomadgate.contract.containers.GateContainer;
import dev.nomadgate.standin.RawHttp;
import dev.nomadgate.standin.StandInNomad;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A page is gathered before any of it is sent, so unlike a stream it must come whole within the bound on answers. */
class StalledPageIT {

    @ParameterizedTest
    @EnumSource(names = {"JETTY_EMBEDDED", "TOMCAT_11"})
    void aPageThatDoesNotBecomeWholeIs504(ContainerKind kind) throws IOException {
        try (StandInNomad nomad = StandInNomad.start();
                GateContainer gate = kind.start(GateUnderTest.options(nomad)
                        .contextPath("/nomad-gate").with("upstream.response-timeout", "1s"))) {
            nomad.script("/ui/jobs", (request, wire) -> {
                wire.write("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 1000\r\n\r\n<!DOCTYPE");
                wire.awaitPeerClose(Duration.ofSeconds(20));
            });

            RawHttp.Response answer = RawHttp.get("127.0.0.1", gate.port(), "/nomad-gate/ui/jobs");

            assertThat(answer.status()).isEqualTo(504);
            assertThat(answer.text()).contains("response-timeout");
        }
    }
}
