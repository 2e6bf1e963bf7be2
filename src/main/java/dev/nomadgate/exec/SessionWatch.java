package dev.nomadgate.exec;

import dev.nomadgate.identity.Identity;
import dev.nomadgate.session.Outcome;
import dev.nomadgate.session.Session;
import dev.nomadgate.session.SessionObserver;
import dev.nomadgate.session.User;
import dev.nomadgate.session.Workload;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.util.Utf8StringBuilder;

/** Tells the observers of one session what becomes of it, once it is known who is in it. Thread-safe. */
final class SessionWatch implements Attendance {

    private final Session session;
    private final SessionObserver observers;
    private final Identity identity;
    private final Optional<String> headerToken;
    private final AtomicBoolean beginning = new AtomicBoolean();
    private final CompletableFuture<Void> begun = new CompletableFuture<>();
    private final Utf8StringBuilder typed = new Utf8StringBuilder();
    private final Utf8StringBuilder output = new Utf8StringBuilder();

    /** @param headerToken the token in the header of the handshake */
    SessionWatch(Session session, SessionObserver observers, Identity identity, Optional<String> headerToken) {
        this.session = session;
        this.observers = observers;
        this.identity = identity;
        this.headerToken = headerToken;
    }

    @Override
    public boolean awaitsHandshake() {
        return session.target().awaitsHandshake();
    }

    @Override
    public CompletionStage<Void> begin(Optional<String> handshake) {
        if (beginning.compareAndSet(false, true)) {
            Optional<String> token = headerToken;
            CompletableFuture<Void> understood = CompletableFuture.completedFuture(null);
            try {
                token = HandshakeToken.of(handshake.orElse("{}")).or(() -> headerToken);
            } catch (IOException e) {
                // Were Nomad to read it all the same, nobody would know who is in the session.
                understood = CompletableFuture.failedFuture(new SessionObserver.Refusal("the handshake message is not JSON"));
            }
            CompletableFuture<Void> mayGoOn = understood;
            CompletableFuture<Optional<User>> user = session.user().isPresent()
                    ? CompletableFuture.completedFuture(Optional.empty())
                    : identity.user(session.server(), session.target().region(), token.orElse(""));
            CompletableFuture<Workload> workload = identity.workload(session.server(), session.target(), token);
            user.thenAcceptBoth(workload, (who, where) -> {
                who.ifPresent(session::known);
                session.known(where);
            }).thenCompose(known -> observers.began(session)).thenCompose(agreed -> mayGoOn).whenComplete((done, refusal) -> {
                if (refusal == null) {
                    begun.complete(null);
                } else {
                    begun.completeExceptionally(refusal);
                }
            });
        }
        return begun;
    }

    @Override
    public void passed(boolean fromBrowser, Frame.Data frame) {
        session.passed(fromBrowser, frame.size(), !frame.heartbeat());
    }

    @Override
    public void shown(boolean fromBrowser, Frame.Data frame) {
        if (frame instanceof Frame.Text text) {
            observers.passed(session, fromBrowser, text.text(), text.last());
        } else if (frame instanceof Frame.Binary binary) {
            // Nomad takes these for text, too: a client must not be able to hide what it types.
            Utf8StringBuilder decoder = fromBrowser ? typed : output;
            decoder.append(binary.payload().slice());
            observers.passed(session, fromBrowser, binary.last()
                    ? decoder.takeCompleteString(null) : decoder.takePartialString(null), binary.last());
        }
    }

    /** Both connections are gone. A session that ended before it was known who is in it is reported all the same. */
    void ended(Outcome outcome) {
        begin(Optional.empty()).whenComplete((done, refusal) -> observers.ended(session, outcome));
    }
}
