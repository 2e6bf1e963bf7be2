package dev.nomadgate.policy;

import dev.nomadgate.config.PolicyConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Judges who may open which session: the first rule that applies decides, and where none does, the default. What is not
 * known counts against the session: a rule that allows does not apply then, and one that denies does. So whatever the
 * unknown turned out to be, it could only be more that is allowed. Immutable.
 */
public final class ExecPolicy {

    private static final String ASK = "Ask whoever runs the gate, and name the rule.";

    private final PolicyConfig config;

    public ExecPolicy(PolicyConfig config) {
        this.config = config;
    }

    /** The roles that rules name; of others nobody is asked. */
    public Set<String> roles() {
        return config.mode() == PolicyConfig.Mode.OFF ? Set.of() : config.rules().stream()
                .flatMap(rule -> rule.conditions().stream()).flatMap(condition -> condition.roles().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Whether Nomad has to be asked about the allocation before this attempt can be judged as it deserves. Not if an
     * earlier rule decides already.
     *
     * @param attempt without what Nomad would say
     */
    public boolean needsWorkload(ExecAttempt attempt) {
        if (config.mode() == PolicyConfig.Mode.OFF) {
            return false;
        }
        for (ExecRule rule : config.rules()) {
            ExecRule.Finding finding = rule.on(attempt);
            if (finding.asksNomad()) {
                return true;
            }
            if (finding.decides()) {
                return false;
            }
        }
        return false;
    }

    /** What becomes of an attempt; always allowed when the policy is off. */
    public Decision judge(ExecAttempt attempt) {
        if (config.mode() == PolicyConfig.Mode.OFF) {
            return new Decision.Allowed(Decision.DEFAULT);
        }
        List<ExecRule.Finding> findings = findings(attempt);
        if (!findings.isEmpty() && findings.get(findings.size() - 1).decides()) {
            ExecRule.Finding last = findings.get(findings.size() - 1);
            return last.rule().allows() ? new Decision.Allowed(last.rule().name()) : against(last);
        }
        return config.allowsByDefault() ? new Decision.Allowed(Decision.DEFAULT) : noneAllows(findings);
    }

    /** What became of each rule, in order, up to the one that decides; to all of them if none does. */
    public List<ExecRule.Finding> findings(ExecAttempt attempt) {
        List<ExecRule.Finding> findings = new ArrayList<>();
        for (ExecRule rule : config.rules()) {
            ExecRule.Finding finding = rule.on(attempt);
            findings.add(finding);
            if (finding.decides()) {
                break;
            }
        }
        return findings;
    }

    private Decision against(ExecRule.Finding finding) {
        String rule = finding.rule().name();
        return finding.isInDoubt()
                ? no(rule, "Rule \"" + rule + "\" refuses it, since it may apply and this is not known: "
                        + finding.unknown() + ".", finding.remedy() + " Or ask whoever runs the gate.")
                : no(rule, "Rule \"" + rule + "\" refuses it.", ASK);
    }

    private Decision noneAllows(List<ExecRule.Finding> findings) {
        return findings.stream().filter(ExecRule.Finding::isInDoubt).findFirst()
                .map(doubt -> no(Decision.DEFAULT, "No rule allows it. Rule \"" + doubt.rule().name()
                        + "\" might, but this is not known: " + doubt.unknown() + ".",
                        doubt.remedy() + " Or ask whoever runs the gate."))
                .orElseGet(() -> no(Decision.DEFAULT, "No rule allows it.", "Ask whoever runs the gate for one."));
    }

    private Decision no(String rule, String reason, String remedy) {
        return config.mode() == PolicyConfig.Mode.ENFORCE
                ? new Decision.Refused(rule, reason, remedy) : new Decision.WouldRefuse(rule, reason);
    }
}
