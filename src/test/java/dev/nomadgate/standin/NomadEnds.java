package dev.nomadgate.standin;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Nomad's ends of the sessions with {@link StandInNomad#SCRIPT_ALLOC}, in a test's own hands until that closes this. */
public final class NomadEnds implements AutoCloseable {

    private final BlockingQueue<WireSession> ends = new LinkedBlockingQueue<>();
    private final CountDownLatch over = new CountDownLatch(1);

    /** Of the sessions that come from now on. */
    public NomadEnds(StandInNomad nomad) {
        nomad.sessionScript(session -> {
            ends.add(session);
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** The end of the next session. */
    public WireSession next(Duration atMost) throws InterruptedException {
        WireSession session = ends.poll(atMost.toSeconds(), TimeUnit.SECONDS);
        if (session == null) {
            throw new AssertionError("no session came to Nomad");
        }
        return session;
    }

    @Override
    public void close() {
        over.countDown();
    }
}
