package dev.nomadgate.session;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;

/**
 * A handshake that became no session.
 *
 * @param id of the request, as in {@code X-Request-Id}
 * @param at when it was refused
 * @param target what it asked for; empty where that is no valid target
 * @param workload what it was about, as far as that was found out
 * @param user who asked, if that is known: only the container's principal is by then
 * @param reason what kind of refusal
 * @param status the HTTP status of the answer
 * @param detail why, in words; bounded and printable
 */
public record RefusedHandshake(String id, Instant at, InetAddress client, Optional<ExecTarget> target,
        Workload workload, Optional<User> user, Reason reason, int status, String detail) {

    /** What kind of refusal. */
    public enum Reason {
        /** The request is none that may enter: its host, its form, its size. */
        REQUEST,
        /** The page that asked is of another origin. */
        ORIGIN,
        /** It is no valid WebSocket handshake. */
        HANDSHAKE,
        /** There are as many sessions as there may be. */
        LIMIT,
        /** A rule of the gate's policy. */
        POLICY,
        /** Nomad answered otherwise than with 101. */
        NOMAD,
        /** No server could be reached, or none answered. */
        UNREACHABLE,
        /** The audit log or a recording cannot be written. */
        RECORD,
        /** The gate is being stopped. */
        STOPPING
    }
}
