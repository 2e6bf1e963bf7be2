package dev.nomadgate.bench.report;

import dev.nomadgate.bench.report.Table.Line;
import dev.nomadgate.bench.row.Figure;
import java.util.List;
import java.util.Locale;

/** The tables, to read. */
final class Markdown {

    private final StringBuilder text = new StringBuilder();

    Markdown(Machine machine, List<Table> tables) {
        text.append("# Results of bench/run\n\n");
        machine.lines().forEach((name, value) -> text.append("- %s: %s\n".formatted(name, value)));
        text.append("""

                Each cell is the median of the rounds, their lowest and highest in brackets, and after × the ratio to
                nginx: the median of the ratios that the rounds had. Of a rate more is better, of everything else less.
                `direct` is the generator straight at the stand-in for Nomad.
                """);
        tables.forEach(this::table);
    }

    private void table(Table table) {
        text.append("\n## ").append(table.row().name()).append(", ").append(table.variant().label()).append("\n\n")
                .append(table.row().title()).append(".\n\n| peer |");
        table.figures().forEach(figure -> text.append(' ').append(figure.label()).append(" |"));
        text.append("\n|---|").append("---:|".repeat(table.figures().size())).append('\n');
        for (Line line : table.lines()) {
            text.append("| ").append(line.peer()).append(" |");
            table.figures().forEach(figure -> text.append(' ').append(cell(line, figure)).append(" |"));
            text.append('\n');
        }
        for (Line line : table.lines()) {
            if (!line.failures().isEmpty()) {
                text.append("\n**%s** failed in %d rounds: `%s`\n".formatted(line.peer(), line.failures().size(),
                        line.failures().get(0).replace('`', '\'')));
            }
        }
    }

    private static String cell(Line line, Figure figure) {
        Cell cell = line.cells().get(figure);
        if (cell == null) {
            return line.failures().isEmpty() || !figure.compared() ? "" : "failed";
        }
        String middle = number(cell.median());
        if (figure.compared()) {
            middle += " (" + number(cell.lowest()) + "…" + number(cell.highest()) + ")";
        }
        return cell.hasRatio() ? middle + " **×%s**".formatted(number(cell.ratio())) : middle;
    }

    /** Three digits are more than the spread is worth. */
    static String number(double value) {
        double size = Math.abs(value);
        int digits = size >= 100 ? 0 : size >= 10 ? 1 : 2;
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
