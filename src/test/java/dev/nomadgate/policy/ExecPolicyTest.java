package dev.nomadgate.policy;

import static dev.nomadgate.policy.Attempts.attempt;
import static dev.nomadgate.policy.Attempts.enforced;
import static dev.nomadgate.policy.Attempts.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nomadgate.proxy.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the rules mean, as tables. */
class ExecPolicyTest {

    private static final String ANY = "namespace=prod job=web task=sh command=ls_-l who=alice client=10.0.0.1";

    /** A condition, an attempt for which it holds, and one for which it does not. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "namespaces = [prod]                     | namespace=prod                | namespace=prod2",
        "namespaces = [\"prod*\", dev]           | namespace=prod-eu             | namespace=test",
        "namespaces = [prod]                     | namespace=prod                | namespace=PROD",
        "jobs = [\"team/*\"]                     | job=team/batch                | job=team",
        "jobs = [\"batch\", \"batch/*\"]         | job=batch/dispatch-17         | job=batch2",
        "jobs = [web]                            | action=dump asks=web          | action=dump asks=db",
        "groups = [\"w?b\"]                      | group=web                     | group=weeb",
        "groups = [web]                          | action=dump group=web         | action=dump group=db",
        "tasks = [sh]                            | task=sh                       | task=sidecar",
        "kinds = [exec]                          | command=ls                    | action=dump",
        "kinds = [action]                        | action=dump                   | command=ls",
        "actions = [\"du*\"]                     | action=dump                   | action=drop",
        "actions = [\"*\"]                       | action=dump                   | command=dump",
        "commands = [\"**\"]                     | command=dump                  | action=dump",
        "principals = [\"al*\"]                  | who=alice                     | who=bob",
        "principals = [alice]                    | who=alice                     | who=Alice",
        "roles = [sre, admin]                    | who=a role=x,admin            | who=a role=x",
        "clients = [\"10.0.0.0/8\", \"::1\"]     | client=10.1.2.3               | client=11.0.0.1",
        "clients = [\"10.0.0.0/8\"]              | client=::ffff:10.1.2.3        | client=::1",
        "hours = \"08:00-18:00\", time-zone = UTC | at=2026-11-26T08:00:00Z      | at=2026-11-26T18:00:00Z",
        "days = [thu], time-zone = UTC           | at=2026-11-26T00:00:00Z       | at=2026-11-27T00:00:00Z",
        "hours = \"08:00-18:00\", time-zone = \"Europe/Berlin\" | at=2026-11-26T07:00:00Z | at=2026-11-26T17:00:00Z",
        "namespaces = [prod], principals = [alice] | namespace=prod who=alice    | namespace=prod who=bob",
    })
    void aRuleAppliesWhereAllItsConditionsHold(String condition, String holds, String doesNot) {
        ExecPolicy allows = enforced("deny", rule("r", "allow", condition));
        assertThat(allows.judge(attempt(holds))).isEqualTo(new Decision.Allowed("r"));
        assertThat(allows.judge(attempt(doesNot))).isInstanceOf(Decision.Refused.class);

        ExecPolicy denies = enforced("allow", rule("r", "deny", condition));
        assertThat(denies.judge(attempt(holds)).rule()).isEqualTo("r");
        assertThat(denies.judge(attempt(doesNot))).isEqualTo(new Decision.Allowed("default"));
    }

    /** What is not known is never to the advantage of who asks. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "namespaces = [\"*\"]    | command=ls                     | the namespace of the allocation",
        "jobs = [\"*\"]          | command=ls                     | the job of the allocation",
        "groups = [\"*\"]        | command=ls                     | the group of the allocation",
        "namespaces = [dev]      | action=dump asks=web claims=dev | the namespace of the allocation",
        "groups = [claimed]      | action=dump asks=web           | the group of the allocation",
        "tasks = [\"*\"]         | command=ls                     | the task",
        "actions = [\"*\"]       | action=                        | the action",
        "commands = [\"**\"]     | task=sh                        | the command",
        "commands = [\"**\"]     | raw=ls                         | the command",
        "commands = [\"**\"]     | raw=[\"ls\"                    | the command",
        "commands = [\"**\"]     | raw=[]                         | the command",
        "principals = [\"*\"]    | command=ls                     | who asks",
        "roles = [sre]           | command=ls role=sre            | who asks",
    })
    void anUnknownFactAllowsNothingAndDeniesAll(String condition, String attempt, String unknown) {
        Decision notAllowed = enforced("deny", rule("open", "allow", condition)).judge(attempt(attempt));
        assertThat(notAllowed.rule()).isEqualTo("default");
        assertThat(((Decision.Refused) notAllowed).reason())
                .isEqualTo("No rule allows it. Rule \"open\" might, but this is not known: " + unknown + ".");

        Decision denied = enforced("allow", rule("shut", "deny", condition)).judge(attempt(attempt));
        assertThat(denied.rule()).isEqualTo("shut");
        assertThat(((Decision.Refused) denied).reason())
                .isEqualTo("Rule \"shut\" refuses it, since it may apply and this is not known: " + unknown + ".");
    }

    @Test
    void anUnknownFactIsOfNoMatterWhereAnotherConditionDoesNotHold() {
        ExecPolicy policy = enforced("allow", rule("r", "deny", "namespaces = [prod], clients = [\"10.0.0.1\"]"));
        assertThat(policy.judge(attempt("client=10.0.0.2"))).isInstanceOf(Decision.Allowed.class);
        assertThat(policy.judge(attempt("client=10.0.0.1"))).isInstanceOf(Decision.Refused.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "commands = [sh]                     | command=sh                            | true  | true",
        "commands = [sh]                     | command=/bin/sh_-c_id                 | false | true",
        "commands = [\"cat /var/log/*\"]     | command=cat_/var/log/../../etc/shadow | false | true",
        "commands = [\"ls\", \"cat *\"]      | command=cat_x                         | true  | true",
        "commands = [[sh, \"-c\", \"ls x\"]] | command=sh_-c_lsx                     | false | false",
    })
    void aCommandIsAllowedWhereItIsCoveredAndDeniedWhereItIsTouched(
            String condition, String attempt, boolean allowed, boolean denied) {
        assertThat(enforced("deny", rule("r", "allow", condition)).judge(attempt(attempt)) instanceof Decision.Allowed)
                .isEqualTo(allowed);
        assertThat(enforced("allow", rule("r", "deny", condition)).judge(attempt(attempt)) instanceof Decision.Refused)
                .isEqualTo(denied);
    }

    @Test
    void onlyTheRolesOfTheRulesAreAskedFor() {
        assertThat(enforced("deny", rule("r", "allow", "roles = [sre, admin]") + "," + rule("s", "deny", "roles = [sre]"))
                .roles()).containsExactlyInAnyOrder("sre", "admin");
        assertThat(policy("off", "deny", rule("r", "allow", "roles = [sre]")).roles()).isEmpty();
    }

    @Test
    void theFirstRuleThatAppliesDecides() {
        ExecPolicy policy = enforced("deny", rule("one", "allow", "tasks = [sh]") + "," + rule("two", "deny", "tasks = [sh]")
                + "," + rule("three", "allow", "tasks = [\"*\"]"));
        assertThat(policy.judge(attempt("task=sh"))).isEqualTo(new Decision.Allowed("one"));
        assertThat(policy.judge(attempt("task=web"))).isEqualTo(new Decision.Allowed("three"));
        assertThat(policy.judge(attempt("")).rule()).as("two may apply, one must not").isEqualTo("two");
    }

    @Test
    void withoutRulesTheDefaultDecides() {
        assertThat(enforced("allow", "").judge(attempt(ANY))).isEqualTo(new Decision.Allowed("default"));
        assertThat(enforced("deny", "").judge(attempt(ANY))).isEqualTo(
                new Decision.Refused("default", "No rule allows it.", "Ask whoever runs the gate for one."));
    }

    @Test
    void aPolicyThatIsOffAllowsWhateverItsRulesSay() {
        ExecPolicy off = policy("off", "deny", rule("r", "deny", "namespaces = [prod]"));
        assertThat(off.judge(attempt(ANY))).isEqualTo(new Decision.Allowed("default"));
        assertThat(off.needsWorkload(attempt(""))).isFalse();
    }

    @Test
    void aPolicyOnTrialTellsWhatItWouldRefuse() {
        ExecPolicy trial = policy("report-only", "allow", rule("r", "deny", "tasks = [sh]"));
        Decision decision = trial.judge(attempt(ANY));
        assertThat(decision).isEqualTo(new Decision.WouldRefuse("r", "Rule \"r\" refuses it."));
        assertThat(PolicyRefusal.line("GET /x from 192.0.2.1", (Decision.WouldRefuse) decision))
                .isEqualTo("nomad-gate.policy would refuse GET /x from 192.0.2.1: Rule \"r\" refuses it.");
        assertThat(trial.judge(attempt("task=web"))).isEqualTo(new Decision.Allowed("default"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tasks = [\"*\"]", "commands = [\"**\"]", "clients = [\"10.0.0.1\"]", "actions = [\"*\"]"})
    void nomadIsNotAskedForWhatNoRuleWantsToKnow(String condition) {
        assertThat(enforced("deny", rule("r", "allow", condition)).needsWorkload(attempt("task=sh"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "namespaces = [a]                            | command=ls              | true",
        "jobs = [a]                                  | command=ls              | true",
        "groups = [a]                                | command=ls              | true",
        "namespaces = [a]                            | action=dump claims=a    | true",
        "groups = [a]                                | action=dump             | true",
        "jobs = [a]                                  | action=dump             | false",
        "namespaces = [a], kinds = [action]          | command=ls              | false",
        "namespaces = [a], clients = [\"10.0.0.1\"]  | client=10.0.0.2         | false",
    })
    void nomadIsAskedForWhatOnlyNomadKnows(String condition, String attempt, boolean asked) {
        assertThat(enforced("allow", rule("r", "deny", condition)).needsWorkload(attempt(attempt))).isEqualTo(asked);
    }

    @Test
    void nomadIsNotAskedAboutWhatAnEarlierRuleDecides() {
        ExecPolicy policy = enforced("deny", rule("inside", "deny", "clients = [\"192.0.2.0/24\"]") + ","
                + rule("dev", "allow", "namespaces = [dev]"));
        assertThat(policy.needsWorkload(attempt("client=192.0.2.1"))).isFalse();
        assertThat(policy.needsWorkload(attempt("client=10.0.0.1"))).isTrue();
    }

    @Test
    void aRefusalTellsTheRuleAndWhatToDoAndNothingOfTheCommand() {
        Decision refused = enforced("allow", rule("no shells", "deny", "commands = [sh]"))
                .judge(attempt("command=sh_-c_s3cret"));
        Failure failure = PolicyRefusal.failure((Decision.Refused) refused);
        assertThat(failure.status()).isEqualTo(403);
        assertThat(failure.detail()).isEqualTo("Rule \"no shells\" refuses it.");
        assertThat(failure.remedy()).startsWith("No session was opened at Nomad.").contains("name the rule");
        assertThat(failure.toString()).doesNotContain("s3cret");
    }

    private static String rule(String name, String action, String conditions) {
        return "{ name = \"" + name + "\", action = " + action + ", " + conditions + " }";
    }
}
