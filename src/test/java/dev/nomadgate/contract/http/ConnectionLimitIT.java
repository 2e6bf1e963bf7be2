package dev.nomadgate.contract.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nomadgate.contract.containers.ContainerKind;
import dev.nomadgate.standin.HandshakeRefused;
import dev.nomadgate.standin.RawHttp;
import dev.nomadgate.standin.RawWebSocket;
import dev.nomadgate.standin.StandInNomad;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What a client is told when Nomad holds as many of the gate's connections as it allows. */
@ParameterizedClass(name = "{0}")
@EnumSource(names = {"JETTY_EMBEDDED", "TOMCAT_11"})
class ConnectionLimitIT extends RawContract {

    private static final String EXEC = "/v1/client/allocation/" + StandInNomad.ALLOC + "/exec?task=sh&command=[\"/bin/sh\"]";
    /** Nomad refuses a hundred connections in words, and beyond that only ten each second. */
    private static final int IN_WORDS = 100;

    ConnectionLimitIT(ContainerKind kind) {
        super(Gates.limited(kind));
    }

    @Test
    void itIs503AndNamed() throws IOException {
        nomad.script("/x", (request, wire) -> wire.write("HTTP/1.1 429 Too Many Requests\r\nContent-Type: text/plain\r\n"
                + "Content-Length: 6\r\nConnection: close\r\n\r\nYour I").reset());
        explained(get("/x"));
    }

    @Test
    void itIsNamedAlsoIfItsTextIsCutOff() throws IOException {
        nomad.script("/x", (request, wire) -> wire.write("HTTP/1.1 429 Too Many Requests\r\nContent-Type: text/plain\r\n"
                + "Content-Length: 60\r\nConnection: close\r\n\r\nYour I").reset());
        explained(get("/x"));
    }

    /** Before the request was read, with a reset behind it; and at last without a word. */
    @Test
    void aRefusalBeforeTheRequestWasReadIsUnderstoodAndSoIsOneWithoutAnAnswer() throws Exception {
        closePooledConnections();
        nomad.connectionLimit(0);
        for (int i = 0; i < IN_WORDS + 30; i++) {
            explained(get("/v1/jobs"));
        }
        explained(send(request("POST", "/v1/jobs", "Content-Length: 2", "Connection: close") + "{}"));
        execIsExplained();

        nomad.connectionLimit(Integer.MAX_VALUE);
        assertThat(get("/v1/jobs").status()).as("the server counts as alive").isEqualTo(200);
        assertThat(log()).noneMatch(line -> line.contains("No Nomad server can be reached"));
    }

    @Test
    void anExecHandshakeIsToldTheSame() throws Exception {
        closePooledConnections();
        nomad.connectionLimit(0);
        execIsExplained();
    }

    private void execIsExplained() throws Exception {
        try {
            RawWebSocket.open("127.0.0.1", gate.port(), EXEC, Map.of()).close();
            throw new AssertionError("there is no session");
        } catch (HandshakeRefused refused) {
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.body()).contains("http_max_conns_per_client");
            assertThat(refused.header("Retry-After")).isNotNull();
        }
    }

    /** They would still serve. */
    private void closePooledConnections() {
        nomad.script("/", (request, wire) -> wire.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").close());
        await().until(() -> {
            get("/x");
            return nomad.openConnections() == 0;
        });
        nomad.reset();
    }

    private void explained(RawHttp.Response response) {
        assertThat(response.status()).isEqualTo(503);
        assertThat(Integer.parseInt(response.header("Retry-After"))).isPositive();
        assertThat(response.text()).contains("http_max_conns_per_client", nomad.address().toString());
    }
}
