package dev.nomadgate.exec;

import dev.nomadgate.session.SessionObserver;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * How a session begins: what the browser sends is held back until it is known who that is, and whether the session may be.
 * Thread-safe, but that one frame at a time is held.
 */
final class Beginning {

    private static final int TOO_LARGE = 1009;
    private static final int INTERNAL_ERROR = 1011;

    private final Consumer<CloseStatus> refuse;
    private final FirstMessage first = new FirstMessage();
    private volatile Attendance attendance = Attendance.NONE;
    private volatile boolean over;

    /** @param refuse ends a session that may not be, and says why */
    Beginning(Consumer<CloseStatus> refuse) {
        this.refuse = refuse;
    }

    void attend(Attendance asked) {
        attendance = asked;
    }

    Attendance attendance() {
        return attendance;
    }

    /** Whether a message of the browser's that says who it is has to come, or be understood, first. */
    boolean awaitsHandshake() {
        return !over && attendance.awaitsHandshake();
    }

    /** Adds to what is held back; returns the whole message once the session may go on, or nothing before and if it may not. */
    CompletionStage<Optional<Frame.Data>> hold(Frame.Data frame) {
        Optional<Frame.Data> message = first.add(frame);
        if (first.tooLong()) {
            refuse.accept(new CloseStatus(TOO_LARGE,
                    "the handshake message is longer than " + FirstMessage.LONGEST + " bytes"));
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return message.isEmpty()
                ? CompletableFuture.completedFuture(message)
                : begin(message.map(FirstMessage::text)).handle((done, refusal) -> message.filter(whole -> refusal == null));
    }

    /** Tells that all is there that a session begins with. */
    CompletionStage<Void> begin(Optional<String> handshake) {
        return attendance.begin(handshake).whenComplete((done, refusal) -> {
            over = true;
            if (refusal != null) {
                refuse.accept(new CloseStatus(INTERNAL_ERROR, reason(refusal)));
            }
        });
    }

    /** What an observer refused a session for. */
    static String reason(Throwable refusal) {
        Throwable cause = refusal instanceof CompletionException && refusal.getCause() != null ? refusal.getCause() : refusal;
        return cause instanceof SessionObserver.Refusal known
                ? known.getMessage() : "the gate could not put the session on record";
    }
}
