package dev.nomadgate.audit;

import java.util.OptionalLong;
import java.util.function.LongSupplier;

/** Bounds lines that anybody can bring about, so that they drive no others out of the files. Thread-safe. */
final class LineRate {

    private static final int A_SECOND = 20;
    private static final long SECOND = 1_000_000_000;

    private final LongSupplier nanoTime;
    private long second;
    private int lines;
    private long leftOut;

    LineRate(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.second = nanoTime.getAsLong();
    }

    /** How many were left out since the last one, if this one may be written. */
    synchronized OptionalLong admit() {
        long now = nanoTime.getAsLong();
        if (now - second >= SECOND) {
            second = now;
            lines = 0;
        }
        if (lines++ >= A_SECOND) {
            leftOut++;
            return OptionalLong.empty();
        }
        OptionalLong before = OptionalLong.of(leftOut);
        leftOut = 0;
        return before;
    }
}
