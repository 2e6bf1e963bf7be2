package dev.nomadgate.recording;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/** How recording goes, since the gate started. Thread-safe. */
public final class RecordingFigures {

    private final AtomicInteger active = new AtomicInteger();
    private final LongAdder failed = new LongAdder();
    private final LongAdder missing = new LongAdder();
    private final LongSupplier waiting;
    private final Runnable failures;
    private final LongConsumer dropped;

    /**
     * @param waiting how many bytes, about, wait to be written
     * @param failures runs for each recording that fails
     * @param dropped gets how many bytes, about, are missing each time
     */
    RecordingFigures(LongSupplier waiting, Runnable failures, LongConsumer dropped) {
        this.waiting = waiting;
        this.failures = failures;
        this.dropped = dropped;
    }

    /** Sessions being recorded now. */
    public int active() {
        return active.get();
    }

    /** Recordings that could not be written, or not to their end, and proofs beforehand that none can be. */
    public long failed() {
        return failed.sum();
    }

    /** Bytes, about, that are missing in recordings because the disk did not keep up, or a message was too large. */
    public long missing() {
        return missing.sum();
    }

    /** Bytes, about, that wait in memory to be written. */
    public long waiting() {
        return waiting.getAsLong();
    }

    void countBegun() {
        active.incrementAndGet();
    }

    void countOver() {
        active.decrementAndGet();
    }

    void countFailed() {
        failed.increment();
        failures.run();
    }

    void countMissing(long bytes) {
        missing.add(bytes);
        dropped.accept(bytes);
    }
}
