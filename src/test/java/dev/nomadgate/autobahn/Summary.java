package dev.nomadgate.autobahn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The results as two tables: how many cases of each chapter went how, and the cases that are not simply OK. */
final class Summary {

    private static final Map<String, String> CHAPTERS = new LinkedHashMap<>();

    static {
        CHAPTERS.put("1", "framing");
        CHAPTERS.put("2", "pings and pongs");
        CHAPTERS.put("3", "reserved bits");
        CHAPTERS.put("4", "opcodes");
        CHAPTERS.put("5", "fragmentation");
        CHAPTERS.put("6", "UTF-8");
        CHAPTERS.put("7", "closing");
        CHAPTERS.put("9", "big messages, many messages");
        CHAPTERS.put("10", "fragments of the sender's own");
    }

    private Summary() {
    }

    static String of(Results results, String echo, List<String> gates) {
        List<String> agents = new ArrayList<>(List.of(echo));
        agents.addAll(gates);
        StringBuilder text = new StringBuilder("| chapter | cases |");
        agents.forEach(agent -> text.append(' ').append(agent).append(" |"));
        text.append("\n|---|---|").append("---|".repeat(agents.size())).append('\n');
        CHAPTERS.forEach((number, title) -> chapter(text, results, agents, number, title));
        text.append("\nNot simply OK (while it runs / how it closes):\n\n| case |");
        agents.forEach(agent -> text.append(' ').append(agent).append(" |"));
        text.append("\n|---|").append("---|".repeat(agents.size())).append('\n');
        for (String number : results.cases()) {
            List<String> verdicts = agents.stream().map(agent -> results.of(agent, number).toString()).toList();
            if (verdicts.stream().anyMatch(verdict -> !verdict.equals(Verdict.OK.toString()))) {
                text.append("| ").append(number).append(" | ").append(String.join(" | ", verdicts)).append(" |\n");
            }
        }
        return text.toString();
    }

    private static void chapter(StringBuilder text, Results results, List<String> agents, String number, String title) {
        List<String> cases = results.cases().stream().filter(each -> each.startsWith(number + ".")).toList();
        if (cases.isEmpty()) {
            return;
        }
        text.append("| ").append(number).append(' ').append(title).append(" | ").append(cases.size()).append(" |");
        for (String agent : agents) {
            Map<String, Long> counts = cases.stream().collect(Collectors.groupingBy(
                    each -> results.of(agent, each).toString(), TreeMap::new, Collectors.counting()));
            text.append(' ').append(counts.entrySet().stream().map(count -> count.getValue() + " " + count.getKey())
                    .collect(Collectors.joining(", "))).append(" |");
        }
        text.append('\n');
    }
}
