package dev.nomadgate.standin;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.ThreadLocalRandom;

/** RFC 6455 frames as bytes, for both roles. */
final class FrameCodec {
    private FrameCodec() {}

    /** A frame's head; {@code mask} is null where there is none. */
    record Head(int opcode, boolean fin, int rsv, long length, byte[] mask) {}

    /** The next frame's head, or null if the stream ended between two frames. */
    static Head readHead(InputStream in) throws IOException {
        int first = in.read();
        if (first < 0) {
            return null;
        }
        int second = need(in);
        long length = second & 0x7f;
        int more = length == 126 ? 2 : length == 127 ? 8 : 0;
        if (more > 0) {
            length = 0;
            for (int i = 0; i < more; i++) {
                length = length << 8 | need(in);
            }
        }
        byte[] mask = null;
        if ((second & 0x80) != 0) {
            mask = new byte[4];
            for (int i = 0; i < 4; i++) {
                mask[i] = (byte) need(in);
            }
        }
        return new Head(first & 0x0f, (first & 0x80) != 0, first & 0x70, length, mask);
    }

    static Frame readFrame(InputStream in) throws IOException {
        Head head = readHead(in);
        return head == null ? null : new Frame(head.opcode(), head.fin(), readPayload(in, head));
    }

    static byte[] readPayload(InputStream in, Head head) throws IOException {
        byte[] payload = in.readNBytes(Math.toIntExact(head.length()));
        if (payload.length < head.length()) {
            throw new EOFException("the frame broke off");
        }
        mask(payload, payload.length, head.mask(), 0);
        return payload;
    }

    /** Masks or unmasks; {@code position} is where in the payload {@code bytes} begin. */
    static void mask(byte[] bytes, int length, byte[] mask, long position) {
        for (int i = 0; mask != null && i < length; i++) {
            bytes[i] ^= mask[(int) ((position + i) & 3)];
        }
    }

    static byte[] newMask() {
        byte[] mask = new byte[4];
        ThreadLocalRandom.current().nextBytes(mask);
        return mask;
    }

    static byte[] head(int opcode, boolean fin, long length, byte[] mask) {
        int more = length < 126 ? 0 : length < 1 << 16 ? 2 : 8;
        byte[] head = new byte[2 + more + (mask == null ? 0 : 4)];
        head[0] = (byte) ((fin ? 0x80 : 0) | opcode);
        head[1] = (byte) ((mask == null ? 0 : 0x80) | (more == 0 ? (int) length : more == 2 ? 126 : 127));
        for (int i = 0; i < more; i++) {
            head[2 + i] = (byte) (length >>> 8 * (more - 1 - i));
        }
        if (mask != null) {
            System.arraycopy(mask, 0, head, 2 + more, 4);
        }
        return head;
    }

    /** A whole frame; {@code mask} is null in the server's role. */
    static byte[] encode(int opcode, boolean fin, byte[] payload, byte[] mask) {
        byte[] head = head(opcode, fin, payload.length, mask);
        byte[] frame = new byte[head.length + payload.length];
        byte[] body = payload.clone();
        mask(body, body.length, mask, 0);
        System.arraycopy(head, 0, frame, 0, head.length);
        System.arraycopy(body, 0, frame, head.length, body.length);
        return frame;
    }

    private static int need(InputStream in) throws IOException {
        int b = in.read();
        if (b < 0) {
            throw new EOFException("the frame broke off");
        }
        return b;
    }
}
