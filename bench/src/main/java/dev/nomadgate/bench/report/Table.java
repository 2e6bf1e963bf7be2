package dev.nomadgate.bench.report;

import dev.nomadgate.bench.Variant;
import dev.nomadgate.bench.report.Results.Entry;
import dev.nomadgate.bench.row.Figure;
import dev.nomadgate.bench.row.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A row of one variant: what all peers did. */
record Table(Row row, Variant variant, List<Figure> figures, List<Line> lines) {

    static final String REFERENCE = "nginx";
    static final String DIRECT = "direct";

    /** A peer's. */
    record Line(String peer, Map<Figure, Cell> cells, List<String> failures) {
    }

    static Table of(Row row, Variant variant, Results results, List<String> peers) {
        List<Entry> entries = results.of(row.name(), variant);
        Set<Figure> figures = new LinkedHashSet<>();
        List<Line> lines = new ArrayList<>();
        for (String peer : peers) {
            List<Entry> own = of(peer, entries);
            if (!own.isEmpty()) {
                lines.add(line(peer, own, of(REFERENCE, entries)));
            }
        }
        // The stand-in without a proxy lacks the first, so it cannot say what the order is.
        lines.stream().sorted(Comparator.comparing(line -> line.peer().equals(DIRECT)))
                .forEach(line -> figures.addAll(line.cells().keySet()));
        return new Table(row, variant, List.copyOf(figures), lines);
    }

    /** What the row is about. */
    Figure first() {
        return figures.get(0);
    }

    boolean isEmpty() {
        return figures.isEmpty();
    }

    private static List<Entry> of(String peer, List<Entry> entries) {
        return entries.stream().filter(entry -> entry.peer().equals(peer)).toList();
    }

    private static Line line(String peer, List<Entry> entries, List<Entry> reference) {
        Set<Figure> figures = entries.stream().flatMap(entry -> entry.sample().values().keySet().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        Map<Figure, Cell> cells = new LinkedHashMap<>();
        for (Figure figure : figures) {
            Map<Integer, Double> values = values(figure, entries);
            Map<Integer, Double> others = values(figure, reference);
            List<Double> ratios = values.entrySet().stream()
                    .filter(value -> figure.compared() && others.containsKey(value.getKey()))
                    .map(value -> value.getValue() / others.get(value.getKey())).toList();
            cells.put(figure, Cell.of(values.values(), ratios));
        }
        List<String> failures = entries.stream().map(entry -> entry.sample().failure())
                .filter(text -> text != null).toList();
        return new Line(peer, cells, failures);
    }

    private static Map<Integer, Double> values(Figure figure, List<Entry> entries) {
        Map<Integer, Double> values = new LinkedHashMap<>();
        for (Entry entry : entries) {
            Double value = entry.sample().values().get(figure);
            if (value != null) {
                values.put(entry.round(), value);
            }
        }
        return values;
    }
}
