package dev.nomadgate.client;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Builds arrivals from header lines, as a test reads best. */
final class SampleArrivals {

    private SampleArrivals() {
    }

    /** A plain HTTP request to port 8080 of the gate, with lines such as {@code "Host: gate.example"}. */
    static Arrival from(String peer, String... lines) {
        Map<String, List<String>> fields = new HashMap<>();
        for (String line : lines) {
            int colon = line.indexOf(": ");
            fields.computeIfAbsent(line.substring(0, colon), name -> new ArrayList<>()).add(line.substring(colon + 2));
        }
        return new Arrival(peer, "http", 8080, fields.get("Host"), fields.get("Forwarded"),
                fields.get("X-Forwarded-For"), fields.get("X-Forwarded-Proto"), fields.get("X-Forwarded-Host"),
                fields.get("X-Forwarded-Port"));
    }
}
