package dev.nomadgate.standin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** The server's end of one WebSocket, frame by frame. Sending is thread-safe, reading is not. */
public final class WireSession {
    private static final int SLICE = 16 * 1024;

    private final Connection connection;
    private final RecordedRequest request;
    private final AtomicLong written = new AtomicLong();
    private final Object writing = new Object();

    WireSession(Connection connection, RecordedRequest request) {
        this.connection = connection;
        this.request = request;
    }

    /** The upgrade request. */
    public RecordedRequest request() {
        return request;
    }

    /** Sends one whole text message; blocks while the peer does not read. */
    public void sendText(String text) throws IOException {
        sendFrame(Frame.TEXT, true, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends one whole binary message; blocks while the peer does not read. */
    public void sendBinary(byte[] payload) throws IOException {
        sendFrame(Frame.BINARY, true, payload);
    }

    /** Sends one frame of any kind, legal or not. */
    public void sendFrame(int opcode, boolean fin, byte[] payload) throws IOException {
        sendRaw(FrameCodec.encode(opcode, fin, payload, null));
    }

    /** Sends bytes as they are. */
    public void sendRaw(byte[] bytes) throws IOException {
        synchronized (writing) {
            // In slices, so that bytesWritten() also moves within a big frame.
            for (int offset = 0; offset < bytes.length; offset += SLICE) {
                int n = Math.min(SLICE, bytes.length - offset);
                connection.write(bytes, offset, n);
                written.addAndGet(n);
            }
        }
    }

    /** Sends a ping; the pong comes out of {@link #readFrame()}. */
    public void ping(byte[] payload) throws IOException {
        sendFrame(Frame.PING, true, payload);
    }

    /** Sends a close frame (an empty one for 1005) and leaves TCP open. */
    public void close(int code, String reason) throws IOException {
        sendFrame(Frame.CLOSE, true, Frame.closePayload(code, reason));
    }

    /** The next frame, control frames included and unanswered; null at EOF. */
    public Frame readFrame() throws IOException {
        return FrameCodec.readFrame(connection.in());
    }

    /** Closes TCP without a close frame. */
    public void eof() {
        connection.close();
    }

    /** Breaks TCP off with an RST. */
    public void reset() {
        connection.reset();
    }

    /** Waits until the peer closes or resets TCP; false if it did not within {@code limit}. */
    public boolean awaitPeerClose(Duration limit) throws IOException {
        return connection.awaitPeerClose(limit);
    }

    /** How many bytes, heads included, TCP has taken from this session since its 101. */
    public long bytesWritten() {
        return written.get();
    }

    Connection connection() {
        return connection;
    }

    /** Reads and drops until the peer ends TCP: what Nomad leaves behind after a close. */
    void lingerUntilPeerCloses() {
        byte[] dropped = new byte[4096];
        try {
            while (connection.in().read(dropped) >= 0) {
                // Dropped.
            }
        } catch (IOException e) {
            // A reset ends it as well.
        }
    }
}
