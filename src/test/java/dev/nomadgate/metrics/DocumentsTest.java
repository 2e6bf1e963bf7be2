package dev.nomadgate.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.nomadgate.session.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The dashboard and the documentation name what the code registers: nothing else, and nothing less. */
class DocumentsTest {

    private static final Path DASHBOARD = Path.of("src/docs/grafana-dashboard.json");
    private static final Path DOCUMENTATION = Path.of("src/docs/metrics.md");
    private static final Pattern NAME = Pattern.compile("nomad_gate_[a-zA-Z0-9_]+");
    private static final Pattern ROW = Pattern.compile("\\| `(nomad_gate_\\w+)` \\| (\\w+)(?::([^|]*))? \\| .*");
    private static final Pattern SELECTOR = Pattern.compile("(nomad_gate_\\w+)\\{([^}]*)}");
    private static final Pattern MATCHER = Pattern.compile("(\\w+)(?:=~|=)\"([^\"]*)\"");

    private static Metrics metrics;
    private static PrometheusText scrape;

    @BeforeAll
    static void scrape() {
        metrics = MetricsTest.touched();
        scrape = MetricsTest.text(metrics);
    }

    @AfterAll
    static void close() {
        metrics.close();
    }

    /** What a query may name. */
    private static Set<String> names() {
        return scrape.samples().keySet().stream().map(series -> series.replaceFirst("\\{.*", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void theDashboardAsksForWhatThereIsAndLeavesNothingOut() throws IOException {
        Set<String> asked = new TreeSet<>();
        for (String query : strings("expr", "query")) {
            NAME.matcher(query).results().map(result -> result.group()).forEach(asked::add);
        }
        assertThat(names()).containsAll(asked);
        Set<String> families = asked.stream().map(name -> name.replaceFirst("_bucket$", "")).collect(Collectors.toSet());
        assertThat(families).containsExactlyInAnyOrderElementsOf(scrape.types().keySet());
    }

    /** A label that no series has selects nothing; {@code instance} is Prometheus' own. */
    @Test
    void theDashboardSelectsByLabelsThatThereAre() throws IOException {
        for (String query : Stream.concat(strings("expr", "query").stream(), Stream.of(Files.readString(DOCUMENTATION))).toList()) {
            for (Matcher selector = SELECTOR.matcher(query); selector.find(); ) {
                String name = selector.group(1);
                for (Matcher label = MATCHER.matcher(selector.group(2)); label.find(); ) {
                    String pair = label.group(1) + "=\"" + label.group(2) + "\"";
                    assertThat(label.group(1).equals("instance") || scrape.samples().keySet().stream()
                            .anyMatch(series -> series.startsWith(name + "{") && series.contains(pair)))
                            .as(pair + " in " + query).isTrue();
                }
            }
        }
    }

    @Test
    void panelsAreTitledDescribedAndApart() throws IOException {
        assertThat(strings("title")).doesNotContain("").doesNotHaveDuplicates();
        assertThat(strings("description")).allMatch(text -> text.endsWith("."));
        assertThat(strings("expr")).allMatch(query -> query.contains("instance=~\"$gate\"")).hasSizeGreaterThan(30);
    }

    @Test
    void everyMetricIsDocumentedWithItsTypeAndLabels() throws IOException {
        Map<String, String> documented = new TreeMap<>();
        for (String line : Files.readAllLines(DOCUMENTATION)) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                assertThat(documented.put(row.group(1), row.group(2))).as(row.group(1) + " once").isNull();
                checkLabels(row.group(1), row.group(3) == null ? "" : row.group(3));
            }
        }
        assertThat(documented).isEqualTo(new TreeMap<>(scrape.types()));
    }

    private static void checkLabels(String name, String text) {
        if (text.strip().equals("the same")) {
            return;
        }
        Set<String> documented = Pattern.compile("`(\\w+)`").matcher(text.replaceFirst("=.*", ""))
                .results().map(result -> result.group(1)).collect(Collectors.toSet());
        Set<String> real = scrape.samples().keySet().stream()
                .filter(series -> series.matches(name + "(_bucket|_count|_sum)?\\{.*"))
                .flatMap(series -> Pattern.compile("(\\w+)=\"").matcher(series).results().map(result -> result.group(1)))
                .filter(label -> !label.equals("le")).collect(Collectors.toSet());
        assertThat(documented).as("labels of " + name).isEqualTo(real);
    }

    /** In tables and alerts. */
    @Test
    void theDocumentationNamesNothingElse() throws IOException {
        assertThat(NAME.matcher(Files.readString(DOCUMENTATION)).results().map(result -> result.group()))
                .isSubsetOf(Stream.concat(names().stream(), scrape.types().keySet().stream()).toList());
    }

    /** The values of all labels but the server's and the build's are told. */
    @Test
    void everyValueOfALabelIsDocumented() throws IOException {
        String text = Files.readString(DOCUMENTATION);
        Set<String> values = scrape.samples().keySet().stream()
                .filter(series -> !series.startsWith("nomad_gate_build_info") && !series.contains("server="))
                .flatMap(series -> Pattern.compile("\\w+=\"([^\"]*)\"").matcher(series).results())
                .filter(result -> !result.group().startsWith("le="))
                .map(result -> result.group(1)).collect(Collectors.toCollection(TreeSet::new));
        assertThat(values).hasSizeGreaterThan(25).allMatch(value -> text.contains("`" + value + "`")
                || value.matches("[2-4]xx"));
    }

    /** All texts of the dashboard under these names, wherever they are. */
    private static List<String> strings(String... names) throws IOException {
        List<String> found = new ArrayList<>();
        try (JsonParser parser = Json.parser(Files.readString(DASHBOARD))) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.VALUE_STRING && Arrays.asList(names).contains(parser.currentName())) {
                    found.add(parser.getText());
                }
            }
        }
        return found;
    }
}
