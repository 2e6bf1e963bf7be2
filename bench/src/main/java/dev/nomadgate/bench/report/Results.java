package dev.nomadgate.bench.report;

import dev.nomadgate.bench.Variant;
import dev.nomadgate.bench.row.Sample;
import java.util.ArrayList;
import java.util.List;

/** Everything that was measured. */
public final class Results {

    /** One measurement. */
    public record Entry(int round, String row, Variant variant, String peer, Sample sample) {
    }

    private final List<Entry> entries = new ArrayList<>();

    public void add(int round, String row, Variant variant, String peer, Sample sample) {
        entries.add(new Entry(round, row, variant, peer, sample));
    }

    public List<Entry> entries() {
        return List.copyOf(entries);
    }

    /** How many rounds were begun. */
    int rounds() {
        return entries.stream().mapToInt(Entry::round).max().orElse(-1) + 1;
    }

    List<Entry> of(String row, Variant variant) {
        return entries.stream().filter(entry -> entry.row().equals(row) && entry.variant() == variant).toList();
    }
}
