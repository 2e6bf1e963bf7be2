package dev.nomadgate.bench.upstream;

import dev.nomadgate.bench.wire.Closed;
import dev.nomadgate.bench.wire.Frames;
import dev.nomadgate.bench.wire.Handshake;
import dev.nomadgate.bench.wire.Head;
import dev.nomadgate.bench.wire.Input;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * A session. It echoes every frame; with {@code bench-flood=n} in the query it answers every frame with n bytes of
 * terminal output in frames of 4 KiB.
 */
final class ExecSession {

    private static final int FRAME = 4 * 1024;
    private static final byte[] OUTPUT = output();

    private final Input in;
    private final OutputStream out;
    private final Counters counters;

    ExecSession(Input in, OutputStream out, Counters counters) {
        this.in = in;
        this.out = out;
        this.counters = counters;
    }

    void run(Head head, String target) throws IOException {
        out.write("""
                HTTP/1.1 101 Switching Protocols\r
                Upgrade: websocket\r
                Connection: Upgrade\r
                Sec-WebSocket-Accept: %s\r
                \r
                """.formatted(Handshake.accept(head.field("Sec-WebSocket-Key"))).getBytes(StandardCharsets.US_ASCII));
        Frames frames = new Frames(in, out, false);
        long flood = Query.number(target, "bench-flood", 0);
        counters.sessions.incrementAndGet();
        try {
            while (true) {
                int opcode = frames.readData();
                if (flood > 0) {
                    flood(frames, flood);
                } else {
                    frames.write(opcode, frames.payload(), frames.length());
                }
            }
        } catch (Closed end) {
            frames.write(Frames.CLOSE, frames.payload(), frames.length());
        } finally {
            counters.sessions.decrementAndGet();
        }
    }

    private void flood(Frames frames, long bytes) throws IOException {
        for (long left = bytes; left > 0; left -= FRAME) {
            frames.write(Frames.TEXT, OUTPUT, FRAME);
            counters.bulkBytes.addAndGet(FRAME);
        }
    }

    /** As Nomad sends output: a text frame with Base64 in JSON. */
    private static byte[] output() {
        String start = "{\"stdout\":{\"data\":\"";
        String end = "\"}}";
        return (start + "A".repeat(FRAME - start.length() - end.length()) + end).getBytes(StandardCharsets.US_ASCII);
    }
}
