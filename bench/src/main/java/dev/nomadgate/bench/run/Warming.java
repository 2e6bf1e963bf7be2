package dev.nomadgate.bench.run;

import dev.nomadgate.bench.peer.Peer;
import dev.nomadgate.bench.process.Subject;
import dev.nomadgate.bench.row.Effort;
import dev.nomadgate.bench.row.LoadRow;
import dev.nomadgate.bench.row.LoadRow.Warmth;
import dev.nomadgate.bench.row.Row;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/**
 * Has a JVM do the work that it will be measured at, each kind in turn, until none gets cheaper: a kind is warm when
 * three stretches in a row have not improved on the best before them by 3 %, and the compilers have hardly anything
 * left to do; without them, a plateau between two compilations would look like the end. The whole is bounded in time.
 */
final class Warming {

    private static final double IMPROVEMENT = 0.97;
    private static final int STEADY = 3;
    private static final double COMPILING = 0.1;

    private final List<LoadRow> rows;
    private final Effort effort;
    private final Consumer<String> log;

    Warming(List<Row> rows, Effort effort, Consumer<String> log) {
        this.rows = rows.stream().filter(LoadRow.class::isInstance).map(LoadRow.class::cast)
                .filter(LoadRow::warms).toList();
        this.effort = effort;
        this.log = log;
    }

    /** @param peer null for the generator and the stand-in themselves, which are JVMs as well */
    void warm(Subject subject, Peer peer) throws Exception {
        if (peer != null && !peer.isJava()) {
            return;
        }
        List<Progress> open = new ArrayList<>();
        for (LoadRow row : rows) {
            if (peer == null ? row.variants().contains(subject.variant()) : row.takes(peer, subject.variant())) {
                open.add(new Progress(row));
            }
        }
        List<Progress> all = List.copyOf(open);
        long begun = System.nanoTime();
        // What is the same for all is warmed by all.
        long end = begun + effort.warmBound().toNanos() / (peer == null ? 4 : 1);
        while (!open.isEmpty() && System.nanoTime() < end) {
            for (Iterator<Progress> each = open.iterator(); each.hasNext() && System.nanoTime() < end; ) {
                Progress progress = each.next();
                progress.add(progress.row.warm(subject, effort.warmStretch()));
                if (progress.isSteady()) {
                    each.remove();
                }
            }
        }
        StringBuilder text = new StringBuilder("warmed %s %s in %.0f s:".formatted(subject.peer(),
                subject.variant().label(), (System.nanoTime() - begun) * 1e-9));
        all.forEach(progress -> text.append(' ').append(progress));
        log.accept(text.toString());
    }

    private static final class Progress {

        private final LoadRow row;
        private final List<Double> costs = new ArrayList<>();
        private double best = Double.MAX_VALUE;
        private double compiling = 1;
        private int steady;

        private Progress(LoadRow row) {
            this.row = row;
        }

        private void add(Warmth warmth) {
            double cost = warmth.cost();
            compiling = warmth.compiling();
            costs.add(cost);
            steady = cost < best * IMPROVEMENT ? 0 : steady + 1;
            best = Math.min(best, cost);
        }

        private boolean isSteady() {
            return steady >= STEADY && compiling < COMPILING;
        }

        @Override
        public String toString() {
            if (costs.isEmpty()) {
                return row.name() + " not at all";
            }
            return "%s %.0f>%.0f µs (%d stretches, compiling %.0f %%%s)".formatted(row.name(), costs.get(0), best,
                    costs.size(), 100 * compiling, isSteady() ? "" : ", not steady");
        }
    }
}
