package dev.nomadgate.contract.exec;

import static dev.nomadgate.standin.StandInNomad.ECHO_ALLOC;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nomadgate.contract.GateUnderTest;
import dev.nomadgate.contract.containers.ContainerKind;
import dev.nomadgate.standin.StandInNomad;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The settings that widen and narrow who may open a session, behind a trusted proxy that ends TLS. */
class OriginSettingsIT extends ExecContract {

    private static final StandInNomad NOMAD = StandInNomad.start();
    private static GateUnderTest running;

    OriginSettingsIT(ContainerKind kind) {
        super(kind, gate(kind));
    }

    private static GateUnderTest gate(ContainerKind kind) {
        NOMAD.reset();
        if (running == null || running.container().kind() != kind) {
            stop();
            running = new GateUnderTest(kind.start(GateUnderTest.options(NOMAD)
                    .with("client.trusted-proxies", "127.0.0.1")
                    .with("client.allowed-hosts", "gate.example,inner.example")
                    .with("exec.allowed-origins", "https://portal.example")
                    .with("exec.require-origin", "true")), NOMAD);
        }
        return running;
    }

    @AfterAll
    static void stop() {
        if (running != null) {
            running.container().close();
            running = null;
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "inner.example | Origin: https://gate.example;X-Forwarded-Proto: https;X-Forwarded-Host: gate.example",
            "inner.example | Origin: https://gate.example;Forwarded: proto=https\\,host=gate.example",
            "gate.example | Origin: https://gate.example;X-Forwarded-Proto: https",
            "gate.example | Origin: http://gate.example",
            "gate.example | Origin: https://portal.example"})
    void whatTheTrustedProxySaysMakesTheOriginsMatch(String host, String lines) throws IOException {
        assertThat(status(host, lines.replace("\\,", ";"))).isEqualTo(101);
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "Origin: http://gate.example;X-Forwarded-Proto: https",
            "Origin: http://portal.example",
            "Origin: https://portal.example:444",
            "Origin: https://a.portal.example",
            "Origin: https://portal.example.evil.example",
            "Origin: https://evil.example;X-Forwarded-Proto: https;X-Forwarded-Host: gate.example",
            "X-Forwarded-Proto: https"})
    void anyOtherOriginAndAMissingOneAreRefused(String lines) throws IOException {
        assertThat(status("gate.example", lines)).isEqualTo(403);
        assertThat(nomad.requests()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "evil.example | Origin: http://evil.example",
            "evil.example | Origin: https://portal.example",
            "gate.example | Origin: http://evil.example;X-Forwarded-Host: evil.example",
            "evil.example | Origin: http://gate.example;X-Forwarded-Host: gate.example",
            "gate.example. | Origin: http://gate.example."})
    void aNameThatIsNotTheGatesOpensNothingWhateverItsOrigin(String host, String lines) throws IOException {
        assertThat(status(host, lines)).isEqualTo(403);
        assertThat(nomad.requests()).isEmpty();
    }

    private int status(String host, String lines) throws IOException {
        return answer(handshakeTo(host, exec(ECHO_ALLOC), lines.split(";(?=[A-Z])"))).status();
    }
}
