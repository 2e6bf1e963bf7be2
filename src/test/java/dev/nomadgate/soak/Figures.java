package dev.nomadgate.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What happened, counted. Thread-safe. */
final class Figures {

    /** How often an operation went through, and how often a fault hit it. */
    private static final class Count {
        private long done;
        private long hit;
    }

    private static final int SHOWN = 200;

    private final Map<String, Count> counts = new TreeMap<>();
    private final Map<Integer, Long> closeCodes = new TreeMap<>();
    private final List<String> unexplained = new ArrayList<>();
    private long unexplainedCount;

    synchronized void done(Operation operation) {
        count(operation).done++;
    }

    synchronized void hit(Operation operation, Throwable how) {
        count(operation).hit++;
        if (how instanceof SessionEnded ended) {
            closeCodes.merge(ended.code(), 1L, Long::sum);
        }
    }

    synchronized void unexplained(String what) {
        System.out.println("NOT INJECTED: " + what);
        unexplainedCount++;
        if (unexplained.size() < SHOWN) {
            unexplained.add(what);
        }
    }

    /** The first of the errors that no fault explains. */
    synchronized List<String> unexplained() {
        return List.copyOf(unexplained);
    }

    synchronized long total() {
        return counts.values().stream().mapToLong(count -> count.done + count.hit).sum() + unexplainedCount;
    }

    private Count count(Operation operation) {
        return counts.computeIfAbsent(operation.name(), name -> new Count());
    }

    /** As tables of Markdown. */
    synchronized String operations() {
        StringBuilder text = new StringBuilder("| operation | seen through | hit by a fault |\n|---|---:|---:|\n");
        long done = 0;
        long hit = 0;
        for (Map.Entry<String, Count> entry : counts.entrySet()) {
            Count count = entry.getValue();
            done += count.done;
            hit += count.hit;
            text.append("| %s | %,d | %,d |%n".formatted(
                    entry.getKey().toLowerCase(Locale.ROOT).replace('_', ' '), count.done, count.hit));
        }
        return text.append("| **all** | **%,d** | **%,d** |%n".formatted(done, hit))
                .append("%nErrors that no fault explains: **%,d**.%n".formatted(unexplainedCount))
                .append("%nHow sessions ended that a fault hit, by close code: %s.%n".formatted(closeCodes)).toString();
    }
}
