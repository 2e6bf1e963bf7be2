package dev.nomadgate.recording;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A recording as a list shows it. Immutable.
 *
 * @param name its name, which holds when the session began
 * @param header its first line; empty if that is no header
 * @param bytes its size
 * @param seconds how long it is, if that is to be seen
 * @param end why nothing follows, if it has an end
 * @param underWay whether it is being made
 */
record Recording(RecordingName name, Map<?, ?> header, long bytes, Optional<Double> seconds, Optional<String> end,
        boolean underWay) {

    /** The facts about its session that the gate wrote. */
    Map<?, ?> facts() {
        return header.get(CastHeader.OWN) instanceof Map<?, ?> facts ? facts : Map.of();
    }

    Optional<String> fact(String fact) {
        return facts().get(fact) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /** All of it, for JSON. */
    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("recording", name.text());
        json.put("started", name.started());
        json.put("seconds", seconds);
        json.put("bytes", bytes);
        json.put("state", underWay ? "recording" : end.isPresent() ? "complete" : "broken off");
        json.put("end", end);
        json.put("title", header.get("title"));
        json.put("session", facts());
        return json;
    }
}
