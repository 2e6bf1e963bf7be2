package dev.nomadgate.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One rule of the policy. Immutable.
 *
 * @param name by which people know it
 * @param allows whether it allows what it applies to, or denies it
 * @param conditions which all have to hold for it to apply; with none it always does
 */
public record ExecRule(String name, boolean allows, List<Condition> conditions) {

    public ExecRule {
        conditions = List.copyOf(conditions);
    }

    Finding on(ExecAttempt attempt) {
        List<Condition> unknown = new ArrayList<>();
        for (Condition condition : conditions) {
            switch (condition.on(attempt)) {
                case NO -> {
                    // Whatever the others are, known or not.
                    return new Finding(this, Condition.Truth.NO, List.of(condition));
                }
                case UNKNOWN -> unknown.add(condition);
                case YES -> { }
            }
        }
        return new Finding(this, unknown.isEmpty() ? Condition.Truth.YES : Condition.Truth.UNKNOWN, unknown);
    }

    /**
     * What became of a rule.
     *
     * @param applies whether it does
     * @param because the condition that does not hold, or those of which it is not known whether they do
     */
    public record Finding(ExecRule rule, Condition.Truth applies, List<Condition> because) {

        public Finding {
            because = List.copyOf(because);
        }

        /** Whether it ends the search: a rule that denies also does when nobody knows whether it applies. */
        public boolean decides() {
            return applies == Condition.Truth.YES || isInDoubt() && !rule.allows();
        }

        /** Whether it depends on something that is not known. */
        public boolean isInDoubt() {
            return applies == Condition.Truth.UNKNOWN;
        }

        boolean asksNomad() {
            return isInDoubt() && because.stream().anyMatch(condition -> condition.fact().isNomads());
        }

        /** What is not known, as in: … is not known. */
        public String unknown() {
            return joined(Fact::words, ", ");
        }

        String remedy() {
            return joined(Fact::remedy, " ");
        }

        private String joined(Function<Fact, String> text, String between) {
            return because.stream().map(Condition::fact).map(text).distinct().collect(Collectors.joining(between));
        }
    }
}
