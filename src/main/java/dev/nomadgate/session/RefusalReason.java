package dev.nomadgate.session;

import java.util.Locale;

/** Why a handshake did not become a session. */
public enum RefusalReason {

    /** The page that asked may not open one. */
    ORIGIN,
    /** The gate, or the client, has as many as it may have. */
    LIMIT,
    /** A rule of the gate's own. */
    POLICY,
    /** The handshake itself is not valid. */
    HANDSHAKE,
    /** Nomad refused it, or answered it in a way that nobody can use. */
    NOMAD,
    /** No server could be reached, or none took it in time. */
    UNREACHABLE,
    /** Its start could not be written to the audit log, without which it may not begin. */
    AUDIT,
    /** Its recording could not be begun, without which it may not. */
    RECORDING,
    /** The gate is being stopped. */
    STOPPING;

    /** Its name in logs and labels. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
