package dev.nomadgate.proxy;

import java.io.EOFException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The requests that are not sent yet, because nothing came of the body that they announce. They use no connection, so
 * nothing ends them with the connections; but they must not outlive the gate. Thread-safe.
 */
public final class ArrivingBodies {

    private final AtomicInteger asking = new AtomicInteger();
    private final Set<RequestBody> awaited = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;

    /**
     * Whether Nomad may be asked before there is any of a body that its client holds back until Nomad wants it: so many
     * of them may hold a connection meanwhile.
     */
    boolean mayAsk(RequestBody body, int most) {
        if (!body.awaitsContinue()) {
            return false;
        }
        if (asking.incrementAndGet() > most) {
            asking.decrementAndGet();
            return false;
        }
        body.whenBegunOrOver(asking::decrementAndGet);
        return true;
    }

    /** Waits for the first piece of a body; see {@link RequestBody#await}. */
    void await(RequestBody body, Runnable arrived) {
        awaited.add(body);
        body.await(() -> awaited.remove(body), arrived);
        if (stopped) {
            stop();
        }
    }

    /** Ends all of them, and those that are still to come. */
    public void stop() {
        stopped = true;
        awaited.forEach(body -> body.onError(new EOFException("the gate is being stopped")));
    }
}
