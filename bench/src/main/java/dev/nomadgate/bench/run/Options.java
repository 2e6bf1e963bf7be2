package dev.nomadgate.bench.run;

import dev.nomadgate.bench.row.Effort;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * What the command line says.
 *
 * @param rows names, or the beginnings of names up to a hyphen; empty for all
 * @param peers names; empty for all
 */
public record Options(int rounds, List<String> rows, List<String> peers, Path java, String jvmArgs, Effort effort,
        Path bench, Path tree, Path war, Path results) {

    private static final int ROUNDS = 5;
    private static final int QUICK_ROUNDS = 2;

    /** @throws IllegalArgumentException in words for who wrote it */
    public static Options of(Path bench, String... args) {
        Deque<String> left = new ArrayDeque<>(List.of(args));
        boolean quick = left.remove("--quick");
        int rounds = quick ? QUICK_ROUNDS : ROUNDS;
        List<String> rows = List.of();
        List<String> peers = List.of();
        Path java = Path.of(System.getProperty("java.home"));
        String jvmArgs = "";
        Path tree = bench.resolveSibling("");
        Path war = null;
        Path results = bench.resolve(quick ? "target/results" : "results");
        Effort effort = quick ? Effort.QUICK : Effort.FULL;
        while (!left.isEmpty()) {
            String option = left.remove();
            if (left.isEmpty()) {
                throw new IllegalArgumentException(option + " is unknown, or lacks its value");
            }
            String value = left.remove();
            switch (option) {
                case "--rounds" -> rounds = Integer.parseInt(value);
                case "--rows" -> rows = list(value);
                case "--peers" -> peers = list(value);
                case "--java" -> java = Path.of(value).toAbsolutePath();
                case "--jvm-args" -> jvmArgs = value;
                case "--warm" -> effort = effort.withWarmBound(Duration.ofSeconds(Long.parseLong(value)));
                case "--tree" -> tree = Path.of(value).toAbsolutePath();
                case "--war" -> war = Path.of(value).toAbsolutePath();
                case "--results" -> results = Path.of(value).toAbsolutePath();
                default -> throw new IllegalArgumentException("unknown option " + option);
            }
        }
        return new Options(rounds, rows, peers, java, jvmArgs, effort, bench, tree,
                war == null ? tree.resolve("target/nomad-gate.war") : war, results);
    }

    private static List<String> list(String value) {
        return Arrays.stream(value.split(",")).map(String::strip).filter(name -> !name.isEmpty()).toList();
    }

    public boolean wantsRow(String name) {
        return rows.isEmpty() || rows.stream().anyMatch(wanted -> name.equals(wanted) || name.startsWith(wanted + "-"));
    }

    public boolean wantsPeer(String name) {
        return peers.isEmpty() || peers.contains(name);
    }
}
