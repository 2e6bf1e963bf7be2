package dev.nomadgate.bench.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.ThreadLocalRandom;

/** WebSocket frames over a connection, of a client (which masks) or a server. One thread reads, one writes. */
public final class Frames {

    public static final int TEXT = 1;
    public static final int BINARY = 2;
    public static final int CLOSE = 8;
    public static final int PING = 9;
    public static final int PONG = 10;

    private final Input in;
    private final OutputStream out;
    private final boolean client;
    private byte[] received = new byte[256];
    private byte[] sent = new byte[256 + 14];
    private int length;

    public Frames(Input in, OutputStream out, boolean client) {
        this.in = in;
        this.out = out;
        this.client = client;
    }

    /** Reads a frame and tells its opcode; 0 is a continuation. */
    public int read() throws IOException {
        int opcode = in.read() & 0x0F;
        int second = in.read();
        long announced = second & 0x7F;
        if (announced == 126) {
            announced = in.read() << 8 | in.read();
        } else if (announced == 127) {
            announced = 0;
            for (int i = 0; i < 8; i++) {
                announced = announced << 8 | in.read();
            }
        }
        length = Math.toIntExact(announced);
        int mask = 0;
        boolean masked = (second & 0x80) != 0;
        for (int i = 0; masked && i < 4; i++) {
            mask = mask << 8 | in.read();
        }
        if (received.length < length) {
            received = new byte[length];
        }
        in.readFully(received, length);
        if (masked) {
            apply(mask, received, 0, length);
        }
        return opcode;
    }

    /** The next frame that is no control frame; pings are answered on the way. */
    public int readData() throws IOException {
        while (true) {
            int opcode = read();
            if (opcode == PING) {
                write(PONG, received, length);
            } else if (opcode == CLOSE) {
                throw new Closed(length >= 2 ? (received[0] & 0xFF) << 8 | received[1] & 0xFF : 1005);
            } else if (opcode != PONG) {
                return opcode;
            }
        }
    }

    /** Of the last frame read; valid until the next one. */
    public byte[] payload() {
        return received;
    }

    /** Of the last frame read. */
    public int length() {
        return length;
    }

    /** Writes a frame with FIN. */
    public synchronized void write(int opcode, byte[] payload, int bytes) throws IOException {
        if (sent.length < bytes + 14) {
            sent = new byte[bytes + 14];
        }
        int end = 0;
        sent[end++] = (byte) (0x80 | opcode);
        int flag = client ? 0x80 : 0;
        if (bytes < 126) {
            sent[end++] = (byte) (flag | bytes);
        } else if (bytes < 1 << 16) {
            sent[end++] = (byte) (flag | 126);
            sent[end++] = (byte) (bytes >> 8);
            sent[end++] = (byte) bytes;
        } else {
            sent[end++] = (byte) (flag | 127);
            for (int shift = 56; shift >= 0; shift -= 8) {
                sent[end++] = (byte) ((long) bytes >> shift);
            }
        }
        int mask = client ? ThreadLocalRandom.current().nextInt() : 0;
        for (int shift = 24; client && shift >= 0; shift -= 8) {
            sent[end++] = (byte) (mask >> shift);
        }
        System.arraycopy(payload, 0, sent, end, bytes);
        if (client) {
            apply(mask, sent, end, bytes);
        }
        out.write(sent, 0, end + bytes);
    }

    private static void apply(int mask, byte[] bytes, int offset, int length) {
        byte[] key = {(byte) (mask >> 24), (byte) (mask >> 16), (byte) (mask >> 8), (byte) mask};
        for (int i = 0; i < length; i++) {
            bytes[offset + i] ^= key[i & 3];
        }
    }
}
