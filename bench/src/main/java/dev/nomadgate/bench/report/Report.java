package dev.nomadgate.bench.report;

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

    public void write(Path directory) throws IOException {
        Files.createDirectories(directory);
        List<String> peers = results.entries().stream().map(Results.Entry::peer).distinct().toList();
        List<Table> tables = rows.stream()
                .flatMap(row -> row.variants().stream().map(variant -> Table.of(row, variant, results, peers)))
                .filter(table -> !table.lines().isEmpty()).toList();
        Files.writeString(directory.resolve("results.md"), new Markdown(machine, tables).toString());
    }
}
