package dev.nomadgate.upstream.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What works all the same, but not without a word in the log: {@code skip-verify} above all. */
class TlsWarningsTest {

    private final Logger logger = Logger.getLogger(UpstreamTls.class.getName());
    private final List<LogRecord> warnings = new CopyOnWriteArrayList<>();
    private final Handler listener = new Handler() {
        @Override
        public void publish(LogRecord record) {
            warnings.add(record);
        }

        @Override
        public void flush() {
            // nothing is held back
        }

        @Override
        public void close() {
            // nothing is open
        }
    };

    @BeforeEach
    void listen() {
        logger.addHandler(listener);
    }

    @AfterEach
    void stopListening() {
        logger.removeHandler(listener);
    }

    @ParameterizedTest
    @ValueSource(strings = {"server-twin", "server-expired", "server-name-only", "server-no-purpose"})
    void acceptsAnyCertificate(String certificate) throws Exception {
        try (TlsServer server = TlsServer.with(certificate)) {
            Gate gate = Gate.trusting("other-ca").expecting("server.eu.nomad").skippingVerification();
            assertThat(gate.call(server.url("127.0.0.1"))).isEqualTo("200");
        }
    }

    @Test
    void warnsOnceWhateverTheNumberOfCalls() throws Exception {
        try (TlsServer server = TlsServer.with("server-twin")) {
            Gate.trusting("ca").skippingVerification().call(server.url("localhost"));
        }

        assertThat(warnings).singleElement().satisfies(warning -> {
            assertThat(warning.getLevel()).isEqualTo(Level.WARNING);
            assertThat(warning.getMessage()).contains("tls.skip-verify = true", "ANY certificate");
        });
    }

    @Test
    void isSilentWhenItVerifies() throws Exception {
        UpstreamTls.clientFactory(Gate.trusting("ca").presenting("client-ec", "client-ec-sec1-key").config());

        assertThat(warnings).isEmpty();
    }

    @Test
    void warnsOfAClientCertificateThatHasExpired() throws Exception {
        UpstreamTls.clientFactory(Gate.trusting("ca").presenting("server-expired", "server-expired-key").config());

        assertThat(warnings).singleElement().extracting(LogRecord::getMessage).asString()
                .contains("tls.client-cert", "expired on 2021-01-01");
    }
}
