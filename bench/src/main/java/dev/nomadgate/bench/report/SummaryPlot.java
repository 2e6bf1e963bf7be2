package dev.nomadgate.bench.report;

import dev.nomadgate.bench.report.Table.Line;
import java.util.List;

/** What each row is about, as a ratio to nginx: a dot for each peer, the further left the better. */
final class SummaryPlot {

    private static final int WIDTH = 1000;
    private static final int LEFT = 310;
    private static final int RIGHT = 960;
    private static final int TOP = 110;
    private static final int LANE = 6;
    private static final double[] TICKS = {0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100};

    private final List<Table> tables;
    private final List<String> peers;

    /** @param peers that have a ratio */
    SummaryPlot(List<Table> tables, List<String> peers) {
        this.tables = tables;
        this.peers = peers.stream().filter(peer -> !peer.equals(Table.REFERENCE)).toList();
    }

    String draw() {
        int row = LANE * (peers.size() + 2);
        int bottom = TOP + row * tables.size();
        Svg svg = new Svg(WIDTH, bottom + 50, "Cost of each kind of work as a ratio to nginx");
        svg.heading(20, 32, "Cost of each kind of work, nginx = 1: further left is better");
        svg.note(20, 54, "start", "Medians, with lines from the lowest to the highest round. CPU is processor time.");
        Colours.legend(svg, peers, 26, 82);
        Axis axis = axis();
        for (int i = 0; i < tables.size(); i += 2) {
            svg.band(10, TOP + row * i, WIDTH - 20, row, "#f6f8fa");
        }
        for (double tick : TICKS) {
            if (axis.shows(tick)) {
                double x = axis.at(tick);
                svg.line(x, TOP, x, bottom, tick == 1 ? "#000000" : "#d1d9e0", tick == 1 ? 1.5 : 1);
                svg.note(x, bottom + 18, "middle", tick == 1 ? "nginx" : label(tick));
            }
        }
        for (int i = 0; i < tables.size(); i++) {
            row(svg, axis, tables.get(i), TOP + row * i, row);
        }
        return svg.toString();
    }

    private static String label(double tick) {
        return "×" + Double.toString(tick).replaceFirst("\\.0$", "");
    }

    private void row(Svg svg, Axis axis, Table table, double top, int height) {
        svg.text(20, top + height / 2.0 + 4, "start", table.row().name() + " " + table.variant().label());
        svg.note(LEFT - 16, top + height / 2.0 + 4, "end", table.first().label());
        for (Line line : table.lines()) {
            Cell cell = line.cells().get(table.first());
            int lane = peers.indexOf(line.peer());
            if (lane >= 0 && cell != null && cell.hasRatio()) {
                double y = top + LANE * (lane + 1.5);
                double reference = cell.median() / cell.ratio();
                String colour = Colours.of(line.peer());
                svg.line(axis.at(cell.lowest() / reference), y, axis.at(cell.highest() / reference), y, colour, 2);
                svg.dot(axis.at(cell.ratio()), y, 4, colour);
            }
        }
    }

    private Axis axis() {
        double[] ratios = tables.stream()
                .flatMap(table -> table.lines().stream().map(line -> line.cells().get(table.first())))
                .filter(cell -> cell != null && cell.hasRatio()).mapToDouble(Cell::ratio).toArray();
        double lowest = 0.5;
        double highest = 2;
        for (double ratio : ratios) {
            lowest = Math.min(lowest, ratio * 0.85);
            highest = Math.max(highest, ratio * 1.15);
        }
        return new Axis(Math.max(lowest, TICKS[0]), Math.min(highest, TICKS[TICKS.length - 1]), LEFT, RIGHT, true);
    }
}
