package dev.nomadgate.contract.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nomadgate.contract.containers.ContainerKind;
import dev.nomadgate.standin.RawHttp;
import dev.nomadgate.standin.RawWebSocket;
import dev.nomadgate.standin.StandInNomad;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Gates side by side, and a container that cannot carry one. */
class GatesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String ECHO = "/v1/client/allocation/" + StandInNomad.ECHO_ALLOC + "/exec?task=sh&command=sh";

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(names = {"JETTY_EMBEDDED", "TOMCAT_10_1", "TOMCAT_11"})
    void aContainerWithoutWebSocketIsToldWhatItLacks(ContainerKind kind) throws IOException {
        try (Gates gates = Gates.start(kind, false, directory, "/gate", "http://127.0.0.1:9")) {
            assertThat(gates.refused()).as(gates.output()).isTrue();
            assertThat(gates.output()).containsPattern("(?m)^.*(ERROR|SEVERE|WARN).*nomad-gate cannot bridge exec sessions: "
                    + "this container has no WebSocket support\\. On Jetty enable the module ee10-websocket-jetty");
        }
    }
}
