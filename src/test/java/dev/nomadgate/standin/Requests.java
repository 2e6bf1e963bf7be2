package dev.nomadgate.standin;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The record of what came in. */
final class Requests {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final List<RecordedRequest> requests = new ArrayList<>();
    private final Consumer<RecordedRequest> instead;

    /** @param instead hears of each request, of which no record is kept then; null for the record */
    Requests(Consumer<RecordedRequest> instead) {
        this.instead = instead;
    }

    void add(RecordedRequest request) {
        if (instead != null) {
            instead.accept(request);
            return;
        }
        synchronized (this) {
            requests.add(request);
            notifyAll();
        }
    }

    /** Something about a recorded request changed. */
    synchronized void changed() {
        notifyAll();
    }

    synchronized List<RecordedRequest> all() {
        return List.copyOf(requests);
    }

    synchronized void clear() {
        requests.clear();
    }

    synchronized RecordedRequest await(Predicate<RecordedRequest> wanted) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            for (RecordedRequest request : requests) {
                if (wanted.test(request)) {
                    return request;
                }
            }
            long millis = (deadline - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                throw new AssertionError("no such request within " + PATIENCE.toSeconds() + " s; received: " + requests);
            }
            try {
                wait(millis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted while waiting for a request", e);
            }
        }
    }
}
