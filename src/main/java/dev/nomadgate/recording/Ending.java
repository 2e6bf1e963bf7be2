package dev.nomadgate.recording;

import dev.nomadgate.session.Session;

/** How the gate ends a session that must not go on unrecorded. Thread-safe. */
@FunctionalInterface
public interface Ending {

    /** @param reason for who is in it: at most 123 bytes, no internals */
    void end(Session session, String reason);
}
