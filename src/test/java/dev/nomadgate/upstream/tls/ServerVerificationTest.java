package dev.nomadgate.upstream.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which servers the gate talks to, and what it says about those it does not. */
class ServerVerificationTest {

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1"})
    void acceptsTheHostInTheAddressIfTheCertificateNamesIt(String host) throws Exception {
        try (TlsServer server = TlsServer.with("server")) {
            assertThat(Gate.trusting("ca").call(server.url(host))).isEqualTo("200");
        }
    }

    @Test
    void acceptsAnyAuthorityOfABundle() throws Exception {
        try (TlsServer server = TlsServer.with("server")) {
            assertThat(Gate.trusting("both-cas").call(server.url("localhost"))).isEqualTo("200");
        }
    }

    @Test
    void refusesAnotherAuthorityAndNamesTheOneExpected() throws Exception {
        try (TlsServer server = TlsServer.with("server")) {
            assertThat(Gate.trusting("other-ca").call(server.url("localhost")))
                    .contains("CN=server.global.nomad", "signed by \"CN=Nomad Agent CA 1\"",
                            "other-ca.pem (", "tls.ca-cert): \"CN=Nomad Agent CA 2\"",
                            "NOMAD_CACERT");
        }
    }

    @Test
    void refusesAnAuthorityThatOnlyBearsTheRightName() throws Exception {
        try (TlsServer server = TlsServer.with("server-twin")) {
            assertThat(Gate.trusting("ca").call(server.url("localhost")))
                    .contains("has that name but another key", "tls.ca-cert");
        }
    }

    @Test
    void trustsOnlyPublicAuthoritiesWithoutABundle() throws Exception {
        try (TlsServer server = TlsServer.with("server")) {
            assertThat(Gate.trustingWhatJavaTrusts().call(server.url("localhost")))
                    .contains("the public authorities that Java trusts (");
        }
    }

    @Test
    void refusesAnAddressThatTheCertificateDoesNotName() throws Exception {
        try (TlsServer server = TlsServer.with("server-name-only")) {
            assertThat(Gate.trusting("ca").call(server.url("127.0.0.1")))
                    .contains("is for server.global.nomad, but 127.0.0.1 (the host in the server's address)",
                            "tls.server-name", "NOMAD_TLS_SERVER_NAME");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1"})
    void acceptsTheExpectedNameWhateverTheAddress(String host) throws Exception {
        try (TlsServer server = TlsServer.with("server-name-only")) {
            assertThat(Gate.trusting("ca").expecting("server.global.nomad").call(server.url(host))).isEqualTo("200");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1"})
    void refusesTheHostInTheAddressIfAnotherNameIsExpected(String host) throws Exception {
        try (TlsServer server = TlsServer.with("server")) {
            assertThat(Gate.trusting("ca").expecting("server.eu.nomad").call(server.url(host)))
                    .contains("is for server.global.nomad, localhost, 127.0.0.1",
                            "tls.server-name) was expected");
        }
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, 200", "127.0.0.2, tls.server-name) was expected"})
    void expectsAnAddressIfToldTo(String expected, String answer) throws Exception {
        try (TlsServer server = TlsServer.with("server")) {
            assertThat(Gate.trusting("ca").expecting(expected).call(server.url("localhost"))).contains(answer);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, server.global.nomad, server.global.nomad",
        "localhost, server.global.nomad, server.global.nomad",
        "localhost, server.global.nomad., server.global.nomad",
        "127.0.0.1, localhost, localhost",
        "localhost, , localhost",
        "127.0.0.1, ,",
        "localhost, 127.0.0.1,"})
    void sendsTheExpectedNameAsSniAndNeverAnAddress(String host, String expected, String sni) throws Exception {
        try (TlsServer server = TlsServer.with("server")) {
            Gate gate = Gate.trusting("ca");
            assertThat((expected == null ? gate : gate.expecting(expected)).call(server.url(host))).isEqualTo("200");
            if (sni == null) {
                assertThat(server.caller().sni()).isEmpty();
            } else {
                assertThat(server.caller().sni()).containsExactly(sni);
            }
        }
    }

    @Test
    void refusesAnExpiredCertificateAndSaysSinceWhen() throws Exception {
        try (TlsServer server = TlsServer.with("server-expired")) {
            assertThat(Gate.trusting("ca").call(server.url("localhost")))
                    .contains("CN=server.global.nomad", "expired on 2021-01-01T00:00:00Z", "Renew");
        }
    }

    @Test
    void refusesACertificateThatIsNotForServers() throws Exception {
        try (TlsServer server = TlsServer.with("server-no-purpose")) {
            assertThat(Gate.trusting("ca").call(server.url("localhost")))
                    .contains("CN=client.global.nomad", "cannot be used", "nomad tls cert create -server");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void speaks(String protocol) throws Exception {
        try (TlsServer server = TlsServer.with("server", demands -> demands.setProtocols(new String[] {protocol}))) {
            assertThat(Gate.trusting("ca").call(server.url("localhost"))).isEqualTo("200");
            assertThat(server.caller().protocol()).isEqualTo(protocol);
        }
    }

    @Test
    void explainsAServerThatSpeaksPlaintext() throws Exception {
        try (TlsServer server = TlsServer.plaintext()) {
            // Once in a while Jetty's client tells of the greeting that it could not finish, before it tells of the answer.
            await().untilAsserted(() -> assertThat(Gate.trusting("ca").call(server.url("localhost")))
                    .contains("without TLS", "http://", "tls { http = true }"));
        }
    }
}
