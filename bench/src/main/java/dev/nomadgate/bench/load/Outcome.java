package dev.nomadgate.bench.load;

import org.HdrHistogram.Histogram;

/**
 * What came of a stretch of work.
 *
 * @param latency of each operation that succeeded, in nanoseconds
 * @param firstFailure in words, or null
 */
public record Outcome(long operations, long failures, long nanos, Histogram latency, String firstFailure) {

    public double perSecond() {
        return operations * 1e9 / nanos;
    }
}
