package dev.nomadgate.upstream.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.nomadgate.config.TlsConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said about settings that cannot work: setting, file, what is wrong, the remedy. */
class TlsMistakesTest {

    @TempDir
    private Path directory;

    @Test
    void listsAllMistakesAtOnce() {
        TlsConfigException e = refused(new TlsConfig(Optional.of(directory.resolve("a.pem")),
                Optional.of(directory.resolve("b.pem")), Optional.of(directory.resolve("c.pem")),
                Optional.of("no_name"), false));

        assertThat(e.mistakes()).extracting(TlsMistake::setting).containsExactly(
                "nomad-gate.tls.server-name", "nomad-gate.tls.ca-cert",
                "nomad-gate.tls.client-cert", "nomad-gate.tls.client-key");
        assertThat(e.getMessage().lines()).hasSize(4);
        assertThat(e).hasMessageContaining("a.pem: there is no such file; correct the path");
    }

    @Test
    void saysWhereARelativePathWasLookedFor() {
        assertThat(ofCa(Path.of("nowhere.pem")).remedy()).contains(Path.of("nowhere.pem").toAbsolutePath().toString());
    }

    @Test
    void refusesADirectory() {
        assertThat(ofCa(directory).problem()).isEqualTo("this is a directory");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "garbage", "\u0000\u0001", "-----BEGIN CERTIFICATE-----\nMIIB", "-----BEGIN -----END"})
    void refusesWhatIsNotPem(String content) throws IOException {
        assertThat(ofCa(file(content)).problem()).startsWith("there is no complete PEM block");
    }

    @Test
    void refusesABundleThatIsCutShort() throws IOException {
        String whole = Files.readString(TestPki.pem("both-cas"));

        assertThat(ofCa(file(whole.substring(0, whole.length() - 40))).problem()).contains("cut short");
    }

    @Test
    void refusesADamagedCertificate() throws IOException {
        String first = Files.readString(TestPki.ca());
        String second = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";

        assertThat(ofCa(file(first + second)).problem()).contains("certificate number 2 in it is damaged");
        assertThat(ofCa(file(second.replace("MII", "!!!"))).problem()).contains("not valid base64");
    }

    @Test
    void refusesAKeyWhereACertificateBelongs() {
        assertThat(ofCa(TestPki.clientKey()).problem()).contains("no CERTIFICATE in this file, only EC PRIVATE KEY");
    }

    @Test
    void refusesACertificateWhereAKeyBelongs() {
        assertThat(ofKey("client-ec", TestPki.clientCert()).problem())
                .contains("no private key in this file, only CERTIFICATE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"client-ec-pkcs8-encrypted-key", "client-ec-sec1-encrypted-key"})
    void refusesAnEncryptedKey(String key) {
        TlsMistake mistake = ofKey("client-ec", TestPki.pem(key));

        assertThat(mistake.setting()).isEqualTo("nomad-gate.tls.client-key");
        assertThat(mistake.problem()).contains("encrypted");
        assertThat(mistake.remedy()).contains("openssl pkey");
    }

    @ParameterizedTest
    @CsvSource({
        "client-ec, client-rsa-pkcs1-key",
        "client-ec, client-foreign-key",
        "client-rsa, client-ec-sec1-key"})
    void refusesTheKeyOfAnotherCertificate(String certificate, String key) {
        TlsMistake mistake = ofKey(certificate, TestPki.pem(key));

        assertThat(mistake.problem()).contains("does not belong to the certificate in", "CN=client.global.nomad");
        assertThat(mistake.remedy()).contains("nomad tls cert create");
    }

    @Test
    void refusesAChainThatBeginsWithAnAuthority() {
        assertThat(ofKey("client-chain-reversed", TestPki.pem("client-chain-key")).problem())
                .contains("certificate number 2");
    }

    @ParameterizedTest
    @CsvSource({"EC PRIVATE KEY, MAA=", "RSA PRIVATE KEY, MIIB", "PRIVATE KEY, MIIB", "EC PRIVATE KEY, MIT/////AA==",
        "EC PRIVATE KEY, MHcCAQEEIA==", "DSA PRIVATE KEY, MIIB", "OPENSSH PRIVATE KEY, MIIB"})
    void refusesADamagedOrUnknownKeyAndDoesNotQuoteIt(String label, String base64) throws IOException {
        Path key = file("-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n");

        TlsMistake mistake = ofKey("client-ec", key);

        assertThat(mistake.problem()).contains(label.startsWith("EC") ? "key" : label).doesNotContain(base64);
    }

    @Test
    void refusesACertificateWithoutItsKey() {
        TlsConfigException e = refused(new TlsConfig(Optional.empty(), Optional.of(TestPki.clientCert()),
                Optional.empty(), Optional.empty(), false));

        assertThat(e).hasMessageContaining("client-key = (not set)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://server.global.nomad", "server.global.nomad:4646", "a b", "", "[::1]", "x_y"})
    void refusesANameThatNoCertificateCanBear(String name) {
        TlsConfigException e = refused(Gate.trusting("ca").expecting(name).config());

        assertThat(e.mistakes()).singleElement().extracting(TlsMistake::setting)
                .isEqualTo("nomad-gate.tls.server-name");
    }

    private TlsMistake ofCa(Path ca) {
        return only(new TlsConfig(Optional.of(ca), Optional.empty(), Optional.empty(), Optional.empty(), false));
    }

    private TlsMistake ofKey(String certificate, Path key) {
        return only(Gate.trusting("ca").presenting(TestPki.pem(certificate), key).config());
    }

    private TlsMistake only(TlsConfig config) {
        assertThat(refused(config).mistakes()).hasSize(1);
        return refused(config).mistakes().get(0);
    }

    private static TlsConfigException refused(TlsConfig config) {
        TlsConfigException e = catchThrowableOfType(TlsConfigException.class, () -> UpstreamTls.clientFactory(config));
        assertThat(e).as("refused").isNotNull();
        return e;
    }

    private Path file(String content) throws IOException {
        return Files.writeString(Files.createTempFile(directory, "tls", ".pem"), content);
    }
}
