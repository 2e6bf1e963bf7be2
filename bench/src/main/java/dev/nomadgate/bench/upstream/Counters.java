package dev.nomadgate.bench.upstream;

import java.util.concurrent.atomic.AtomicLong;

/** What the generator asks the stand-in about itself. */
final class Counters {

    final AtomicLong sessions = new AtomicLong();
    final AtomicLong bulkBytes = new AtomicLong();
    final AtomicLong polls = new AtomicLong();
    private long released;

    /** Holds the caller until the next release. */
    synchronized void awaitRelease() throws InterruptedException {
        polls.incrementAndGet();
        long seen = released;
        while (seen == released) {
            wait();
        }
        polls.decrementAndGet();
    }

    synchronized void release() {
        released++;
        notifyAll();
    }

    String state() {
        return "sessions=%d\nbulk=%d\npolls=%d\n".formatted(sessions.get(), bulkBytes.get(), polls.get());
    }
}
