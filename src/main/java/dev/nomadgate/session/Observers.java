package dev.nomadgate.session;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Several observers as one: each hears everything, whatever another one does. Thread-safe. */
public final class Observers implements SessionObserver {

    private final Logger log = LoggerFactory.getLogger(Observers.class);
    private final List<SessionObserver> observers;

    /** @param observers in the order in which they hear */
    public Observers(List<SessionObserver> observers) {
        this.observers = List.copyOf(observers);
    }

    /** Done when all of them are; failed with the refusal of one of them. */
    @Override
    public CompletionStage<Void> accepts() {
        return all(SessionObserver::accepts);
    }

    /** Done when all of them are; failed with the refusal of one of them. */
    @Override
    public CompletionStage<Void> requested(Handshake handshake) {
        return all(observer -> observer.requested(handshake));
    }

    /** Done when all of them are; failed with the refusal of one of them. */
    @Override
    public CompletionStage<Void> began(Session session) {
        return all(observer -> observer.began(session));
    }

    private CompletionStage<Void> all(Function<SessionObserver, CompletionStage<Void>> call) {
        return CompletableFuture.allOf(observers.stream()
                .map(observer -> one(observer, call).toCompletableFuture()).toArray(CompletableFuture[]::new));
    }

    private CompletionStage<Void> one(SessionObserver observer, Function<SessionObserver, CompletionStage<Void>> call) {
        try {
            return call.apply(observer);
        } catch (RuntimeException e) {
            note(observer, e);
            return CompletableFuture.completedFuture(null);
        }
    }

    @Override
    public void passed(Session session, boolean fromBrowser, String text, boolean last) {
        each(observer -> observer.passed(session, fromBrowser, text, last));
    }

    @Override
    public void ended(Session session, Outcome outcome) {
        each(observer -> observer.ended(session, outcome));
    }

    @Override
    public void refused(RefusedHandshake refused) {
        each(observer -> observer.refused(refused));
    }

    private void each(Consumer<SessionObserver> call) {
        for (SessionObserver observer : observers) {
            try {
                call.accept(observer);
            } catch (RuntimeException e) {
                note(observer, e);
            }
        }
    }

    private void note(SessionObserver observer, RuntimeException e) {
        log.warn("{} failed: {}", observer.getClass().getSimpleName(), e.toString());
        log.debug("It failed here", e);
    }
}
