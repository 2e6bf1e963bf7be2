package dev.nomadgate.contract.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nomadgate.contract.GateUnderTest;
import dev.nomadgate.contract.containers.ContainerKind;
import dev.nomadgate.contract.containers.GateContainer;
import dev.nomadgate.standin.RawHttp;
import dev.nomadgate.standin.StandInNomad;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

/** A server that accepts connections and then says nothing, not even in the TLS handshake. */
class StalledTlsIT {

    @Test
    void isAsGoodAsUnreachable() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                StandInNomad nomad = StandInNomad.start();
                GateContainer gate = ContainerKind.JETTY_EMBEDDED.start(GateUnderTest.options(nomad)
                        .with("servers", "https://127.0.0.1:" + silent.getLocalPort())
                        .with("upstream.connect-timeout", "500ms"))) {
            RawHttp.Response response = RawHttp.get("127.0.0.1", gate.port(), "/v1/jobs");
            assertThat(response.status()).isEqualTo(503);
            assertThat(response.text()).contains("no connection within 500 ms");
        }
    }
}
