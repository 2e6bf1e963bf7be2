package dev.nomadgate.bench.report;

import dev.nomadgate.bench.report.Table.Line;
import dev.nomadgate.bench.row.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes what came out. */
public final class Report {

    private final Machine machine;
    private final List<Row> rows;
    private final Results results;

    public Report(Machine machine, List<Row> rows, Results results) {
        this.machine = machine;
        this.rows = rows;
        this.results = results;
    }

    /** Replaces what was written there after the round before. */
    public void write(Path directory) throws IOException {
        Files.createDirectories(directory);
        Machine circumstances = machine.after(results.rounds());
        List<String> peers = results.entries().stream().map(Results.Entry::peer).distinct().toList();
        List<Table> tables = rows.stream()
                .flatMap(row -> row.variants().stream().map(variant -> Table.of(row, variant, results, peers)))
                .filter(table -> !table.lines().isEmpty()).toList();
        Files.writeString(directory.resolve("results.md"), new Markdown(circumstances, tables).toString());
        Files.writeString(directory.resolve("results.json"), new Json(circumstances, tables, results).toString());
        List<Table> drawn = tables.stream().filter(table -> !table.isEmpty()).toList();
        plot(directory.resolve("summary.svg"),
                drawn.stream().filter(table -> table.row().isInSummary()).toList(),
                (own, names) -> new SummaryPlot(own, names).draw());
        plot(directory.resolve("growth.svg"),
                drawn.stream().filter(table -> table.row().name().startsWith("growth-")).toList(),
                (own, names) -> new GrowthPlot(own, names).draw());
    }

    @FunctionalInterface
    private interface Plot {

        String draw(List<Table> tables, List<String> peers);
    }

    /** Of the peers that there are in these tables; nothing for no table. */
    private static void plot(Path file, List<Table> tables, Plot plot) throws IOException {
        List<String> peers = tables.stream().flatMap(table -> table.lines().stream().map(Line::peer)).distinct()
                .filter(peer -> !peer.equals(Table.DIRECT)).toList();
        if (tables.isEmpty()) {
            Files.deleteIfExists(file);
        } else {
            Files.writeString(file, plot.draw(tables, peers));
        }
    }
}
