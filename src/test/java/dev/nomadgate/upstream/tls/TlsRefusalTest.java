package dev.nomadgate.upstream.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nomadgate.config.TlsConfig;
import java.net.ConnectException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Failures for which no server of ours can be made to fail, and the texts of every Java. */
class TlsRefusalTest {

    private static final TlsConfig PLAIN = Gate.trustingWhatJavaTrusts().config();

    @Test
    void isSilentAboutOtherFailures() {
        assertThat(TlsRefusal.explain(new ConnectException("Connection refused"), "nomad", PLAIN)).isEmpty();
        assertThat(TlsRefusal.explain(null, "nomad", PLAIN)).isEmpty();
    }

    @Test
    void endsWhenTheCausesRunInACircle() {
        Exception one = new Exception("one");
        Exception two = new Exception("two", one);
        one.initCause(two);

        assertThat(TlsRefusal.explain(one, "nomad", PLAIN)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "Received fatal alert: certificate_required | the gate has none",
        "(certificate_required) Received fatal alert: certificate_required | the gate has none",
        "Received fatal alert: unrecognized_name | does not go by the name nomad",
        "Received fatal alert: protocol_version | no TLS version and cipher in common",
        "(handshake_failure) Received fatal alert: handshake_failure | no TLS version and cipher in common",
        "Received fatal alert: handshake_failure | Otherwise: Nomad's server asks for a client certificate",
        "Received fatal alert: internal_error | broke the TLS handshake off (alert internal_error)",
        "Unsupported or unrecognized SSL message | without TLS",
        "(unexpected_message) Unsupported or unrecognized SSL message | without TLS",
        "Unrecognized SSL message, plaintext connection? | without TLS",
        "Abruptly closed by peer | the port in its address",
        "something new | TLS with Nomad's server failed (something new). Expected was the name nomad"})
    void explains(String message, String words) {
        Throwable failure = new ExecutionException(new SSLHandshakeException(message));

        assertThat(TlsRefusal.explain(failure, "nomad", PLAIN)).hasValueSatisfying(
                explanation -> assertThat(explanation).contains(words));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bad\r\nSet-Cookie: x", "bad\u0000\u001b[31m", "bad\u202Ename", "bad\u2028line"})
    void passesNoControlCharactersOn(String message) {
        String explanation = TlsRefusal.explain(new SSLException(message), message, PLAIN).orElseThrow();

        assertThat(explanation).contains("bad?").doesNotMatch("(?s).*[\\p{Cntrl}\\p{Cf}\u2028].*");
    }

    @Test
    void shortensWhatTheServerMadeLong() {
        Optional<String> explanation = TlsRefusal.explain(new SSLException("x".repeat(100_000)), "nomad", PLAIN);

        assertThat(explanation.orElseThrow()).hasSizeLessThan(500);
    }
}
