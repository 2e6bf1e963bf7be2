package dev.nomadgate.session;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** The sessions that are open. Outlives every change of configuration. Thread-safe. */
public final class LiveSessions implements SessionObserver {

    private final Map<String, Session> open = new ConcurrentHashMap<>();

    /** A snapshot. */
    public Collection<Session> all() {
        return List.copyOf(open.values());
    }

    public Optional<Session> find(String id) {
        return Optional.ofNullable(open.get(id));
    }

    @Override
    public CompletionStage<Void> began(Session session) {
        open.put(session.id(), session);
        return SessionObserver.super.began(session);
    }

    @Override
    public void ended(Session session, Outcome outcome) {
        open.remove(session.id());
    }
}
