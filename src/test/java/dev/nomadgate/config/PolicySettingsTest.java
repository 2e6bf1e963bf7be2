package dev.nomadgate.config;

import static dev.nomadgate.config.SourcesFixture.nothing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nomadgate.policy.Condition;
import dev.nomadgate.policy.ExecRule;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicySettingsTest {

    @TempDir
    Path directory;

    @Test
    void withoutAnySettingNothingIsJudged() {
        PolicyConfig policy = nothing().read().policy();

        assertThat(policy.mode()).isEqualTo(PolicyConfig.Mode.OFF);
        assertThat(policy.allowsByDefault()).isTrue();
        assertThat(policy.rules()).isEmpty();
    }

    @Test
    void rulesKeepTheirOrderAndHaveTheConditionsThatTheySay() {
        PolicyConfig policy = nothing().file(directory, """
                nomad-gate.policy {
                  mode = report-only
                  default = deny
                  rules = [
                    { name = "a rule", action = deny, kinds = [exec], namespaces = [a], jobs = [a], groups = [a], tasks = [a],
                      commands = ["ls **", ["sh", "-c", "ls -l"]], principals = [a], roles = [a], clients = ["::1"],
                      hours = "08:00-18:00", days = "mon-fri", time-zone = "Europe/Berlin" }
                    { name = other, action = allow, actions = "a,b", days = [sat, sun] }
                    { name = last, action = allow }
                  ]
                }""").read().policy();

        assertThat(policy.mode()).isEqualTo(PolicyConfig.Mode.REPORT_ONLY);
        assertThat(policy.allowsByDefault()).isFalse();
        assertThat(policy.rules()).extracting(ExecRule::name).containsExactly("a rule", "other", "last");
        assertThat(policy.rules()).extracting(ExecRule::allows).containsExactly(false, true, true);
        assertThat(policy.rules().get(0).conditions()).extracting(Condition::setting).containsExactly("kinds", "namespaces",
                "jobs", "groups", "tasks", "commands", "principals", "roles", "clients", "hours");
        assertThat(policy.rules().get(1).conditions()).extracting(Condition::setting).containsExactly("actions", "hours");
        assertThat(policy.rules().get(2).conditions()).isEmpty();
    }

    @Test
    void rulesCanBeAProperty() {
        assertThat(nothing().property("nomad-gate.policy.rules.0", "{ name = a, action = deny, jobs = [b] }")
                .property("nomad-gate.policy.rules.1", "{ name = b, action = deny }").read().policy().rules())
                .extracting(ExecRule::name).containsExactly("a", "b");
    }

    /** A mistake in a rule, which of its settings it is about, and what is said. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "kinds = [shell]                       | .kinds[0]      | Write action or exec.",
        "kinds = []                            | .kinds         | leave kinds out",
        "namespaces = []                       | .namespaces    | leave namespaces out",
        "namespaces = \"\"                     | .namespaces    | Name at least one",
        "namespaces = 7                        | .namespaces    | Write a list",
        "namespaces = [7]                      | .namespaces[0] | in double quotes",
        "namespaces = [a, \"\"]                | .namespaces[1] | Write a name",
        "jobs = [\" web\"]                     | .jobs[0]       | Remove them.",
        "jobs = null                           | .jobs          | Write a list",
        "commands = [\"\"]                     | .commands[0]   | Write each word",
        "commands = [\"** ls\"]                | .commands[0]   | ** at the end",
        "commands = [\"sh -c 'ls -l'\"]        | .commands[0]   | Write the words as a list",
        "commands = [sh, \"-c\"]               | .commands[1]   | in one text",
        "commands = [[]]                       | .commands[0]   | Write each word",
        "commands = [[sh, [a]]]                | .commands[0]   | Write a list of texts.",
        "commands = [{}]                       | .commands[0]   | as a list of its words",
        "roles = [\"sre*\"]                    | .roles[0]      | no wildcards",
        "clients = [\"10.1.2.3/8\"]            | .clients[0]    | 10.0.0.0/8",
        "clients = [office.example]            | .clients[0]    | Write an address",
        "hours = \"8-18\"                      | .hours[0]      | such as \"08:00-18:00\"",
        "hours = \"08:00-08:00\"               | .hours[0]      | two different times",
        "hours = \"08:00-25:00\"               | .hours[0]      | 24:00",
        "hours = \"08:60-18:00\"               | .hours[0]      | two different times",
        "hours = []                            | .hours         | leave hours out",
        "days = monday                         | .days[0]       | mon, tue, wed, thu, fri, sat, sun",
        "days = \"mon-fri-sat\"                | .days[0]       | \"mon-fri\"",
        "days = mon, time-zone = \"Europe/Berlni\" | .time-zone | Did you mean \"Europe/Berlin\"?",
        "days = mon, time-zone = \"The/Moon\"  | .time-zone     | IANA",
        "time-zone = UTC                       | .time-zone     | Set one of them as well",
        "namespace = [a]                       | .namespace     | Did you mean nomad-gate.policy.rules[0].namespaces?",
        "comands = [ls]                        | .comands       | Did you mean nomad-gate.policy.rules[0].commands?",
        "commands = [ls], actions = [a]        | ''             | Make two rules of it.",
        "commands = [ls], kinds = [action]     | ''             | Make two rules of it.",
        "actions = [a], kinds = [exec]         | ''             | Make two rules of it.",
    })
    void aMistakeInARuleNamesItsSettingAndTheRemedy(String settings, String name, String remedy) {
        Mistake mistake = rules("{ name = r, action = deny, " + settings + " }").mistake();

        assertThat(mistake.setting()).isEqualTo("nomad-gate.policy.rules[0]" + name);
        assertThat(mistake.problem() + " " + mistake.remedy()).contains(remedy);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{ action = deny }                           | ''      | Add name",
        "{ name = r }                                | ''      | Add action",
        "{ name = r, action = refuse }               | .action | Write allow or deny.",
        "{ name = \"\", action = deny }              | .name   | up to 64",
        "{ name = \"a\\nb\", action = deny }         | .name   | up to 64",
        "{ name = default, action = deny }           | .name   | default is taken",
        "deny                                        | ''      | Write { name",
        "{ name = a, action = deny, jobs = [j] }, { name = a, action = deny } | .name | a name of its own",
    })
    void aRuleHasANameAndAnAction(String rules, String name, String remedy) {
        Mistake mistake = rules(rules).mistake();

        assertThat(mistake.setting()).matches("nomad-gate\\.policy\\.rules\\[\\d]\\Q" + name + "\\E");
        assertThat(mistake.remedy()).contains(remedy);
    }

    @Test
    void aRuleThatIsNeverAskedIsAMistake() {
        Mistake mistake = rules("{ name = all, action = allow }, { name = prod, action = deny, namespaces = [prod] }").mistake();

        assertThat(mistake.setting()).isEqualTo("nomad-gate.policy.rules[1]");
        assertThat(mistake.problem()).contains("nomad-gate.policy.rules[0] has no condition");
    }

    @Test
    void allMistakesAreToldAtOnce() {
        assertThat(rules("{ name = a, acton = deny }, 7, { name = b, action = deny, clients = [x], hours = y }")
                .property("nomad-gate.policy.mode", "on").property("nomad-gate.policy.default", "maybe").mistakes())
                .extracting(Mistake::setting).containsExactlyInAnyOrder("nomad-gate.policy.mode", "nomad-gate.policy.default",
                        "nomad-gate.policy.rules[0].acton", "nomad-gate.policy.rules[0]", "nomad-gate.policy.rules[1]",
                        "nomad-gate.policy.rules[2].clients[0]", "nomad-gate.policy.rules[2].hours[0]");
    }

    @Test
    void aModeIsOneOfThree() {
        assertThat(nothing().property("nomad-gate.policy.mode", "on").mistake().remedy())
                .isEqualTo("Write enforce or off or report-only.");
    }

    private SourcesFixture rules(String rules) {
        return nothing().file(directory, "nomad-gate.policy.rules = [" + rules + "]");
    }
}
