package dev.nomadgate.config;

import static dev.nomadgate.config.SourcesFixture.nothing;
import static dev.nomadgate.config.SourcesFixture.write;
import static org.assertj.core.api.Assertions.assertThat;

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
        cert = write(directory.resolve("cert.pem"), "text before\n-----BEGIN CERTIFICATE-----\nMIIcert").toString();
        key = write(directory.resolve("key.pem"), "-----BEGIN PRIVATE KEY-----\nMIIsecret").toString();
    }

    @Test
    void aClientCertificateNeedsItsKeyAndTheOtherWayRound() {
        assertThat(tls("client-cert", cert).mistake().remedy()).contains("nomad-gate.tls.client-key");
        assertThat(tls("client-key", key).mistake().remedy()).contains("nomad-gate.tls.client-cert");
    }

    @Test
    void aFileHasToExistAndToHoldWhatTheSettingSays() {
        assertThat(tls("ca-cert", directory + "/absent.pem").mistake().problem()).contains("no such file");
        assertThat(tls("ca-cert", directory.toString()).mistake().problem()).isEqualTo("This is not a file.");
        assertThat(tls("ca-cert", key).mistake().problem()).contains("no certificate");
        assertThat(tls("client-cert", key).property("nomad-gate.tls.client-key", cert).mistakes()).hasSize(2);
    }

    @Test
    void anEncryptedKeyIsRefusedWithAWayOut() {
        String encrypted = write(directory.resolve("e.pem"), "-----BEGIN ENCRYPTED PRIVATE KEY-----").toString();
        String older = write(directory.resolve("o.pem"),
                "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED").toString();

        for (String file : new String[] {encrypted, older}) {
            assertThat(tls("client-cert", cert).property("nomad-gate.tls.client-key", file).mistake().remedy())
                    .contains("openssl pkey");
        }
    }

    @Test
    void noMessageShowsWhatAKeyFileHolds() {
        GateConfigException pathOfKey = tls("ca-cert", key).failure();
        GateConfigException contentOfKey = tls("client-key", "-----BEGIN PRIVATE KEY-----\nMIIsecret").failure();

        assertThat(pathOfKey).hasMessageNotContaining("MIIsecret");
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
