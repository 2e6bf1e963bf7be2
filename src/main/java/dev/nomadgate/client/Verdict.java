package dev.nomadgate.client;

/** What a policy says about a request. */
public sealed interface Verdict {

    /** The request may go on. */
    record Allowed() implements Verdict {
    }

    /**
     * The request may not go on.
     *
     * @param reason names the header, its value (bounded, printable ASCII) and the setting that would
     *     allow it; fit for a log line and for a page
     */
    record Refused(String reason) implements Verdict {
    }
}
