package dev.nomadgate.contract.containers;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The live objects of a process, by class.
 *
 * @param lines as {@code jcmd GC.class_histogram} prints them
 */
public record Histogram(List<String> lines) {

    public Histogram {
        lines = List.copyOf(lines);
    }

    /** Of all objects. */
    public long bytes() {
        return lines.stream().filter(line -> line.startsWith("Total"))
                .map(line -> Long.parseLong(line.strip().split("\\s+")[2]))
                .findFirst().orElseThrow();
    }

    /** The number of objects of a class. */
    public long instances(String className) {
        return lines.stream().map(Histogram::columns)
                .filter(columns -> columns.length >= 4 && columns[3].equals(className))
                .mapToLong(columns -> Long.parseLong(columns[1]))
                .sum();
    }

    /** The classes whose objects take more bytes than at an earlier time, in words, those with most first. */
    public String growthSince(Histogram before) {
        Map<String, Long> growth = bytesByClass();
        before.bytesByClass().forEach((name, bytes) -> growth.merge(name, -bytes, Long::sum));
        return growth.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder())).limit(8)
                .map(entry -> "%+,d %s".formatted(entry.getValue(), entry.getKey()))
                .collect(Collectors.joining(", "));
    }

    private Map<String, Long> bytesByClass() {
        return lines.stream().map(Histogram::columns)
                .filter(columns -> columns.length >= 4 && columns[0].endsWith(":"))
                .collect(Collectors.toMap(columns -> columns[3], columns -> Long.parseLong(columns[2]), Long::sum,
                        LinkedHashMap::new));
    }

    private static String[] columns(String line) {
        return line.strip().split("\\s+");
    }
}
