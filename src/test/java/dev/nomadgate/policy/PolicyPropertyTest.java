package dev.nomadgate.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.nomadgate.client.AddressRanges;
import dev.nomadgate.client.IpLiteral;
import dev.nomadgate.config.PolicyConfig;
import dev.nomadgate.session.ExecTarget;
import dev.nomadgate.session.Workload;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds of any policy and any attempt. */
class PolicyPropertyTest {

    private static final PolicyConfig.Mode ENFORCE = PolicyConfig.Mode.ENFORCE;

    @Property
    void aGlobMatchesWhatTheObviousMatcherMatches(
            @ForAll("patterns") String pattern, @ForAll("subjects") String subject) {
        assertThat(new Glob(pattern).matches(subject)).isEqualTo(obvious(pattern, subject));
    }

    @Property
    void judgingNeverThrowsAndTheWordsCanBeShown(@ForAll("rules") List<ExecRule> rules, @ForAll boolean allow,
            @ForAll PolicyConfig.Mode mode, @ForAll("attempts") ExecAttempt attempt) {
        ExecPolicy policy = new ExecPolicy(new PolicyConfig(mode, allow, rules));
        assertThatCode(() -> policy.needsWorkload(attempt)).doesNotThrowAnyException();
        Decision decision = policy.judge(attempt);
        if (decision instanceof Decision.Refused refused) {
            assertThat(refused.reason()).matches("[ -~]{1,400}");
            assertThat(PolicyRefusal.failure(refused).status()).isEqualTo(403);
        }
    }

    @Property
    void aRuleThatDoesNotApplyChangesNothing(@ForAll("rules") List<ExecRule> rules, @ForAll boolean allow,
            @ForAll("rule") ExecRule another, @ForAll("attempts") ExecAttempt attempt, @ForAll("places") int place) {
        ExecRule elsewhere = with(another, Condition.clients(AddressRanges.of(List.of("203.0.113.9"))));
        List<ExecRule> more = new ArrayList<>(rules);
        more.add(Math.min(place, rules.size()), elsewhere);
        assertThat(enforced(allow, more).judge(attempt)).isEqualTo(enforced(allow, rules).judge(attempt));
    }

    @Property
    void reportOnlyRefusesNothingAndTellsWhatEnforceRefuses(@ForAll("rules") List<ExecRule> rules, @ForAll boolean allow,
            @ForAll("attempts") ExecAttempt attempt) {
        Decision enforced = enforced(allow, rules).judge(attempt);
        Decision trial = new ExecPolicy(new PolicyConfig(PolicyConfig.Mode.REPORT_ONLY, allow, rules)).judge(attempt);
        if (enforced instanceof Decision.Refused refused) {
            assertThat(trial).isEqualTo(new Decision.WouldRefuse(refused.rule(), refused.reason()));
        } else {
            assertThat(trial).isEqualTo(enforced);
        }
    }

    @Property
    void withNoRulesADefaultOfDenyRefusesEverything(@ForAll("attempts") ExecAttempt attempt) {
        assertThat(enforced(false, List.of()).judge(attempt)).isInstanceOf(Decision.Refused.class);
    }

    /** Whatever is not said: had anything been said in its place, nothing would have been refused either. */
    @Property
    void whatIsAllowedWithoutKnowingIsAllowedWhateverTheTruth(@ForAll("rules") List<ExecRule> rules, @ForAll boolean allow,
            @ForAll("attempts") ExecAttempt known, @ForAll("workloads") Workload told, @ForAll("principals") Optional<String> who) {
        ExecTarget target = known.target();
        ExecTarget silent = new ExecTarget(target.kind(), target.region(), new Workload(Optional.empty(),
                target.workload().job(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
                Optional.empty(), List.of(), false, false);
        ExecAttempt unknown = new ExecAttempt(silent, only(known.workload()), Optional.empty(), known.inRole(),
                known.client(), known.at());
        ExecAttempt truth = new ExecAttempt(target, told.with(only(known.workload())), who, known.inRole(),
                known.client(), known.at());
        if (enforced(allow, rules).judge(unknown) instanceof Decision.Allowed) {
            assertThat(enforced(allow, rules).judge(truth)).isInstanceOf(Decision.Allowed.class);
        }
    }

    /** Who does not ask Nomad where that is not needed gets the same decision as who does. */
    @Property
    void whereNomadIsNotNeededNothingThatItSaysMatters(@ForAll("rules") List<ExecRule> rules, @ForAll boolean allow,
            @ForAll("attempts") ExecAttempt attempt) {
        ExecPolicy policy = enforced(allow, rules);
        ExecAttempt before = attempt.with(Workload.UNKNOWN);
        if (!policy.needsWorkload(before)) {
            assertThat(policy.judge(attempt)).isEqualTo(policy.judge(before));
        }
    }

    /** Half of what is known. */
    private static Workload only(Workload workload) {
        return new Workload(workload.namespace(), Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty());
    }

    private static ExecPolicy enforced(boolean allow, List<ExecRule> rules) {
        return new ExecPolicy(new PolicyConfig(ENFORCE, allow, rules));
    }

    private static ExecRule with(ExecRule rule, Condition more) {
        List<Condition> conditions = new ArrayList<>(rule.conditions());
        conditions.add(more);
        return new ExecRule(rule.name(), rule.allows(), conditions);
    }

    private static boolean obvious(String pattern, String subject) {
        if (pattern.isEmpty()) {
            return subject.isEmpty();
        }
        if (pattern.charAt(0) == '*') {
            return obvious(pattern.substring(1), subject) || !subject.isEmpty() && obvious(pattern, subject.substring(1));
        }
        return !subject.isEmpty() && (pattern.charAt(0) == '?' || pattern.charAt(0) == subject.charAt(0))
                && obvious(pattern.substring(1), subject.substring(1));
    }

    @Provide
    Arbitrary<String> patterns() {
        return Arbitraries.strings().withChars("ab*?").ofMinLength(1).ofMaxLength(8);
    }

    @Provide
    Arbitrary<String> subjects() {
        return Arbitraries.strings().withChars("ab*").ofMaxLength(10);
    }

    @Provide
    Arbitrary<List<ExecRule>> rules() {
        return rule().list().ofMaxSize(5);
    }

    @Provide
    Arbitrary<ExecRule> rule() {
        return Combinators.combine(Arbitraries.of("one", "two", "three"), Arbitraries.of(true, false),
                Arbitraries.of("ab", "a*", "*", "?", "b"), Arbitraries.integers().between(0, 10).list().ofMaxSize(3))
                .as((name, allows, pattern, which) -> new ExecRule(name, allows,
                        which.stream().map(i -> condition(i, pattern, allows)).toList()));
    }

    private static Condition condition(int which, String pattern, boolean allows) {
        List<Glob> globs = List.of(new Glob(pattern));
        return switch (which) {
            case 0 -> Condition.kinds(Set.of(ExecTarget.Kind.EXEC));
            case 1 -> Condition.namespaces(globs);
            case 2 -> Condition.jobs(globs);
            case 3 -> Condition.groups(globs);
            case 4 -> Condition.tasks(globs);
            case 5 -> Condition.actions(globs);
            case 6 -> Condition.commands(List.of(new CommandPattern(List.of(pattern, "**"))), allows);
            case 7 -> Condition.principals(globs);
            case 8 -> Condition.roles(List.of("a", "ab"));
            case 9 -> Condition.clients(AddressRanges.of(List.of("10.0.0.0/8")));
            default -> Condition.hours(new Hours(Set.of(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
                    List.of(new Hours.Span(600, 300)), ZoneOffset.UTC));
        };
    }

    @Provide
    Arbitrary<ExecAttempt> attempts() {
        return Combinators.combine(targets(), workloads(), principals(), Arbitraries.of("a", "b", "x"),
                Arbitraries.of("10.0.0.1", "192.0.2.1", "::1"), Arbitraries.longs().between(0, 4_000_000_000L))
                .as((target, workload, who, role, client, at) -> new ExecAttempt(target, workload, who, role::equals,
                        IpLiteral.parse(client).orElseThrow(), Instant.ofEpochSecond(at)));
    }

    private static Arbitrary<ExecTarget> targets() {
        return Combinators.combine(Arbitraries.of(ExecTarget.Kind.class), names(), names(), names(),
                Arbitraries.oneOf(names().map(name -> name.map(List::of).orElse(List.of())),
                        Arbitraries.strings().list().ofMaxSize(3)))
                .as((kind, job, task, action, command) -> new ExecTarget(kind, Optional.empty(), new Workload(
                        Optional.of("claimed"), job, Optional.of("claimed"), task, Optional.empty(), Optional.empty()),
                        action, command, false, false));
    }

    @Provide
    Arbitrary<Workload> workloads() {
        return Combinators.combine(names(), names(), names()).as((namespace, job, group) -> new Workload(
                namespace, job, group, Optional.empty(), Optional.empty(), Optional.empty()));
    }

    @Provide
    Arbitrary<Optional<String>> principals() {
        return names();
    }

    private static Arbitrary<Optional<String>> names() {
        return Arbitraries.of("a", "ab", "b", "\u0000", "claimed").optional(0.7);
    }

    @Provide
    Arbitrary<Integer> places() {
        return Arbitraries.integers().between(0, 5);
    }
}
