package dev.nomadgate.bench.wire;

import java.io.IOException;

/** The peer closed the WebSocket session. */
public final class Closed extends IOException {

    private static final long serialVersionUID = 1;

    private final int code;

    Closed(int code) {
        super("closed with " + code);
        this.code = code;
    }

    public int code() {
        return code;
    }
}
