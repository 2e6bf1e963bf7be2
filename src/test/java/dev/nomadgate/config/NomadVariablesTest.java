package dev.nomadgate.config;

import static dev.nomadgate.config.SourcesFixture.nothing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nomadgate.upstream.tls.TestPki;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NomadVariablesTest {

    @ParameterizedTest
    @CsvSource({
        "http://10.0.0.1:4646,        http://10.0.0.1:4646",
        "https://nomad.example:4646/, https://nomad.example:4646",
        "http://nomad.example,        http://nomad.example:80",
        "https://nomad.example,       https://nomad.example:443",
        "HTTPS://Nomad.Example:4646,  https://nomad.example:4646",
        "http://[::1]:4646,           http://[::1]:4646",
    })
    void nomadAddrIsReadAsNomadsCliReadsIt(String variable, String address) {
        assertThat(nothing().variable("NOMAD_ADDR", variable).read().upstream().servers())
                .singleElement().hasToString(address);
    }

    @Test
    void aUnixSocketIsRefusedWithAWayOut() {
        Mistake mistake = nothing().variable("NOMAD_ADDR", "unix:///run/nomad.sock").mistake();

        assertThat(mistake.origin()).isEqualTo("environment variable NOMAD_ADDR");
        assertThat(mistake.setting()).isEqualTo("nomad-gate.servers[0]");
        assertThat(mistake.remedy()).contains("http://127.0.0.1:4646");
    }

    @Test
    void theTlsVariablesSetTheTlsSettings() {
        Path ca = TestPki.ca();
        Path cert = TestPki.clientCert();
        Path key = TestPki.clientKey();

        TlsConfig tls = nothing()
                .variable("NOMAD_CACERT", ca.toString())
                .variable("NOMAD_CLIENT_CERT", cert.toString())
                .variable("NOMAD_CLIENT_KEY", key.toString())
                .variable("NOMAD_TLS_SERVER_NAME", "server.global.nomad")
                .read().upstream().tls();

        assertThat(tls.caCert()).contains(ca);
        assertThat(tls.clientCert()).contains(cert);
        assertThat(tls.clientKey()).contains(key);
        assertThat(tls.serverName()).contains("server.global.nomad");
        assertThat(tls.skipVerify()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "t", "T", "true", "TRUE", "True"})
    void skipVerifyIsTrueForWhatGoTakesForTrue(String variable) {
        assertThat(skipVerify(variable).read().upstream().tls().skipVerify()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "f", "F", "false", "FALSE", "False", ""})
    void skipVerifyIsFalseForWhatGoTakesForFalseAndForTheEmptyText(String variable) {
        assertThat(skipVerify(variable).read().upstream().tls().skipVerify()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "on", "2", "tRUE"})
    void skipVerifyIsAMistakeForWhatGoTakesForNeither(String variable) {
        Mistake mistake = skipVerify(variable).mistake();

        assertThat(mistake.origin()).isEqualTo("environment variable NOMAD_SKIP_VERIFY");
        assertThat(mistake.setting()).isEqualTo("nomad-gate.tls.skip-verify");
    }

    @Test
    void emptyVariablesAreNotSet() {
        assertThat(nothing().variable("NOMAD_ADDR", "").variable("NOMAD_CLIENT_CERT", "").read())
                .usingRecursiveComparison().isEqualTo(nothing().read());
    }

    private static SourcesFixture skipVerify(String variable) {
        return nothing().variable("NOMAD_SKIP_VERIFY", variable);
    }
}
