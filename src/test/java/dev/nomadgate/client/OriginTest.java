package dev.nomadgate.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class OriginTest {

    @Test
    void caseAndDefaultPortsAreFolded() {
        assertThat(Origin.parse("HTTPS://Gate.Example")).isEqualTo(new Origin("https", "gate.example", 443));
        assertThat(Origin.parse("http://gate:80")).isEqualTo(new Origin("http", "gate", 80)).hasToString("http://gate");
        assertThat(Origin.parse("http://[0:0::1]:443")).isEqualTo(new Origin("HTTP", "[::1]", 443));
    }

    @Test
    void errorQuotesTheTextAndSaysWhatIsWrong() {
        assertThatIllegalArgumentException().isThrownBy(() -> Origin.parse("https://gate.example/"))
                .withMessage("\"https://gate.example/\" is not an origin (scheme://host[:port]): "
                        + "nothing may follow host and port, not even a slash");
        assertThatIllegalArgumentException().isThrownBy(() -> Origin.parse("https://b\u00fccher.example"))
                .withMessageContaining("punycode");
    }

    @Test
    void partsAreCheckedHoweverTheOriginIsMade() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Origin("ws", "gate", 80));
        assertThatIllegalArgumentException().isThrownBy(() -> new Origin("http", "", 80));
        assertThatIllegalArgumentException().isThrownBy(() -> new Origin("http", "gate/", 80));
        assertThatIllegalArgumentException().isThrownBy(() -> new Origin("http", "gate", 0));
    }
}
