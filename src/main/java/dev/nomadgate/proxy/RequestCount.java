package dev.nomadgate.proxy;

import java.util.concurrent.TimeUnit;

/** The HTTP requests in flight. Outlives every change of configuration. Thread-safe. */
public final class RequestCount {

    private int inFlight;
    private long lastEndNanos = System.nanoTime() - TimeUnit.DAYS.toNanos(1);
    private boolean closed;

    /** How a request may enter. */
    enum Entry { ADMITTED, FULL, CLOSED }

    /** Counts one more, unless there are as many as there may be. Who was admitted has to {@link #leave}. */
    synchronized Entry enter(int limit) {
        if (closed) {
            return Entry.CLOSED;
        }
        if (inFlight >= limit) {
            return Entry.FULL;
        }
        inFlight++;
        return Entry.ADMITTED;
    }

    synchronized void leave() {
        inFlight--;
        lastEndNanos = System.nanoTime();
        notifyAll();
    }

    /** Admits no more. */
    public synchronized void close() {
        closed = true;
    }

    /**
     * Waits until no request has been in flight for a while: a client that is told on its answer to leave its connection
     * may be sending its next request on it right now.
     *
     * @param deadlineNanos by {@link System#nanoTime}, when to give up
     * @param quietNanos for how long there has to be none
     * @return whether that came about
     */
    public synchronized boolean awaitNone(long deadlineNanos, long quietNanos) throws InterruptedException {
        while (true) {
            long now = System.nanoTime();
            long quiet = lastEndNanos + quietNanos - now;
            if (inFlight == 0 && quiet <= 0) {
                return true;
            }
            long left = deadlineNanos - now;
            if (left <= 0) {
                return false;
            }
            // A wait of 0 ms would be one without end.
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(1_000_000, inFlight == 0 ? Math.min(left, quiet) : left));
        }
    }
}
