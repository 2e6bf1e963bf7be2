package dev.nomadgate.soak;

import java.io.IOException;

/** A session ended that should not have, or not so. */
final class SessionEnded extends IOException {

    private static final long serialVersionUID = 1;

    private final int code;

    /** @param code of the close frame; 1006 if there was none */
    SessionEnded(int code, String what) {
        super("the session ended with " + code + " " + what);
        this.code = code;
    }

    int code() {
        return code;
    }
}
