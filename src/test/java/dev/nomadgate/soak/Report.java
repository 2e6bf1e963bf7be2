package dev.nomadgate.soak;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The figures of a soak, for people. */
final class Report {

    private Report() {
    }

    /**
     * In Markdown.
     *
     * @param names of the rests
     * @param connections at the servers at each rest
     * @param subjects the gates, each with as many rests at most
     */
    static String of(double minutes, long seed, int clients, Faults faults, Figures figures, List<String> names,
            List<Integer> connections, List<Subject> subjects) {
        StringBuilder text = new StringBuilder();
        text.append("%.0f minutes under load, %d clients, %d servers, seed %d, Java %s, %d cores.%n%n".formatted(
                minutes, clients, Servers.COUNT, seed, Runtime.version().feature(), Runtime.getRuntime().availableProcessors()));
        text.append("Faults: ");
        faults.counts().forEach((kind, count) -> text.append("%d× %s, ".formatted(
                count, kind.name().toLowerCase(Locale.ROOT).replace('_', ' '))));
        text.setLength(text.length() - 2);
        text.append(".\n\n").append(figures.operations()).append("\n| gate at rest |");
        names.forEach(name -> text.append(' ').append(name).append(" |"));
        text.append("\n|---|").append("---:|".repeat(names.size())).append('\n');
        for (Subject subject : subjects) {
            row(text, subject, "heap, MiB", rest -> "%.1f".formatted(rest.heap() / 1048576.0));
            row(text, subject, "threads", rest -> "" + rest.threads());
            row(text, subject, "open descriptors", rest -> "" + rest.descriptors());
            row(text, subject, "requests in flight", rest -> "" + rest.requests());
            row(text, subject, "exchanges in memory", rest -> "" + rest.exchanges());
            row(text, subject, "sessions in memory", rest -> "" + rest.sessions());
            row(text, subject, "resident, MiB", rest -> "" + (rest.resident() >> 20));
            row(text, subject, "lines of log", rest -> "%,d".formatted(subject.logLines(rest)));
        }
        text.append("| both: connections at the servers |");
        connections.forEach(count -> text.append(' ').append(count).append(" |"));
        return text.append('\n').toString();
    }

    private static void row(StringBuilder text, Subject subject, String what, Function<AtRest, String> value) {
        text.append("| ").append(subject.gate().kind()).append(": ").append(what).append(" |");
        subject.rests().forEach(rest -> text.append(' ').append(value.apply(rest)).append(" |"));
        text.append('\n');
    }
}
