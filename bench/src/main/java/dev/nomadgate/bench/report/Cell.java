package dev.nomadgate.bench.report;

import java.util.Arrays;
import java.util.Collection;

/**
 * A figure over all rounds.
 *
 * @param ratio to nginx: the median of the ratios of each round, or NaN
 */
public record Cell(double median, double lowest, double highest, double ratio) {

    static double median(Collection<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        if (sorted.length == 0) {
            return Double.NaN;
        }
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    static Cell of(Collection<Double> values, Collection<Double> ratios) {
        double[] all = values.stream().mapToDouble(Double::doubleValue).toArray();
        return new Cell(median(values), Arrays.stream(all).min().orElse(Double.NaN),
                Arrays.stream(all).max().orElse(Double.NaN), median(ratios));
    }

    /** None without nginx, nor where nginx needed less than can be told. */
    boolean hasRatio() {
        return Double.isFinite(ratio);
    }
}
