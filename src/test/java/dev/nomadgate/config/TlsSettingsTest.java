package dev.nomadgate.config;

import static dev.nomadgate.config.SourcesFixture.nothing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nomadgate.upstream.tls.TestPki;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsSettingsTest {

    @TempDir
    Path directory;

    private String cert;
    private String key;

    @BeforeEach
    void files() {
        cert = TestPki.clientCert().toString();
        key = TestPki.clientKey().toString();
    }

    @Test
    void aClientCertificateNeedsItsKeyAndTheOtherWayRound() {
        assertThat(tls("client-cert", cert).mistake().remedy()).contains("nomad-gate.tls.client-key");
        assertThat(tls("client-key", key).mistake().remedy()).contains("nomad-gate.tls.client-cert");
    }

    @Test
    void aFileHasToExistAndToHoldWhatTheSettingSays() {
        assertThat(tls("ca-cert", directory + "/absent.pem").mistake().problem()).contains("no such file");
        assertThat(tls("ca-cert", directory.toString()).mistake().problem()).isEqualTo("This is a directory.");
        assertThat(tls("ca-cert", key).mistake().problem()).contains("no CERTIFICATE");
        assertThat(tls("client-cert", key).property("nomad-gate.tls.client-key", cert).mistakes()).hasSize(2);
    }

    @Test
    void everyMistakeInTheFilesIsToldWithWhereItsSettingStands() {
        GateConfigException failure = nothing().file(directory, """
                nomad-gate.upstream.connect-timeout = 5
                nomad-gate.tls {
                  ca-cert = "%s"
                  client-cert = "%s"
                  client-key = "%s"
                }
                """.formatted(TestPki.clientKey(), cert, TestPki.pem("client-foreign-key"))).failure();

        assertThat(failure.mistakes()).extracting(Mistake::setting).containsExactlyInAnyOrder(
                "nomad-gate.upstream.connect-timeout", "nomad-gate.tls.ca-cert", "nomad-gate.tls.client-key");
        assertThat(failure.mistakes()).extracting(Mistake::origin)
                .allMatch(origin -> origin.contains("nomad-gate.conf: "));
        assertThat(failure).hasMessageContaining("This key does not belong to the certificate in " + cert);
    }

    @Test
    void anEncryptedKeyIsRefusedWithAWayOut() {
        String encrypted = TestPki.pem("client-ec-pkcs8-encrypted-key").toString();
        String older = TestPki.pem("client-ec-sec1-encrypted-key").toString();

        for (String file : new String[] {encrypted, older}) {
            assertThat(tls("client-cert", cert).property("nomad-gate.tls.client-key", file).mistake().remedy())
                    .contains("openssl pkey");
        }
    }

    @Test
    void noMessageShowsWhatAKeyFileHolds() throws IOException {
        GateConfigException pathOfKey = tls("ca-cert", key).failure();
        GateConfigException contentOfKey = tls("client-key", "-----BEGIN PRIVATE KEY-----\nMIIsecret").failure();

        assertThat(pathOfKey).hasMessageNotContaining(Files.readAllLines(TestPki.clientKey()).get(1));
        assertThat(contentOfKey).hasMessageNotContaining("MIIsecret").hasMessageContaining("content of a file");
    }

    @Test
    void noMessageShowsAKeyThatBreaksTheSyntaxOrATokenThatBelongsElsewhere() {
        String base64 = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7";
        GateConfigException pasted = nothing().file(directory, "nomad-gate.tls.client-key = x\n" + base64 + "\n").failure();
        GateConfigException token = nothing().file(directory, "nomad-gate.token = geheim").failure();

        assertThat(pasted).isNotNull().hasMessageNotContaining(base64);
        GateConfigException inside = nothing().file(directory, "nomad-gate.acl { token = geheim }").failure();

        assertThat(token).isNotNull().hasMessageNotContaining("geheim");
        assertThat(inside).isNotNull().hasMessageNotContaining("geheim");
    }

    @Test
    void tlsSettingsDoNoHarmWhereNoServerIsHttps() {
        assertThat(tls("ca-cert", cert).read().upstream().tls().caCert()).contains(Path.of(cert));
    }

    @Test
    void theEmptyTextIsNotSet() {
        assertThat(tls("ca-cert", "").read().upstream().tls().caCert()).isEmpty();
    }

    private static SourcesFixture tls(String name, String value) {
        return nothing().property("nomad-gate.tls." + name, value);
    }
}
