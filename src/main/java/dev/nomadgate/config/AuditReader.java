package dev.nomadgate.config;

import dev.nomadgate.config.AuditConfig.OnFailure;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads {@code audit}. */
final class AuditReader {

    private static final long KIB = 1024;
    private static final String NUMBER = "%g";
    private static final String GATE = "%c";

    private AuditReader() {
    }

    static AuditConfig read(SettingReader audit) {
        return new AuditConfig(
                audit.text("file").flatMap(file -> audit.checkText(file, AuditReader::pattern)),
                audit.bytes("max-size", 64 * KIB, KIB * KIB * KIB),
                audit.integer("files", 2, 1000),
                onFailure(audit));
    }

    static OnFailure onFailure(SettingReader section) {
        return section.find("on-failure").flatMap(setting -> section.checkText(setting, text -> switch (text) {
            case "open" -> OnFailure.OPEN;
            case "closed" -> OnFailure.CLOSED;
            default -> throw new BadValueException("This is neither open nor closed.", "Write open or closed.");
        })).orElse(OnFailure.OPEN);
    }

    /** As {@link java.util.logging.FileHandler} takes it, which would read a meaning into any other {@code %}. */
    private static String pattern(String text) throws BadValueException {
        if (text.replace(NUMBER, "").replace(GATE, "").contains("%") || text.indexOf(NUMBER) != text.lastIndexOf(NUMBER)) {
            throw new BadValueException("There is a % in it that begins neither its one %g nor %c.",
                    "Write a path such as \"logs/nomad-gate-audit.%g.jsonl\".");
        }
        Path directory;
        try {
            directory = Path.of(text).toAbsolutePath().getParent();
        } catch (InvalidPathException e) {
            throw new BadValueException("This is not a path.", "Write a path such as \"logs/nomad-gate-audit.%g.jsonl\".");
        }
        if (directory == null || !Files.isDirectory(directory) || !Files.isWritable(directory)) {
            throw new BadValueException("Its directory " + Optional.ofNullable(directory).map(Path::toString).orElse("")
                    + " does not exist, or the gate may not write there.", "Make the directory, for the gate's user only; then save this file again.");
        }
        return text.contains(NUMBER) ? text : numbered(text);
    }

    /** Where the number goes if nobody said: before the ending, as in {@code audit.0.jsonl}. */
    private static String numbered(String text) {
        int dot = text.lastIndexOf('.');
        int name = Math.max(text.lastIndexOf('/'), text.lastIndexOf('\\')) + 1;
        return dot > name ? text.substring(0, dot) + "." + NUMBER + text.substring(dot) : text + "." + NUMBER;
    }
}
