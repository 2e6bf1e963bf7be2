package dev.nomadgate.bench.report;

import dev.nomadgate.bench.report.Table.Line;
import java.util.List;
import java.util.Locale;

/** Cost per request and per frame against the number of clients: flat is good. */
final class GrowthPlot {

    private static final int WIDTH = 1000;
    private static final int HEIGHT = 430;
    private static final int TOP = 130;
    private static final int BOTTOM = 370;
    private static final int PANEL = 490;
    private static final int MARGIN = 60;

    private final List<Table> tables;
    private final List<String> peers;

    GrowthPlot(List<Table> tables, List<String> peers) {
        this.tables = tables;
        this.peers = peers;
    }

    String draw() {
        Svg svg = new Svg(WIDTH, HEIGHT, "Cost against the number of clients");
        svg.heading(20, 32, "Cost as clients become more: flat is good");
        svg.note(20, 54, "start", "Processor time of the proxy. Medians, with lines from the lowest to the highest.");
        Colours.legend(svg, peers, 26, 82);
        panel(svg, MARGIN, "growth-small-", "µs per answer of 1 KiB, by connections in flight");
        panel(svg, MARGIN + PANEL, "growth-echo-", "µs per echoed frame, by sessions");
        return svg.toString();
    }

    private void panel(Svg svg, double left, String prefix, String title) {
        List<Table> own = tables.stream().filter(table -> table.row().name().startsWith(prefix)).toList();
        if (own.isEmpty()) {
            return;
        }
        double highest = own.stream().flatMap(table -> table.lines().stream())
                .map(line -> line.cells().get(own.get(0).first()))
                .filter(cell -> cell != null).mapToDouble(Cell::highest).max().orElse(1) * 1.05;
        double right = left + PANEL - MARGIN - 30;
        Axis x = new Axis(8, 6500, left, right, true);
        Axis y = new Axis(0, highest, BOTTOM, TOP, false);
        svg.text(left, TOP - 14, "start", title);
        double step = step(highest);
        for (double tick = 0; tick <= highest; tick += step) {
            svg.line(left, y.at(tick), right, y.at(tick), tick == 0 ? "#59636e" : "#d1d9e0", 1);
            svg.note(left - 8, y.at(tick) + 4, "end", String.format(Locale.ROOT, "%.0f", tick));
        }
        for (Table table : own) {
            int clients = clients(table, prefix);
            svg.note(x.at(clients), BOTTOM + 20, "middle", String.format(Locale.ROOT, "%,d", clients));
        }
        peers.forEach(peer -> line(svg, x, y, own, prefix, peer));
    }

    private static void line(Svg svg, Axis x, Axis y, List<Table> tables, String prefix, String peer) {
        double lastX = Double.NaN;
        double lastY = Double.NaN;
        String colour = Colours.of(peer);
        for (Table table : tables) {
            Cell cell = table.lines().stream().filter(line -> line.peer().equals(peer)).map(Line::cells)
                    .map(cells -> cells.get(table.first())).filter(found -> found != null).findFirst().orElse(null);
            if (cell != null) {
                double atX = x.at(clients(table, prefix));
                double atY = y.at(cell.median());
                if (!Double.isNaN(lastX)) {
                    svg.line(lastX, lastY, atX, atY, colour, 2);
                }
                svg.line(atX, y.at(cell.lowest()), atX, y.at(cell.highest()), colour, 1.5);
                svg.dot(atX, atY, 4, colour);
                lastX = atX;
                lastY = atY;
            }
        }
    }

    private static int clients(Table table, String prefix) {
        return Integer.parseInt(table.row().name().substring(prefix.length()));
    }

    /** 1, 2 or 5 times a power of ten, so that there are some five of them. */
    private static double step(double highest) {
        double power = Math.pow(10, Math.floor(Math.log10(highest / 5)));
        double rest = highest / 5 / power;
        return power * (rest < 1.5 ? 1 : rest < 3.5 ? 2 : rest < 7.5 ? 5 : 10);
    }
}
