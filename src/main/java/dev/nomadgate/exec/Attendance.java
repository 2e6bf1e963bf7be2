package dev.nomadgate.exec;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What a bridge asks and tells of the session that it carries. Implementations are thread-safe and never block. */
interface Attendance {

    /** Of a bridge that carries no session yet: asks nothing, tells nobody. */
    Attendance NONE = new Attendance() { };

    /** Whether the session begins with a message of the browser's that says who is in it. */
    default boolean awaitsHandshake() {
        return false;
    }

    /**
     * Both connections stand, and the message that was awaited has come, if one was.
     *
     * @return done when the session may go on; failed with the reason when it may not
     */
    default CompletionStage<Void> begin(Optional<String> handshake) {
        return CompletableFuture.completedFuture(null);
    }

    /** A data frame passes, the handshake's included. */
    default void passed(boolean fromBrowser, Frame.Data frame) {
    }

    /** A data frame passes that is input or output. */
    default void shown(boolean fromBrowser, Frame.Data frame) {
    }
}
