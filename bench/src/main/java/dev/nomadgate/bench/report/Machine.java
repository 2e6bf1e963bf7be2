package dev.nomadgate.bench.report;

import dev.nomadgate.bench.Commands;
import dev.nomadgate.bench.peer.Installation;
import dev.nomadgate.bench.peer.Peer;
import dev.nomadgate.bench.row.Effort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Under what circumstances it was measured. */
public record Machine(Map<String, String> lines) {

    public static Machine look(Effort effort, Installation installation, List<Peer> peers)
            throws IOException, InterruptedException {
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        int processors = Runtime.getRuntime().availableProcessors();
        lines.put("processor", processors + " × " + find("/proc/cpuinfo", "model name"));
        lines.put("memory", Long.parseLong(find("/proc/meminfo", "MemTotal").replaceAll("\\D", "")) / 1024 + " MiB");
        lines.put("kernel", Commands.run(Path.of("/"), "uname", "-sr"));
        lines.put("load before", Files.readString(Path.of("/proc/loadavg")).strip());
        lines.put("Java of the peers", Commands.run(Path.of("/"), installation.tool("java"), "-version")
                .lines().skip(1).findFirst().orElse("?"));
        lines.put("heap of the peers", installation.heap());
        String further = installation.gateJvmArgs();
        lines.put("the gate's further JVM arguments", further.isEmpty() ? "none" : further);
        lines.put("Java of generator and stand-in", System.getProperty("java.vm.version"));
        for (Peer peer : peers) {
            lines.put(peer.name(), peer.version(installation));
        }
        lines.put("a cell of a round", effort.stretch().toMillis() + " ms");
        lines.put("warming", "at most " + effort.warmBound().toSeconds() + " s for each peer");
        return new Machine(lines);
    }

    /** The same with the number of rounds that were measured. */
    Machine after(int rounds) {
        Map<String, String> all = new LinkedHashMap<>(lines);
        all.put("rounds", Integer.toString(rounds));
        return new Machine(all);
    }

    private static String find(String file, String field) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of(file))) {
            return lines.filter(line -> line.startsWith(field)).findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip()).orElse("?");
        }
    }
}
