package dev.nomadgate.standin;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Sends every frame back as it came: same opcode, same FIN, same bytes, and big ones while they arrive. */
final class EchoSession {
    private final WireSession session;

    EchoSession(WireSession session) {
        this.session = session;
    }

    void run() throws IOException {
        InputStream in = session.connection().in();
        for (FrameCodec.Head head; (head = FrameCodec.readHead(in)) != null; ) {
            if (head.mask() == null || head.rsv() != 0) {
                session.close(1002, head.mask() == null ? "bad MASK" : "RSV bits set");
                return;
            }
            switch (head.opcode()) {
                case Frame.PING -> session.sendFrame(Frame.PONG, true, FrameCodec.readPayload(in, head));
                case Frame.PONG -> FrameCodec.readPayload(in, head);
                case Frame.CLOSE -> {
                    session.sendFrame(Frame.CLOSE, true, FrameCodec.readPayload(in, head));
                    return;
                }
                default -> copy(in, head);
            }
        }
    }

    private void copy(InputStream in, FrameCodec.Head head) throws IOException {
        session.sendRaw(FrameCodec.head(head.opcode(), head.fin(), head.length(), null));
        byte[] buffer = new byte[16 * 1024];
        for (long position = 0; position < head.length(); ) {
            int n = in.read(buffer, 0, (int) Math.min(buffer.length, head.length() - position));
            if (n < 0) {
                throw new EOFException("the frame broke off");
            }
            FrameCodec.mask(buffer, n, head.mask(), position);
            position += n;
            session.sendRaw(n == buffer.length ? buffer : Arrays.copyOf(buffer, n));
        }
    }
}
