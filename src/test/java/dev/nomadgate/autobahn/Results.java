package dev.nomadgate.autobahn;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What came of all cases: the {@code index.json} that the suite writes. Immutable. */
final class Results {

    /** By the numbers, 1.2.10 behind 1.2.9. */
    static final Comparator<String> BY_NUMBER = Comparator.comparing(Results::padded);

    private final Map<String, Map<String, CaseResult>> ofAgents;

    private Results(Map<String, Map<String, CaseResult>> ofAgents) {
        this.ofAgents = ofAgents;
    }

    static Results read(Path index) throws IOException {
        Map<String, Map<String, CaseResult>> agents = new TreeMap<>();
        try (JsonParser json = new JsonFactory().createParser(index.toFile())) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                agents.put(json.currentName(), cases(json));
            }
        }
        return new Results(agents);
    }

    private static Map<String, CaseResult> cases(JsonParser json) throws IOException {
        Map<String, CaseResult> cases = new TreeMap<>(BY_NUMBER);
        json.nextToken();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            cases.put(json.currentName(), one(json));
        }
        return cases;
    }

    private static CaseResult one(JsonParser json) throws IOException {
        Verdict behavior = Verdict.MISSING;
        Verdict close = Verdict.MISSING;
        json.nextToken();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            if (name.equals("behavior")) {
                behavior = Verdict.of(json.getText());
            } else if (name.equals("behaviorClose")) {
                close = Verdict.of(json.getText());
            }
        }
        return new CaseResult(behavior, close);
    }

    /** The numbers of all cases that anybody was put to, in order. */
    Set<String> cases() {
        Set<String> all = new TreeSet<>(BY_NUMBER);
        ofAgents.values().forEach(cases -> all.addAll(cases.keySet()));
        return all;
    }

    CaseResult of(String agent, String number) {
        return ofAgents.getOrDefault(agent, Map.of()).getOrDefault(number, CaseResult.MISSING);
    }

    private static String padded(String number) {
        StringBuilder padded = new StringBuilder();
        for (String part : number.split("\\.")) {
            padded.append("%4s".formatted(part));
        }
        return padded.toString();
    }
}
