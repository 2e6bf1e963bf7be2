package dev.nomadgate.config;

import static dev.nomadgate.config.SourcesFixture.nothing;
import static dev.nomadgate.config.SourcesFixture.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nomadgate.tools.CheckConfig;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckConfigTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void saysOkAndWhatIsInEffect() {
        assertThat(run(nothing().variable("NOMAD_ADDR", "http://n:4646"))).isZero();
        assertThat(out.toString()).startsWith("OK").contains("file: none", "server: http://n:4646, weight 1");
    }

    @Test
    void saysThatNomadIsAskedForItsServers() {
        assertThat(run(nothing().property("nomad-gate.discovery.members", "true"))).isZero();
        assertThat(out.toString()).contains("members: asked every 30s");
    }

    @Test
    void saysWhoMayOpenSessions() {
        assertThat(run(nothing())).isZero();
        assertThat(run(nothing().property("nomad-gate.policy.mode", "enforce").property("nomad-gate.policy.default", "deny")
                .property("nomad-gate.policy.rules", "[{ name = a, action = allow }]"))).isZero();
        assertThat(out.toString()).containsSubsequence("policy: off", "policy: enforced, 1 rules, else deny");
    }

    @Test
    void readsTheFileOfItsArgumentAndTellsTheMistakes(@TempDir Path directory) {
        Path file = write(directory.resolve("my.conf"), "nomad-gate.servers = []");

        assertThat(run(nothing(), file.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("my.conf: 1", "There is no server.");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void wrongArgumentsAreNotAWrongConfiguration() {
        assertThat(run(nothing(), "a", "b")).isEqualTo(2);
    }

    private int run(SourcesFixture sources, String... arguments) {
        return CheckConfig.run(sources.sources(), new PrintStream(out, true), new PrintStream(err, true), arguments);
    }
}
