package dev.nomadgate.bench.row;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one measurement of a row found out about a peer.
 *
 * @param failure in words, or null; there may be values all the same
 */
public record Sample(Map<Figure, Double> values, String failure) {

    public static Sample failed(String failure) {
        return new Sample(Map.of(), failure);
    }

    /** Values in the order in which they are to be shown. */
    public static final class Builder {

        private final Map<Figure, Double> values = new LinkedHashMap<>();
        private String failure;

        public Builder add(Figure figure, double value) {
            values.put(figure, value);
            return this;
        }

        public Builder fail(String words) {
            failure = failure == null ? words : failure;
            return this;
        }

        public Sample build() {
            return new Sample(values, failure);
        }
    }
}
