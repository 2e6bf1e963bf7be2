package dev.nomadgate.config;

import com.typesafe.config.ConfigObject;
import dev.nomadgate.policy.Glob;
import dev.nomadgate.recording.RecordingRule;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code recording}. */
final class RecordingReader {

    private static final Set<String> IN_A_RULE = Set.of("namespace", "job", "task");
    private static final long MIB = 1024 * 1024;
    private static final long GIB = 1024 * MIB;

    private final SettingReader recording;
    private final List<Mistake> mistakes;

    private RecordingReader(SettingReader recording, List<Mistake> mistakes) {
        this.recording = recording;
        this.mistakes = mistakes;
    }

    static RecordingConfig read(SettingReader recording, List<Mistake> mistakes) {
        return new RecordingReader(recording, mistakes).read();
    }

    private RecordingConfig read() {
        boolean enabled = recording.bool("enabled");
        Optional<Setting> setting = recording.text("directory");
        Optional<Path> directory = setting.flatMap(text -> recording.checkText(text, RecordingReader::path));
        List<RecordingRule> rules = rules();
        if (enabled) {
            directory.ifPresent(path -> recording.check(setting.orElseThrow(), ignored -> writable(path)));
            if (setting.isEmpty()) {
                mistake("enabled", "There is no directory for the recordings.",
                        "Set nomad-gate.recording.directory to one that only the gate may read.");
            }
        }
        return new RecordingConfig(enabled, directory, rules, recording.bool("input"),
                recording.bytes("max-session-size", MIB, GIB),
                recording.bytes("max-total-size", MIB, 65536 * GIB),
                recording.duration("max-age", Duration.ofHours(1), Duration.ofHours(87600)),
                AuditReader.onFailure(recording));
    }

    private List<RecordingRule> rules() {
        int mistakesBefore = mistakes.size();
        List<RecordingRule> rules = new ArrayList<>();
        for (Setting element : recording.list("rules")) {
            recording.check(element, this::rule).ifPresent(rules::add);
        }
        if (rules.isEmpty() && mistakes.size() == mistakesBefore) {
            mistake("rules", "There is no rule, so that no session would be recorded.",
                    "Write [{}] for all sessions, or set nomad-gate.recording.enabled = false.");
        }
        return rules;
    }

    private RecordingRule rule(Setting element) throws BadValueException {
        if (!(element.value() instanceof ConfigObject object)) {
            throw SettingReader.wrongType(element, "a rule",
                    "Write an object, such as { job = \"web\", task = \"*\" }.");
        }
        UnknownSettings.check(element.name(), object, IN_A_RULE, mistakes);
        SettingReader own = new SettingReader(element.name(), object, mistakes);
        return new RecordingRule(glob(own, "namespace"), glob(own, "job"), glob(own, "task"));
    }

    private static Optional<Glob> glob(SettingReader rule, String name) {
        return rule.text(name).flatMap(setting -> rule.checkText(setting, text -> {
            if (text.length() > Glob.LONGEST) {
                throw new BadValueException("This is longer than any name.",
                        "Write at most " + Glob.LONGEST + " characters.");
            }
            return new Glob(text);
        }));
    }

    private static Path path(String text) throws BadValueException {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new BadValueException("This is not a path.", "Give the path of a directory.");
        }
    }

    /** Only looks: whoever checks a configuration must not find a new directory afterwards. */
    private static Path writable(Path directory) throws BadValueException {
        if (Files.exists(directory)) {
            if (!Files.isDirectory(directory)) {
                throw new BadValueException("This is a file, not a directory.", "Give the path of a directory.");
            }
            if (!Files.isWritable(directory) || !Files.isReadable(directory)) {
                throw new BadValueException("The gate may not read and write in this directory.",
                        "Give it to the user that the gate runs as.");
            }
            return directory;
        }
        Path parent = directory.toAbsolutePath().normalize().getParent();
        while (parent != null && !Files.exists(parent)) {
            parent = parent.getParent();
        }
        if (parent == null || !Files.isDirectory(parent) || !Files.isWritable(parent)) {
            throw new BadValueException("This directory does not exist, and the gate may not make it.",
                    "Make it, and give it to the user that the gate runs as.");
        }
        return directory;
    }

    private void mistake(String name, String problem, String remedy) {
        recording.find(name).ifPresent(setting -> mistakes.add(setting.mistake(problem, remedy)));
    }
}
