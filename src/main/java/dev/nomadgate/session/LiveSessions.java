package dev.nomadgate.session;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The sessions that are open, from Nomad's 101 to the end of both connections. Outlives every change of configuration. Thread-safe. */
public final class LiveSessions {

    private final Map<String, Session> open = new ConcurrentHashMap<>();

    /** Adds it; false if another one has its id, which a proxy in front may choose. */
    public boolean add(Session session) {
        return open.putIfAbsent(session.id(), session) == null;
    }

    public void remove(Session session) {
        open.remove(session.id(), session);
    }

    /** All of them, in no order. */
    public Collection<Session> all() {
        return List.copyOf(open.values());
    }

    public Optional<Session> find(String id) {
        return Optional.ofNullable(open.get(id));
    }
}
