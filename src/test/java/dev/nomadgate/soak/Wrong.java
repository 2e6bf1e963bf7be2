package dev.nomadgate.soak;

/** What no fault excuses: other bytes than were sent, or a broken answer that looks whole. */
final class Wrong extends RuntimeException {

    private static final long serialVersionUID = 1;

    Wrong(String what) {
        super(what);
    }
}
