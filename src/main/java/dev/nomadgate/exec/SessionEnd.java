package dev.nomadgate.exec;

import dev.nomadgate.proxy.EventLog;
import dev.nomadgate.session.Outcome;
import dev.nomadgate.session.Outcome.EndedBy;
import java.util.OptionalInt;

/**
 * Who ended a session, and how, in words for the log.
 *
 * @param by whose doing it was
 * @param code of the close
 * @param words bounded and printable
 * @param lost whether Nomad's side went away without a word, which an operator may want to look into
 */
record SessionEnd(EndedBy by, int code, String words, boolean lost) {

    static final SessionEnd NONE = new SessionEnd(EndedBy.GATE, CloseStatus.ABNORMAL, "it never began", false);

    static SessionEnd byGate(CloseStatus status) {
        return new SessionEnd(EndedBy.GATE, status.code(), "the gate closed it" + shown(status), false);
    }

    static SessionEnd byAdmin(CloseStatus status, String operator) {
        return new SessionEnd(EndedBy.ADMIN, status.code(),
                EventLog.printable(operator) + " ended it at the gate's pages", false);
    }

    /** @param exited whether Nomad had said that the process exited: then the CLI leaves before Nomad hangs up */
    static SessionEnd byBrowser(CloseStatus seen, boolean exited) {
        return exited ? exited(seen) : new SessionEnd(EndedBy.BROWSER, seen.code(),
                seen.announced() ? "the browser closed it" + shown(seen) : "the browser was gone", false);
    }

    static SessionEnd byNomad(CloseStatus seen, boolean exited) {
        if (seen.announced()) {
            return new SessionEnd(EndedBy.NOMAD, seen.code(), "Nomad closed it" + shown(seen), false);
        }
        return exited
                ? exited(seen)
                : new SessionEnd(EndedBy.NOMAD, seen.code(),
                        "Nomad dropped the session (its server, or the task's node, is gone)", true);
    }

    private static SessionEnd exited(CloseStatus seen) {
        return new SessionEnd(EndedBy.PROCESS, seen.code(), "its process exited", false);
    }

    Outcome outcome(OptionalInt exitCode) {
        return new Outcome(by, code, words, exitCode);
    }

    /** A reason is the peer's own text: no more than a line of it. */
    private static String shown(CloseStatus seen) {
        return (seen.hasCode() ? " with " + seen.code() : " without a code")
                + (seen.reason().isEmpty() ? "" : " \"" + EventLog.printable(seen.reason()) + "\"");
    }
}
