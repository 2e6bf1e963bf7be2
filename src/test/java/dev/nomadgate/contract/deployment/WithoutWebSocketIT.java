package dev.nomadgate.contract.deployment;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nomadgate.contract.containers.ContainerFailedToStart;
import dev.nomadgate.contract.containers.ContainerKind;
import dev.nomadgate.contract.containers.GateOptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A container that cannot carry a gate. */
class WithoutWebSocketIT {

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "JETTY_HOME")
    void theContainerIsToldWhatItLacks(ContainerKind kind) {
        assertThatThrownBy(() -> kind.start(GateOptions.defaults().contextPath("/gate").withoutWebSocket()))
                .isInstanceOf(ContainerFailedToStart.class)
                .message().containsPattern("(?m)^.*(ERROR|SEVERE|WARN).*nomad-gate cannot bridge exec sessions: "
                        + "this container has no WebSocket support\\. On Jetty enable the module ee10-websocket-jetty");
    }
}
