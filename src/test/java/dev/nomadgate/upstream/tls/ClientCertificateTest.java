package dev.nomadgate.upstream.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the gate shows a server with {@code verify_https_client}. */
class ClientCertificateTest {

    private static final Consumer<SSLParameters> ASKING = demands -> demands.setNeedClientAuth(true);

    @ParameterizedTest
    @CsvSource({
        "client-ec, client-ec-pkcs8-key",
        "client-ec, client-ec-sec1-key",
        "client-ec, client-ec-parameters-key",
        "client-rsa, client-rsa-pkcs8-key",
        "client-rsa, client-rsa-pkcs1-key",
        "client-ed25519, client-ed25519-key"})
    void presents(String certificate, String key) throws Exception {
        try (TlsServer server = TlsServer.with("server", ASKING)) {
            assertThat(Gate.trusting("ca").presenting(certificate, key).call(server.url("localhost"))).isEqualTo("200");
            assertThat(server.caller().subject()).isEqualTo("CN=client.global.nomad");
        }
    }

    @Test
    void presentsTheAuthoritiesBetweenToo() throws Exception {
        try (TlsServer server = TlsServer.with("server", ASKING)) {
            Gate gate = Gate.trusting("ca").presenting("client-chain", "client-chain-key");
            assertThat(gate.call(server.url("localhost"))).isEqualTo("200");
            assertThat(server.caller().chainLength()).isEqualTo(2);
        }
    }

    @Test
    void presentsNothingUnasked() throws Exception {
        try (TlsServer server = TlsServer.with("server")) {
            Gate gate = Gate.trusting("ca").presenting("client-ec", "client-ec-sec1-key");
            assertThat(gate.call(server.url("localhost"))).isEqualTo("200");
            assertThat(server.caller().subject()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void explainsThatOneIsWanted(String protocol) throws Exception {
        try (TlsServer server = TlsServer.with("server", asking(protocol))) {
            assertThat(Gate.trusting("ca").call(server.url("localhost")))
                    .contains("asks for a client certificate (verify_https_client) and the gate has none",
                            "tls.client-cert", "tls.client-key",
                            "NOMAD_CLIENT_CERT");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void explainsThatAnotherOneIsWanted(String protocol) throws Exception {
        try (TlsServer server = TlsServer.with("server", asking(protocol))) {
            Gate gate = Gate.trusting("ca").presenting("client-foreign", "client-foreign-key");
            assertThat(gate.call(server.url("localhost")))
                    .contains("refused the gate's client certificate in", "client-foreign.pem", "tls.ca_file")
                    .doesNotContain("certificate_required");
        }
    }

    private static Consumer<SSLParameters> asking(String protocol) {
        return ASKING.andThen(demands -> demands.setProtocols(new String[] {protocol}));
    }
}
