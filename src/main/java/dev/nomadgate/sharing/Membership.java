package dev.nomadgate.sharing;

import java.util.concurrent.atomic.AtomicBoolean;

/** One client's place among those that wait for the same answer. Thread-safe. */
public final class Membership {

    private final Participant participant;
    private final long since;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile SharedQuery query;

    Membership(Participant participant, long since) {
        this.participant = participant;
        this.since = since;
        participant.joined(this);
    }

    Participant participant() {
        return participant;
    }

    /** When the client asked, as a monotonic clock tells it. */
    long since() {
        return since;
    }

    void moveTo(SharedQuery to) {
        query = to;
    }

    /**
     * Waits no longer, unless the answer has begun. The query itself goes on: Nomad would keep its connection occupied
     * all the same, and the next to ask can still have its answer.
     *
     * @return whether the answer had not begun; then nothing will be heard of it
     */
    public boolean giveUp() {
        return query.giveUp(this);
    }

    /** Wants nothing more of the answer, wherever it is. */
    public void leave(Throwable cause) {
        query.leave(this, cause);
    }

    /** Runs this the first time. */
    void end(Runnable task) {
        if (ended.compareAndSet(false, true)) {
            task.run();
        }
    }
}
