package dev.nomadgate.policy;

import dev.nomadgate.client.AddressRanges;
import dev.nomadgate.session.ExecTarget;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Something that has to hold of an attempt for a rule to apply, as one setting of the rule says it. Immutable. */
public final class Condition {

    /** Whether it holds. */
    public enum Truth {
        YES, NO,
        /** What it asks about is not known. */
        UNKNOWN
    }

    private final String setting;
    private final Fact fact;
    private final Function<ExecAttempt, Truth> test;
    private final Set<String> roles;

    private Condition(String setting, Fact fact, Function<ExecAttempt, Truth> test) {
        this(setting, fact, test, Set.of());
    }

    private Condition(String setting, Fact fact, Function<ExecAttempt, Truth> test, Set<String> roles) {
        this.setting = setting;
        this.fact = fact;
        this.test = test;
        this.roles = roles;
    }

    public static Condition kinds(Set<ExecTarget.Kind> kinds) {
        Set<ExecTarget.Kind> some = Set.copyOf(kinds);
        return new Condition("kinds", Fact.KIND, attempt -> truth(some.contains(attempt.target().kind())));
    }

    public static Condition namespaces(List<Glob> globs) {
        return named("namespaces", Fact.NAMESPACE, attempt -> attempt.workload().namespace(), globs);
    }

    public static Condition jobs(List<Glob> globs) {
        return named("jobs", Fact.JOB, ExecAttempt::job, globs);
    }

    public static Condition groups(List<Glob> globs) {
        return named("groups", Fact.GROUP, attempt -> attempt.workload().group(), globs);
    }

    public static Condition tasks(List<Glob> globs) {
        return named("tasks", Fact.TASK, ExecAttempt::task, globs);
    }

    /** Holds of no exec session. */
    public static Condition actions(List<Glob> globs) {
        Condition named = named("actions", Fact.ACTION, attempt -> attempt.target().action(), globs);
        return new Condition(named.setting, named.fact, attempt -> attempt.isExec() ? Truth.NO : named.on(attempt));
    }

    /** Holds of no action: what that runs stands in the job. */
    public static Condition commands(List<CommandPattern> patterns, boolean ofAllowingRule) {
        return new Condition("commands", Fact.COMMAND, attempt -> {
            List<String> command = attempt.target().command();
            if (!attempt.isExec()) {
                return Truth.NO;
            }
            return command.isEmpty() ? Truth.UNKNOWN : truth(patterns.stream().anyMatch(pattern ->
                    ofAllowingRule ? pattern.covers(command) : pattern.touches(command)));
        });
    }

    public static Condition principals(List<Glob> globs) {
        return named("principals", Fact.WHO, ExecAttempt::principal, globs);
    }

    /** @param roles of which it takes one */
    public static Condition roles(List<String> roles) {
        return new Condition("roles", Fact.WHO, attempt -> attempt.principal().isEmpty()
                ? Truth.UNKNOWN : truth(roles.stream().anyMatch(attempt.inRole())), Set.copyOf(roles));
    }

    public static Condition clients(AddressRanges ranges) {
        return new Condition("clients", Fact.CLIENT, attempt -> truth(ranges.contains(attempt.client())));
    }

    public static Condition hours(Hours hours) {
        return new Condition("hours", Fact.TIME, attempt -> truth(hours.contain(attempt.at())));
    }

    private static Condition named(
            String setting, Fact fact, Function<ExecAttempt, Optional<String>> name, List<Glob> globs) {
        return new Condition(setting, fact, attempt -> name.apply(attempt)
                .map(text -> truth(globs.stream().anyMatch(glob -> glob.matches(text)))).orElse(Truth.UNKNOWN));
    }

    private static Truth truth(boolean holds) {
        return holds ? Truth.YES : Truth.NO;
    }

    Truth on(ExecAttempt attempt) {
        return test.apply(attempt);
    }

    /** The roles that it asks for. */
    Set<String> roles() {
        return roles;
    }

    /** What it asks about. */
    Fact fact() {
        return fact;
    }

    /** The name of the setting that says it. */
    public String setting() {
        return setting;
    }
}
