package dev.nomadgate.bench.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Limits of this process, which every peer inherits. */
public final class Limits {

    private Limits() {
    }

    public static long openFiles() throws IOException {
        String line = Files.readAllLines(Path.of("/proc/self/limits")).stream()
                .filter(text -> text.startsWith("Max open files")).findFirst().orElseThrow();
        return Long.parseLong(line.split("\\s{2,}")[1]);
    }
}
