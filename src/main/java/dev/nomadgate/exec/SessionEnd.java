package dev.nomadgate.exec;

import dev.nomadgate.proxy.EventLog;

/**
 * Who ended a session, and how, in words for the log.
 *
 * @param words bounded and printable
 * @param lost whether Nomad's side went away without a word, which an operator may want to look into
 */
record SessionEnd(String words, boolean lost) {

    static final SessionEnd NONE = new SessionEnd("it never began", false);

    static SessionEnd byGate(CloseStatus status) {
        return new SessionEnd("the gate closed it" + shown(status), false);
    }

    static SessionEnd byBrowser(CloseStatus seen) {
        return new SessionEnd(seen.announced() ? "the browser closed it" + shown(seen) : "the browser was gone", false);
    }

    static SessionEnd byNomad(CloseStatus seen, boolean exited) {
        if (seen.announced()) {
            return new SessionEnd("Nomad closed it" + shown(seen), false);
        }
        return exited
                ? new SessionEnd("its process exited", false)
                : new SessionEnd("Nomad dropped the session (its server, or the task's node, is gone)", true);
    }

    /** A reason is the peer's own text: no more than a line of it. */
    private static String shown(CloseStatus seen) {
        return (seen.hasCode() ? " with " + seen.code() : " without a code")
                + (seen.reason().isEmpty() ? "" : " \"" + EventLog.printable(seen.reason()) + "\"");
    }
}
