package dev.nomadgate.recording;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/** How recording goes, since the gate started. Thread-safe. */
public final class RecordingFigures {

    private final AtomicInteger active = new AtomicInteger();
    private final LongAdder begun = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder missing = new LongAdder();
    private final LongAdder limited = new LongAdder();
    private final LongSupplier waiting;

    /** @param waiting how many bytes, about, wait to be written */
    RecordingFigures(LongSupplier waiting) {
        this.waiting = waiting;
    }

    /** Sessions being recorded now. */
    public int active() {
        return active.get();
    }

    /** Recordings that were begun. */
    public long begun() {
        return begun.sum();
    }

    /** Recordings that could not be written, or not to their end. */
    public long failed() {
        return failed.sum();
    }

    /** Bytes, about, that are missing in recordings because the disk did not keep up, or a message was too large. */
    public long missing() {
        return missing.sum();
    }

    /** Recordings that ended at {@code max-session-size}, before their sessions did. */
    public long limited() {
        return limited.sum();
    }

    /** Bytes, about, that wait in memory to be written. */
    public long waiting() {
        return waiting.getAsLong();
    }

    void countBegun() {
        begun.increment();
        active.incrementAndGet();
    }

    void countOver() {
        active.decrementAndGet();
    }

    void countFailed() {
        failed.increment();
    }

    void countMissing(long bytes) {
        missing.add(bytes);
    }

    void countLimited() {
        limited.increment();
    }
}
