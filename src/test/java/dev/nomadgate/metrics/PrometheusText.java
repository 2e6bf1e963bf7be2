package dev.nomadgate.metrics;

import dev.nomadgate.standin.RawHttp;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A scrape in Prometheus' text format 0.0.4, read strictly: every family has one HELP and one TYPE before its samples and is
 * all in one place, no series comes twice, and the buckets of a histogram add up.
 */
public final class PrometheusText {

    private static final String NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
    private static final Pattern COMMENT = Pattern.compile("# (HELP|TYPE) (" + NAME + ") (.*)");
    private static final Pattern SAMPLE = Pattern.compile("(" + NAME + ")(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\\n]|\\\\[\\\\\"n])*)\"(?:,|$)");
    private static final Set<String> TYPES = Set.of("counter", "gauge", "histogram");

    private final Map<String, String> types = new LinkedHashMap<>();
    private final Map<String, Double> samples = new LinkedHashMap<>();

    /** @throws AssertionError if it is not such a text; says which line */
    public static PrometheusText parse(String text) {
        PrometheusText parsed = new PrometheusText();
        require(text.endsWith("\n"), "the last line has an end", text);
        String family = "";
        boolean helped = false;
        for (String line : text.split("\n")) {
            Matcher comment = COMMENT.matcher(line);
            Matcher sample = SAMPLE.matcher(line);
            if (comment.matches() && comment.group(1).equals("HELP")) {
                family = comment.group(2);
                helped = true;
                require(!comment.group(3).isBlank(), "help", line);
            } else if (comment.matches()) {
                require(helped && comment.group(2).equals(family), "TYPE follows HELP", line);
                require(TYPES.contains(comment.group(3)), "a known type", line);
                require(parsed.types.put(family, comment.group(3)) == null, "a family is in one place", line);
                helped = false;
            } else {
                require(sample.matches(), "a sample", line);
                require(parsed.types.containsKey(family) && parsed.belongs(sample.group(1), family), "in its family", line);
                parsed.add(sample, line);
            }
        }
        parsed.checkHistograms();
        return parsed;
    }

    /** The scrape of a gate at the root of 127.0.0.1. */
    public static PrometheusText of(int port) throws IOException {
        return parse(RawHttp.get("127.0.0.1", port, "/gate/metrics").text());
    }

    private boolean belongs(String name, String family) {
        return types.get(family).equals("histogram")
                ? name.matches(Pattern.quote(family) + "_(bucket|count|sum)")
                : name.equals(family);
    }

    private void add(Matcher sample, String line) {
        Map<String, String> labels = new TreeMap<>();
        String text = sample.group(2) == null ? "" : sample.group(2);
        int end = 0;
        for (Matcher label = LABEL.matcher(text); end < text.length(); end = label.end()) {
            require(label.find(end) && label.start() == end, "labels", line);
            require(labels.put(label.group(1), label.group(2)) == null, "a label once", line);
        }
        double value = sample.group(3).equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(sample.group(3));
        require(samples.put(series(sample.group(1), labels), value) == null, "a series once", line);
    }

    private void checkHistograms() {
        Map<String, List<Double>> buckets = new HashMap<>();
        samples.forEach((series, value) -> {
            if (series.contains("_bucket{")) {
                buckets.computeIfAbsent(series.replaceFirst("le=\"[^\"]*\",?", "").replace(",}", "}").replace("{}", ""),
                        ignored -> new ArrayList<>()).add(value);
            }
        });
        buckets.forEach((series, values) -> {
            require(values.stream().sorted().toList().equals(values), "buckets add up", series);
            String count = series.replace("_bucket", "_count");
            require(values.get(values.size() - 1).equals(samples.get(count)), "the last bucket holds all", count);
        });
    }

    private static void require(boolean condition, String what, String line) {
        if (!condition) {
            throw new AssertionError("not as it has to be: " + what + ", in: " + line);
        }
    }

    private static String series(String name, Map<String, String> labels) {
        StringBuilder text = new StringBuilder();
        labels.forEach((label, value) -> text.append(text.isEmpty() ? "" : ",").append(label).append("=\"").append(value)
                .append('"'));
        return labels.isEmpty() ? name : name + "{" + text + "}";
    }

    /** The families' names, and the types of them. */
    public Map<String, String> types() {
        return types;
    }

    /** All series, such as {@code a_total{x="1",y="2"}}, labels sorted by name. */
    public Map<String, Double> samples() {
        return samples;
    }

    /** The value of one series. */
    public double value(String series) {
        Double value = samples.get(series);
        if (value == null) {
            throw new AssertionError("no series " + series + " in " + samples.keySet());
        }
        return value;
    }
}
