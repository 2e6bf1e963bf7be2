package dev.nomadgate.config;

import static dev.nomadgate.config.SourcesFixture.nothing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nomadgate.tools.CheckPolicy;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckPolicyTest {

    private static final String RULES = """
            nomad-gate.policy {
              mode = report-only
              default = deny
              rules = [
                { name = night, action = deny, namespaces = [prod], hours = "20:00-06:00", time-zone = "Europe/Berlin" }
                { name = look, action = allow, namespaces = [prod], commands = ["ls **"] }
                { name = "on call", action = allow, principals = ["*"], roles = [sre], clients = ["10.0.0.0/8"] }
                { name = dumps, action = allow, actions = ["dump*"] }
              ]
            }""";

    @TempDir
    Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void tellsWhichRuleDecidesAndWhyThoseBeforeDoNot() {
        assertThat(run("--namespace prod --task web --time 2026-11-26T09:00+01:00 -- ls -l /tmp")).isZero();
        assertThat(out.toString().lines()).containsExactly(
                "mode: report-only, nothing is refused; enforce would",
                "Nomad is asked about the allocation first",
                "deny \"night\": does not apply, see its hours",
                "allow \"look\": applies",
                "ALLOWED by rule \"look\"");
    }

    @Test
    void tellsARefusalAndWhatIsNotKnown() {
        assertThat(run("--time 2026-11-26T09:00Z -- sh")).isEqualTo(3);
        assertThat(out.toString().lines()).endsWith(
                "deny \"night\": does not apply, see its hours",
                "allow \"look\": does not apply, see its commands",
                "allow \"on call\": does not apply, see its clients",
                "allow \"dumps\": does not apply, see its actions",
                "REFUSED by default: No rule allows it.");
        out.reset();
        assertThat(run("--time 2026-11-26T23:00Z -- sh")).isEqualTo(3);
        assertThat(out.toString().lines()).endsWith(
                "deny \"night\": may apply, not known: the namespace of the allocation",
                "REFUSED by rule \"night\": Rule \"night\" refuses it, since it may apply and this is not known:"
                        + " the namespace of the allocation.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "--namespace dev --principal alice --roles ops,sre --client 10.0.0.7 -- sh | ALLOWED by rule \"on call\"",
        "--namespace dev --roles sre --client 10.0.0.7 -- sh                       | REFUSED by default",
        "--namespace prod --action dump-heap --job web --time 2026-11-26T09:00Z    | ALLOWED by rule \"dumps\"",
        "--namespace prod --action dump-heap --time 2026-11-26T22:00+01:00         | REFUSED by rule \"night\"",
    })
    void everyFactCanBeGiven(String arguments, String decision) {
        run(arguments);
        assertThat(out.toString().lines().reduce((one, last) -> last).orElseThrow()).startsWith(decision);
    }

    @Test
    void readsTheFileOfItsArgumentAndTellsTheMistakes() {
        String file = SourcesFixture.write(directory.resolve("my.conf"), "nomad-gate.policy.mode = on").toString();
        assertThat(run(nothing(), file, "--", "ls")).isEqualTo(1);
        assertThat(err.toString()).contains("my.conf: 1", "nomad-gate.policy.mode");
    }

    @Test
    void aPolicyThatIsOffIsJudgedAllTheSame() {
        assertThat(run(nothing().property("nomad-gate.policy.default", "deny"), "--", "ls")).isEqualTo(3);
        assertThat(out.toString()).startsWith("mode: off");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "--colour red           | --colour: unknown option",
        "--task                 | --task: its value is missing",
        "--client example.com   | not an IPv4 or IPv6 address",
        "--time 09:00           | such as 2026-11-26T09:00+01:00",
        "--action dump -- ls    | leave out what follows --",
    })
    void wrongArgumentsAreToldWithTheUsage(String arguments, String message) {
        assertThat(run(arguments)).isEqualTo(2);
        assertThat(err.toString()).contains(message, "Usage: CheckPolicy");
    }

    private int run(String arguments) {
        return run(nothing().file(directory, RULES), arguments.split(" +"));
    }

    private int run(SourcesFixture sources, String... arguments) {
        return CheckPolicy.run(sources.sources(), new PrintStream(out, true), new PrintStream(err, true), arguments);
    }
}
