package dev.nomadgate.session;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Hears what becomes of sessions. Implementations are thread-safe and never block: they are called by the threads that
 * move frames. What one throws is logged and changes nothing.
 */
public interface SessionObserver {

    /**
     * Whether sessions may begin at all.
     *
     * @return done when they may; failed with a {@link Refusal} when none may at the moment
     */
    default CompletionStage<Void> accepts() {
        return CompletableFuture.completedFuture(null);
    }

    /**
     * A handshake is about to go to Nomad, which may begin at once to do what it asks for.
     *
     * @return done when it may; failed with a {@link Refusal} when it may not
     */
    default CompletionStage<Void> requested(Handshake handshake) {
        return accepts();
    }

    /**
     * A session is complete: both connections stand, and user and workload are known as far as they will be. Nothing
     * that was typed has gone to Nomad yet.
     *
     * @return done when the session may go on; failed with a {@link Refusal} when it may not
     */
    default CompletionStage<Void> began(Session session) {
        return CompletableFuture.completedFuture(null);
    }

    /**
     * A piece of a text message passes: a whole one, or a fragment. Not told of the handshake's frame, nor of binary
     * messages.
     *
     * @param fromBrowser whether it was typed, rather than shown
     * @param last whether the message ends here
     */
    default void passed(Session session, boolean fromBrowser, String text, boolean last) {
    }

    /** Both connections of a session that {@link #began} are gone. Told once, also after a refusal. */
    default void ended(Session session, Outcome outcome) {
    }

    /** A handshake became no session. */
    default void refused(RefusedHandshake refused) {
    }

    /** Why a session may not go on, for who opened it: no secret, no internals. */
    final class Refusal extends RuntimeException {

        private static final long serialVersionUID = 1;

        /** @param reason at most 123 bytes, the length of a close frame's */
        public Refusal(String reason) {
            super(reason, null, false, false);
        }
    }
}
