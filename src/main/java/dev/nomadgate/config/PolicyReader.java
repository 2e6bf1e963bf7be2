package dev.nomadgate.config;

import com.typesafe.config.ConfigObject;
import dev.nomadgate.policy.Decision;
import dev.nomadgate.policy.ExecRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads {@code policy}. */
final class PolicyReader {

    private static final Choice<PolicyConfig.Mode> MODES = new Choice<>(Map.of("off", PolicyConfig.Mode.OFF,
            "report-only", PolicyConfig.Mode.REPORT_ONLY, "enforce", PolicyConfig.Mode.ENFORCE));
    private static final Choice<Boolean> ACTIONS = new Choice<>(Map.of("allow", true, "deny", false));
    private static final Set<String> NEEDED = Set.of("name", "action");
    private static final Set<String> NAMES = Stream.concat(NEEDED.stream(), ConditionsReader.NAMES.stream())
            .collect(Collectors.toUnmodifiableSet());
    /** It stands in answers, logs and the audit log. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 ._/-]{0,63}");

    private final SettingReader policy;
    private final List<Mistake> mistakes;
    private final Map<String, Setting> names = new HashMap<>();
    private Optional<Setting> unconditional = Optional.empty();

    private PolicyReader(SettingReader policy, List<Mistake> mistakes) {
        this.policy = policy;
        this.mistakes = mistakes;
    }

    static PolicyConfig read(SettingReader policy, List<Mistake> mistakes) {
        return new PolicyReader(policy, mistakes).read();
    }

    private PolicyConfig read() {
        List<ExecRule> rules = new ArrayList<>();
        for (Setting element : policy.list("rules")) {
            policy.check(element, this::object).ifPresent(object -> rules.add(rule(element, object)));
        }
        return new PolicyConfig(MODES.read(policy, "mode", PolicyConfig.Mode.OFF),
                ACTIONS.read(policy, "default", true), rules);
    }

    private ConfigObject object(Setting element) throws BadValueException {
        if (element.value() instanceof ConfigObject object) {
            return object;
        }
        throw SettingReader.wrongType(element, "a rule",
                "Write { name = \"…\", action = deny, … }, with the conditions that have to hold.");
    }

    private ExecRule rule(Setting element, ConfigObject object) {
        UnknownSettings.check(element.name(), object, NAMES, mistakes);
        SettingReader own = new SettingReader(element.name(), object, mistakes);
        needs(element, own, "name", "Add name = \"…\", by which those whom it refuses can call it.");
        needs(element, own, "action", "Add action = allow or action = deny.");
        unconditional.ifPresent(before -> mistakes.add(element.mistake("This rule is never asked, since "
                + before.name() + " has no condition and decides about everything.",
                "Remove one of the two, or put that one last.")));
        String name = own.find("name").flatMap(setting ->
                own.checkText(setting, text -> name(text, element))).orElse("");
        boolean allows = ACTIONS.read(own, "action", false);
        ExecRule rule = new ExecRule(name, allows, new ConditionsReader(element, own, mistakes).read(allows));
        if (unconditional.isEmpty() && NEEDED.containsAll(object.keySet())) {
            unconditional = Optional.of(element);
        }
        return rule;
    }

    private void needs(Setting element, SettingReader own, String name, String remedy) {
        if (own.find(name).isEmpty()) {
            mistakes.add(element.mistake("The rule has no " + name + ".", remedy));
        }
    }

    private String name(String text, Setting element) throws BadValueException {
        if (!NAME.matcher(text).matches() || text.equals(Decision.DEFAULT)) {
            throw new BadValueException("This cannot be the name of a rule.",
                    "Write up to 64 letters, digits, blanks and ._/- that begin with a letter or a digit; "
                            + Decision.DEFAULT + " is taken.");
        }
        Setting first = names.putIfAbsent(text, element);
        if (first != null) {
            throw new BadValueException(first.name() + " has this name already.", "Give each rule a name of its own.");
        }
        return text;
    }
}
