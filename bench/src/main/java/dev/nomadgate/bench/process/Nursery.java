package dev.nomadgate.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Starts programs, and sees that none outlives this one, however it is ended. */
public final class Nursery {

    private final Set<Running> children = ConcurrentHashMap.newKeySet();

    public Nursery() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::end, "end of children"));
    }

    private void end() {
        long alive = children.stream().filter(Running::isAlive).count();
        System.out.println("ends, and " + alive + " processes with it");
        children.forEach(Running::close);
    }

    /** What it says goes to the file {@code log} of its directory. */
    public Running start(Path directory, List<String> command) throws IOException {
        Files.createDirectories(directory);
        Path log = directory.resolve("log");
        Running child = new Running(new ProcessBuilder(command).directory(directory.toFile())
                .redirectErrorStream(true).redirectOutput(log.toFile()).start(), log);
        children.removeIf(other -> !other.isAlive());
        children.add(child);
        return child;
    }
}
