package dev.nomadgate.exec;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;

/**
 * How a WebSocket session ended (RFC 6455 §7.4).
 *
 * @param code 1000 to 4999; {@link #NO_CODE} and {@link #ABNORMAL} only say what was seen and are
 *     never put on the wire
 * @param reason at most 123 bytes in UTF-8, never null
 */
public record CloseStatus(int code, String reason) {

    /** A close frame without a code. */
    public static final int NO_CODE = 1005;
    /** No close frame at all. */
    public static final int ABNORMAL = 1006;

    static final CloseStatus NORMAL = new CloseStatus(1000, "");
    static final CloseStatus CLIENT_GONE = new CloseStatus(1001, "the client went away");
    static final CloseStatus SHUTDOWN = new CloseStatus(1001, "nomad-gate is shutting down");
    static final CloseStatus OPERATOR = new CloseStatus(1001, "an operator ended the session");
    /** All that is seen of it is the end of TCP, whether the server died or the client node of the task did. */
    static final CloseStatus DROPPED = new CloseStatus(1012,
            "Nomad dropped the session (its server, or the task's node, is gone), reconnect");

    private static final int MAX_REASON_BYTES = 123;

    /** Shortens the reason to what a close frame can carry. */
    public CloseStatus {
        ByteBuffer bytes = ByteBuffer.allocate(MAX_REASON_BYTES);
        CharBuffer chars = CharBuffer.wrap(reason == null ? "" : reason);
        StandardCharsets.UTF_8.newEncoder().encode(chars, bytes, true);
        reason = chars.flip().toString();
    }

    /** The session ended without a close frame. */
    public static CloseStatus abnormal() {
        return new CloseStatus(ABNORMAL, "");
    }

    /** Reads the payload of a close frame. */
    public static CloseStatus of(ByteBuffer payload) {
        if (payload == null || payload.remaining() < 2) {
            return new CloseStatus(NO_CODE, "");
        }
        ByteBuffer rest = payload.slice();
        return new CloseStatus(rest.getShort() & 0xffff, StandardCharsets.UTF_8.decode(rest).toString());
    }

    /** Whether a close frame announced the end. */
    public boolean announced() {
        return code != ABNORMAL;
    }

    /** Whether a close frame may carry this code; one without it is sent otherwise. */
    public boolean hasCode() {
        return code != NO_CODE && code != ABNORMAL;
    }
}
