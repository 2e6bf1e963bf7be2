package dev.nomadgate.session;

import java.util.OptionalInt;

/**
 * How a session ended.
 *
 * @param endedBy whose doing it was
 * @param closeCode the code of the close (RFC 6455 §7.4); 1005 without a code, 1006 without a close frame
 * @param words for people; bounded and printable
 * @param exitCode of the process, if Nomad told one
 */
public record Outcome(EndedBy endedBy, int closeCode, String words, OptionalInt exitCode) {

    /** Whose doing it was. */
    public enum EndedBy {
        /** The browser closed it, or is gone. */
        BROWSER,
        /** Nomad closed or dropped it. */
        NOMAD,
        /** The process in the task exited. */
        PROCESS,
        /** The gate: a limit, its own end, a rule of WebSocket. */
        GATE,
        /** Somebody at the gate's pages. */
        ADMIN
    }
}
