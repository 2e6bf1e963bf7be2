package dev.nomadgate.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects the files on which one reading depends, those included that would count if they were there. */
public final class ReadFiles {

    private final Set<Path> expected;
    private final Set<Path> all = new LinkedHashSet<>();
    private final List<Path> vanished = new ArrayList<>();

    /**
     * @param expected configuration files that were there when the gate last read them. One that is gone is a mistake:
     *     HOCON skips a missing include in silence, and the gate a missing file, so that what it said would be undone
     *     by an accident
     */
    public ReadFiles(Set<Path> expected) {
        this.expected = Set.copyOf(expected);
    }

    /** Every file, there or not. */
    public Set<Path> paths() {
        return Set.copyOf(all);
    }

    void add(Path file) {
        all.add(file);
    }

    /** A file with settings, or a place where one is looked for. */
    void addSettings(Path file) {
        if (all.add(file) && expected.contains(file) && !Files.exists(file)) {
            vanished.add(file);
        }
    }

    List<Mistake> mistakes() {
        return vanished.stream().map(file -> new Mistake(file.toString(), "", "",
                "This file is gone, and with it the settings in it.",
                "Put it back. To go on without it, deploy the gate again.")).toList();
    }
}
