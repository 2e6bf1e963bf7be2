package dev.nomadgate.upstream;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.IOException;
import java.util.Optional;

/** What an agent says of its health, as far as the gate needs it. */
final class HealthAnswer {

    /** Without what Jackson else leaves to the threads of the container, which outlive the web application. */
    private static final JsonFactory JSON =
            JsonFactory.builder().recyclerPool(JsonRecyclerPools.nonRecyclingPool()).build();
    private static final int LONGEST = 120;

    private HealthAnswer() {
    }

    /** Nomad's own words for what is wrong, such as {@code no leader}; on one line, empty if it has none. */
    static Optional<String> message(String body) {
        String found = "";
        try (JsonParser parser = JSON.createParser(body)) {
            while (parser.nextToken() != null && found.isEmpty()) {
                if (parser.currentToken() == JsonToken.VALUE_STRING && "message".equals(parser.currentName())) {
                    found = parser.getText();
                }
            }
        } catch (IOException e) {
            // Not an answer of Nomad's.
        }
        String line = found.replaceAll("[^\\p{Graph} ]+", " ").strip();
        return Optional.of(line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…")
                .filter(text -> !text.isEmpty());
    }
}
