package dev.nomadgate.contract.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nomadgate.contract.GateUnderTest;
import dev.nomadgate.contract.containers.ContainerFailedToStart;
import dev.nomadgate.contract.containers.ContainerKind;
import dev.nomadgate.contract.containers.GateContainer;
import dev.nomadgate.contract.containers.GateOptions;
import dev.nomadgate.standin.RawWebSocket;
import dev.nomadgate.standin.StandInNomad;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Containers that have no WebSocket of their own. */
class WithoutWebSocketIT {

    @Test
    void aJettyIsToldWhatItLacks() {
        assertThatThrownBy(() -> ContainerKind.JETTY_EMBEDDED.start(
                GateOptions.defaults().contextPath("/gate").withoutWebSocket()))
                .isInstanceOf(ContainerFailedToStart.class)
                .message().containsPattern("(?m)^.*(ERROR|SEVERE|WARN).*nomad-gate cannot bridge exec sessions: "
                        + "jetty/12.* is neither a Tomcat nor a Jetty with WebSocket, whose attribute "
                        + "'org\\.eclipse\\.jetty\\.websocket\\.api\\.WebSocketContainer' is missing\\. "
                        + "On Jetty enable the module ee10-websocket-jetty");
    }

    @ParameterizedTest
    @EnumSource(names = {"TOMCAT_10_1", "TOMCAT_11"})
    void aTomcatNeedsNone(ContainerKind kind) throws IOException {
        try (StandInNomad nomad = StandInNomad.start();
                GateContainer gate = kind.start(GateUnderTest.options(nomad).withoutWebSocket());
                RawWebSocket browser = RawWebSocket.open(
                        gate.uri("/v1/client/allocation/" + StandInNomad.ECHO_ALLOC + "/exec"), Map.of())) {
            browser.sendText("x");
            assertThat(browser.readText(Duration.ofSeconds(15))).isEqualTo("x");
        }
    }
}
