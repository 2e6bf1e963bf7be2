package dev.nomadgate.config;

import dev.nomadgate.policy.ExecRule;
import java.util.List;

/**
 * Who may open which session.
 *
 * @param mode what the rules are for
 * @param allowsByDefault what holds where no rule applies
 * @param rules in order; the first that applies decides
 */
public record PolicyConfig(Mode mode, boolean allowsByDefault, List<ExecRule> rules) {

    /** What becomes of a decision against a session. */
    public enum Mode {
        /** Nothing is judged. */
        OFF,
        /** It is logged, and has no other effect. */
        REPORT_ONLY,
        /** It is a refusal. */
        ENFORCE
    }

    public PolicyConfig {
        rules = List.copyOf(rules);
    }

    /** The same rules, in another mode. */
    public PolicyConfig in(Mode other) {
        return new PolicyConfig(other, allowsByDefault, rules);
    }
}
