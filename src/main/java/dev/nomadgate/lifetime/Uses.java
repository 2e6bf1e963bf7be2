package dev.nomadgate.lifetime;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Counts who uses a thing that may be replaced at any time, so that it ends after the last of them and no earlier. The
 * thing's owner is the first user. Thread-safe.
 */
public final class Uses {

    private final Runnable end;
    private int count = 1;

    /** @param end runs once, when the last use was closed, in the thread that closed it */
    public Uses(Runnable end) {
        this.end = end;
    }

    /** A further use; empty when the last one was closed already, so that there is nothing left to use. */
    public synchronized Optional<Use> begin() {
        if (count == 0) {
            return Optional.empty();
        }
        count++;
        return Optional.of(new Use(this));
    }

    /** Ends the owner's own use; to be called once. */
    public void release() {
        boolean last;
        synchronized (this) {
            last = --count == 0;
        }
        if (last) {
            end.run();
        }
    }

    /** One use, which has to be closed. */
    public static final class Use implements AutoCloseable {

        private final Uses uses;
        private final AtomicBoolean closed = new AtomicBoolean();

        private Use(Uses uses) {
            this.uses = uses;
        }

        /**
         * A use of the same thing for someone who may need it for longer.
         *
         * @throws IllegalStateException if this one and all others are closed
         */
        public Use another() {
            return uses.begin().orElseThrow(() -> new IllegalStateException("used after its end"));
        }

        /** Has an effect once only. */
        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                uses.release();
            }
        }
    }
}
