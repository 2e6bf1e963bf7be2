package dev.nomadgate.config;

import com.typesafe.config.ConfigList;
import dev.nomadgate.client.AddressRanges;
import dev.nomadgate.policy.CommandPattern;
import dev.nomadgate.policy.Condition;
import dev.nomadgate.policy.Glob;
import dev.nomadgate.session.ExecTarget;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads the conditions of one rule of {@code policy.rules}. */
final class ConditionsReader {

    /** The settings that say them. */
    static final Set<String> NAMES = Set.of("kinds", "namespaces", "jobs", "groups", "tasks", "actions", "commands",
            "principals", "roles", "clients", "hours", "days", "time-zone");

    private static final Choice<ExecTarget.Kind> KINDS =
            new Choice<>(Map.of("exec", ExecTarget.Kind.EXEC, "action", ExecTarget.Kind.ACTION));

    private final Setting rule;
    private final SettingReader own;
    private final List<Mistake> mistakes;
    private final List<Condition> conditions = new ArrayList<>();
    private final Set<ExecTarget.Kind> kinds = EnumSet.noneOf(ExecTarget.Kind.class);

    /** @param own reads what is in the rule */
    ConditionsReader(Setting rule, SettingReader own, List<Mistake> mistakes) {
        this.rule = rule;
        this.own = own;
        this.mistakes = mistakes;
    }

    List<Condition> read(boolean allows) {
        add("kinds", KINDS::parse, named -> {
            kinds.addAll(named);
            return Condition.kinds(kinds);
        });
        globs("namespaces", Condition::namespaces);
        globs("jobs", Condition::jobs);
        globs("groups", Condition::groups);
        globs("tasks", Condition::tasks);
        globs("actions", Condition::actions);
        own.some("commands").ifPresent(elements -> conditions.add(Condition.commands(
                elements.stream().map(element -> own.check(element, ConditionsReader::command))
                        .flatMap(Optional::stream).toList(), allows)));
        globs("principals", Condition::principals);
        add("roles", ConditionsReader::role, Condition::roles);
        add("clients", ConditionsReader::range, ranges -> Condition.clients(AddressRanges.of(ranges)));
        HoursReader.read(own, mistakes).map(Condition::hours).ifPresent(conditions::add);
        contradictions();
        return conditions;
    }

    private void globs(String name, Function<List<Glob>, Condition> condition) {
        add(name, ConditionsReader::glob, condition);
    }

    private <T> void add(String name, SettingReader.Check<String, T> parse, Function<List<T>, Condition> condition) {
        own.some(name).ifPresent(elements -> conditions.add(condition.apply(elements.stream()
                .map(element -> own.checkText(element, parse)).flatMap(Optional::stream).toList())));
    }

    /** Conditions of which never more than one holds. */
    private void contradictions() {
        boolean commands = own.find("commands").isPresent();
        boolean actions = own.find("actions").isPresent();
        if (commands && actions || commands && kinds.equals(Set.of(ExecTarget.Kind.ACTION))
                || actions && kinds.equals(Set.of(ExecTarget.Kind.EXEC))) {
            mistakes.add(rule.mistake("The rule can never apply: commands are about exec, actions about actions.",
                    "Make two rules of it."));
        }
    }

    private static Glob glob(String text) throws BadValueException {
        if (!text.equals(text.strip())) {
            throw new BadValueException("There are blanks around this name.", "Remove them.");
        }
        return GateConfigReader.asked(() -> new Glob(text), "Write a name, with * for any characters and ? for one.");
    }

    private static String role(String text) throws BadValueException {
        if (text.isBlank() || text.contains("*") || text.contains("?")) {
            throw new BadValueException("This is not the name of a role.", "Write each role by itself:"
                    + " the container is asked for one role at a time, so there are no wildcards.");
        }
        return text;
    }

    private static String range(String text) throws BadValueException {
        GateConfigReader.asked(() -> AddressRanges.of(List.of(text)),
                "Write an address or a block, such as \"10.0.0.0/8\".");
        return text;
    }

    private static CommandPattern command(Setting element) throws BadValueException {
        if (element.value() instanceof ConfigList list) {
            if (!list.unwrapped().stream().allMatch(String.class::isInstance)) {
                throw new BadValueException("These are not the words of a command.", "Write a list of texts.");
            }
            return command(list.unwrapped().stream().map(String.class::cast).toList());
        }
        if (!element.isText()) {
            throw SettingReader.wrongType(element, "a command",
                    "Write it as text, or as a list of its words where they hold blanks.");
        }
        String text = element.text().strip();
        if (text.indexOf('"') >= 0 || text.indexOf('\'') >= 0) {
            throw new BadValueException("Quotes hold nothing together here: the words end at blanks.",
                    "Write the words as a list, such as [\"sh\", \"-c\", \"ls -l\"].");
        }
        if (text.startsWith("-")) {
            throw new BadValueException("Each element is a command of its own, and none begins with a dash.",
                    "Write the command with its words in one text, such as \"sh -c *\", or as a list within the list.");
        }
        return command(List.of(text.split("\\s+")));
    }

    private static CommandPattern command(List<String> words) throws BadValueException {
        return GateConfigReader.asked(() -> new CommandPattern(words),
                "Write each word with * for any characters and ? for one, and ** at the end for any further words.");
    }
}
