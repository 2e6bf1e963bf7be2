package dev.nomadgate.bench.run;

import dev.nomadgate.bench.Variant;
import dev.nomadgate.bench.report.Results;
import dev.nomadgate.bench.row.Figure;
import dev.nomadgate.bench.row.Row;
import dev.nomadgate.bench.row.Sample;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Measures every row for every peer, again and again, in another order each time. */
final class Rounds {

    /** What is done when everything was measured once more. */
    @FunctionalInterface
    interface RoundEnd {

        void run() throws IOException;
    }

    private final List<Row> rows;
    private final List<Standing> places;
    private final Results results;
    private final Consumer<String> log;

    Rounds(List<Row> rows, List<Standing> places, Results results, Consumer<String> log) {
        this.rows = rows;
        this.places = places;
        this.results = results;
        this.log = log;
    }

    /** @param over runs after each round */
    void run(int rounds, RoundEnd over) throws IOException {
        for (int round = 0; round < rounds; round++) {
            List<Standing> order = new ArrayList<>(places);
            Collections.rotate(order, -round);
            for (Row row : rows) {
                if (round % row.every() == 0) {
                    measure(round, row, order);
                }
            }
            over.run();
        }
    }

    private void measure(int round, Row row, List<Standing> order) {
        for (Variant variant : row.variants()) {
            for (Standing place : order) {
                if (place.variant() == variant && place.isFor(row)) {
                    Sample sample = measure(row, place);
                    results.add(round, row.name(), variant, place.name(), sample);
                    log.accept("%d %-17s %-5s %-20s %s".formatted(round + 1, row.name(), variant.label(), place.name(),
                            text(sample)));
                }
            }
        }
    }

    private static Sample measure(Row row, Standing place) {
        try {
            return row.measure(place);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } catch (Exception e) {
            return Sample.failed(e.toString());
        }
    }

    private static String text(Sample sample) {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<Figure, Double> value : sample.values().entrySet()) {
            text.append("%s %.4g %s  ".formatted(value.getKey().name(), value.getValue(), value.getKey().unit()));
        }
        return text.append(sample.failure() == null ? "" : "FAILED: " + sample.failure()).toString();
    }
}
