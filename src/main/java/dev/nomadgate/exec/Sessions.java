package dev.nomadgate.exec;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The sessions that are open, so that none outlives the deployment. Thread-safe. */
public final class Sessions {

    private final Set<Bridge> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    void add(Bridge bridge) {
        open.add(bridge);
        if (closed) {
            bridge.shutDown();
        }
    }

    void remove(Bridge bridge) {
        open.remove(bridge);
        synchronized (this) {
            notifyAll();
        }
    }

    /**
     * Closes every session with 1001, and cuts off those that are not gone in time.
     *
     * @param millis how long to wait for them
     */
    public synchronized void close(long millis) {
        closed = true;
        open.forEach(Bridge::shutDown);
        long deadline = System.nanoTime() + millis * 1_000_000;
        try {
            for (long left = millis; !open.isEmpty() && left > 0;
                    left = (deadline - System.nanoTime()) / 1_000_000) {
                wait(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        open.forEach(Bridge::cut);
    }
}
