package dev.nomadgate.soak;

import dev.nomadgate.contract.containers.GateContainer;
import dev.nomadgate.metrics.PrometheusText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A gate under the soak.
 *
 * @param firstLine of its log, behind what the container says while it starts
 * @param rests what was seen of it, in order
 */
record Subject(GateContainer gate, int firstLine, List<AtRest> rests) {

    static Subject of(GateContainer gate) {
        return new Subject(gate, gate.output().size(), new ArrayList<>());
    }

    void rest() {
        rests.add(AtRest.of(gate, requests()));
    }

    /** How many requests are in flight, apart from the one that asks. */
    int requests() {
        try {
            return PrometheusText.of(gate.port()).samples().entrySet().stream()
                    .filter(sample -> sample.getKey().startsWith("nomad_gate_requests_in_flight{"))
                    .mapToInt(sample -> sample.getValue().intValue()).sum() - 1;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What there is more of at the last rest than at those before, in words. */
    List<String> leaks() {
        return rests.get(rests.size() - 1).leaks(rests.get(0), rests.get(1));
    }

    List<String> stackTraces() {
        return gate.stackTraces(firstLine);
    }

    /** The lines of log up to a rest. */
    int logLines(AtRest rest) {
        return rest.logLines() - firstLine;
    }
}
