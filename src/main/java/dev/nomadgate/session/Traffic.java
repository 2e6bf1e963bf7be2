package dev.nomadgate.session;

import java.util.concurrent.atomic.LongAdder;

/** What has passed in one direction: data frames, and their payload in bytes (characters where it is text). Thread-safe. */
public final class Traffic {

    private final LongAdder frames = new LongAdder();
    private final LongAdder bytes = new LongAdder();

    void add(int size) {
        frames.increment();
        bytes.add(size);
    }

    public long frames() {
        return frames.sum();
    }

    public long bytes() {
        return bytes.sum();
    }
}
