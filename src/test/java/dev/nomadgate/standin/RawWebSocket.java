package dev.nomadgate.standin;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import javax.net.ssl.SSLContext;

/**
 * A raw WebSocket client for tests: frames as they are, nothing answered by itself. Silence for
 * 20 s (or the time given) is an {@link AssertionError}. Not for use from several threads, except
 * that one may read while another writes.
 */
public final class RawWebSocket implements AutoCloseable {
    private final RawHttp http;
    private final RawHttp.Head head;
    private boolean ended;

    private RawWebSocket(RawHttp http, RawHttp.Head head) {
        this.http = http;
        this.head = head;
    }

    /** Opens a session; a path or query that {@link URI} cannot hold needs the other method. */
    public static RawWebSocket open(URI uri, Map<String, String> extraHeaders) throws IOException {
        String target = uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
        return open(uri.getHost(), uri.getPort(), target, extraHeaders);
    }

    /** Opens a session. Given fields replace the usual ones of the same name. */
    public static RawWebSocket open(String host, int port, String rawTarget, Map<String, String> headers)
            throws IOException {
        return open(host, port, rawTarget, headers, 0);
    }

    /**
     * Opens a session with a receive buffer of about that many bytes, for slow readers.
     *
     * @throws HandshakeRefused if the answer is not 101
     */
    public static RawWebSocket open(String host, int port, String rawTarget, Map<String, String> headers,
            int receiveBuffer) throws IOException {
        return open(host, port, rawTarget, headers, receiveBuffer, null);
    }

    /** The same over TLS, unless that is null. */
    public static RawWebSocket open(String host, int port, String rawTarget, Map<String, String> headers,
            int receiveBuffer, SSLContext tls) throws IOException {
        RawHttp http = RawHttp.connect(host, port, receiveBuffer, tls);
        boolean opened = false;
        try {
            byte[] nonce = new byte[16];
            ThreadLocalRandom.current().nextBytes(nonce);
            String key = Base64.getEncoder().encodeToString(nonce);
            http.write(handshake(host + ":" + port, rawTarget, key, headers));
            RawHttp.Head head = http.readHead();
            if (head.status() != 101) {
                throw new HandshakeRefused(new RawHttp.Response(head.status(), head.reason(), head.headers(),
                        http.readToEnd(), http.bodyComplete()));
            }
            // Only the usual key has a known answer.
            if (headers.keySet().stream().noneMatch(h -> h.equalsIgnoreCase("Sec-WebSocket-Key"))
                    && !Handshake.accept(key).equals(head.header("Sec-WebSocket-Accept"))) {
                throw new AssertionError("wrong Sec-WebSocket-Accept: " + head);
            }
            opened = true;
            return new RawWebSocket(http, head);
        } finally {
            if (!opened) {
                http.close();
            }
        }
    }

    /** The text of an upgrade request. */
    public static String handshake(String authority, String rawTarget, String key, Map<String, String> headers) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("host", "Host: " + authority);
        all.put("upgrade", "Upgrade: websocket");
        all.put("connection", "Connection: Upgrade");
        all.put("sec-websocket-key", "Sec-WebSocket-Key: " + key);
        all.put("sec-websocket-version", "Sec-WebSocket-Version: 13");
        headers.forEach((name, value) -> all.put(name.toLowerCase(Locale.ROOT), name + ": " + value));
        return "GET " + rawTarget + " HTTP/1.1\r\n" + String.join("\r\n", all.values()) + "\r\n\r\n";
    }

    /** The 101's first value of a field, or null. */
    public String header(String name) {
        return head.header(name);
    }

    /** The 101's fields, in order. */
    public List<Map.Entry<String, String>> headers() {
        return head.headers();
    }

    /** Sends a whole text message in one frame. */
    public void sendText(String text) throws IOException {
        sendFrame(Frame.TEXT, true, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends a whole binary message in one frame. */
    public void sendBinary(byte[] payload) throws IOException {
        sendFrame(Frame.BINARY, true, payload);
    }

    /** Sends one masked frame, legal or not. */
    public void sendFrame(int opcode, boolean fin, byte[] payload) throws IOException {
        sendRaw(FrameCodec.encode(opcode, fin, payload, FrameCodec.newMask()));
    }

    /** Sends bytes as they are. */
    public void sendRaw(byte[] bytes) throws IOException {
        http.write(bytes);
    }

    /** A masked frame's bytes, to cut up or to damage. */
    public static byte[] encode(int opcode, boolean fin, byte[] payload) {
        return FrameCodec.encode(opcode, fin, payload, FrameCodec.newMask());
    }

    public void ping(byte[] payload) throws IOException {
        sendFrame(Frame.PING, true, payload);
    }

    /** Sends a close frame (an empty one for 1005); TCP stays as it is. */
    public void close(int code, String reason) throws IOException {
        sendFrame(Frame.CLOSE, true, Frame.closePayload(code, reason));
    }

    /** The next frame, control frames included; null if TCP ended. */
    public Frame readFrame() throws IOException {
        return readFrame(ClientSocket.PATIENCE);
    }

    /** The next frame, control frames included; null if TCP ended, in the middle of a frame or not. */
    public Frame readFrame(Duration timeout) throws IOException {
        http.patience(timeout);
        try {
            FrameCodec.Head frame = FrameCodec.readHead(http.socket().in());
            if (frame == null) {
                ended = true;
                return null;
            }
            if (frame.mask() != null || frame.rsv() != 0) {
                throw new AssertionError("a server's frame must not be masked nor have RSV bits: " + frame);
            }
            return new Frame(frame.opcode(), frame.fin(), FrameCodec.readPayload(http.socket().in(), frame));
        } catch (EOFException | SocketException e) {
            ended = true;
            return null;
        } finally {
            http.patience(ClientSocket.PATIENCE);
        }
    }

    /** The next whole message's text, pings and pongs skipped; a close or EOF fails the test. */
    public String readText(Duration timeout) throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        for (Frame frame; (frame = readFrame(timeout)) != null && !frame.isClose(); ) {
            if (!frame.isControl()) {
                message.writeBytes(frame.payload());
                if (frame.fin()) {
                    return message.toString(StandardCharsets.UTF_8);
                }
            }
        }
        throw new AssertionError("expected a message, but the session ended");
    }

    /** The next close frame, everything before it skipped; null if TCP ended without one. */
    public Frame readClose(Duration timeout) throws IOException {
        Frame frame = readFrame(timeout);
        while (frame != null && !frame.isClose()) {
            frame = readFrame(timeout);
        }
        return frame;
    }

    /** Whether a read has met the end of TCP. */
    public boolean ended() {
        return ended;
    }

    /** Reads and drops until TCP ends; fails the test if nothing, not even that, comes within {@code timeout}. */
    public void awaitEof(Duration timeout) throws IOException {
        while (readFrame(timeout) != null) {
            // Dropped.
        }
    }

    /** Sends FIN and keeps reading. */
    public void shutdownOutput() throws IOException {
        http.shutdownOutput();
    }

    /** Breaks TCP off with an RST. */
    public void reset() throws IOException {
        http.reset();
    }

    /** Closes TCP without a close frame. */
    @Override
    public void close() {
        http.close();
    }
}
