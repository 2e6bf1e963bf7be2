package dev.nomadgate.standin;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One WebSocket frame, unmasked.
 *
 * @param opcode 0 continuation, 1 text, 2 binary, 8 close, 9 ping, 10 pong
 * @param fin whether it ends its message
 * @param payload its bytes
 */
public record Frame(int opcode, boolean fin, byte[] payload) {
    public static final int CONTINUATION = 0;
    public static final int TEXT = 1;
    public static final int BINARY = 2;
    public static final int CLOSE = 8;
    public static final int PING = 9;
    public static final int PONG = 10;

    /** The payload as UTF-8. */
    public String text() {
        return new String(payload, StandardCharsets.UTF_8);
    }

    /** A close frame's code; 1005 if it carries none. */
    public int closeCode() {
        return payload.length < 2 ? 1005 : (payload[0] & 0xff) << 8 | payload[1] & 0xff;
    }

    /** A close frame's reason, possibly empty. */
    public String closeReason() {
        return payload.length < 3 ? "" : new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8);
    }

    public boolean isClose() {
        return opcode == CLOSE;
    }

    public boolean isControl() {
        return opcode >= CLOSE;
    }

    /** The payload of a close frame; empty for 1005, which never travels. */
    static byte[] closePayload(int code, String reason) {
        if (code == 1005) {
            return new byte[0];
        }
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        byte[] payload = new byte[2 + Math.min(text.length, 123)];
        payload[0] = (byte) (code >> 8);
        payload[1] = (byte) code;
        System.arraycopy(text, 0, payload, 2, payload.length - 2);
        return payload;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Frame f && f.opcode == opcode && f.fin == fin && Arrays.equals(f.payload, payload);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * opcode + Boolean.hashCode(fin)) + Arrays.hashCode(payload);
    }

    @Override
    public String toString() {
        String what = isClose() ? closeCode() + " " + closeReason()
                : payload.length <= 200 ? text() : payload.length + " bytes";
        return "Frame[opcode=" + opcode + ", fin=" + fin + ", " + what + "]";
    }
}
