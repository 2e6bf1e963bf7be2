package dev.nomadgate.exec;

import dev.nomadgate.config.LimitsConfig;
import dev.nomadgate.proxy.Refusals;
import java.net.InetAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * All sessions, so that they are not too many, and none outlives the deployment. Outlives every change of
 * configuration. Thread-safe.
 */
public final class Sessions {

    private final SessionCount count = new SessionCount();
    private final Set<Bridge> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** Asks for a place for one more session, at the beginning of its handshake. */
    SessionCount.Entry enter(InetAddress client, LimitsConfig limits) {
        return closed ? new SessionCount.Refused(Refusals.stopping()) : count.enter(client, limits);
    }

    /** Adds a session whose connection to Nomad stands; false if the gate has begun to end meanwhile. */
    synchronized boolean add(Bridge bridge) {
        return !closed && open.add(bridge);
    }

    void remove(Bridge bridge) {
        open.remove(bridge);
        synchronized (this) {
            notifyAll();
        }
    }

    boolean isClosed() {
        return closed;
    }

    /** Admits no more. */
    public synchronized void refuse() {
        closed = true;
    }

    /** Writes a line into the terminal of every session. */
    public void say(String line) {
        open.forEach(bridge -> bridge.say(line));
    }

    /**
     * Waits until every session has ended by itself.
     *
     * @param deadlineNanos by {@link System#nanoTime}, when to give up
     * @return whether that came about
     */
    public synchronized boolean awaitNone(long deadlineNanos) throws InterruptedException {
        for (long left; !open.isEmpty() && (left = deadlineNanos - System.nanoTime()) > 0; ) {
            // A wait of 0 ms would be one without end.
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(1_000_000, left));
        }
        return open.isEmpty();
    }

    /**
     * Closes every session with 1001, and cuts off those that are not gone in time.
     *
     * @param millis how long to wait for them
     */
    public void close(long millis) {
        refuse();
        open.forEach(Bridge::shutDown);
        try {
            awaitNone(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        open.forEach(Bridge::cut);
    }
}
