package dev.nomadgate.bench.load;

import dev.nomadgate.bench.wire.Frames;
import dev.nomadgate.bench.wire.Handshake;
import dev.nomadgate.bench.wire.Head;
import dev.nomadgate.bench.wire.Input;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;

/** An exec session of a browser. */
public final class Session implements Closeable {

    private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";
    private static final String ACCEPT = Handshake.accept(KEY);
    private static final String TARGET = "/v1/client/allocation/b3a3f1c2-0000-4000-8000-000000000001/exec"
            + "?task=bench&tty=true&command=%5B%22%2Fbin%2Fsh%22%5D";
    private static final byte[] NORMAL_CLOSURE = {0x03, (byte) 0xE8};
    private static final byte[] MESSAGE = message();

    private final Socket socket;
    private final Frames frames;

    /** Opens one that echoes. */
    public static Session echo(Endpoint endpoint) throws IOException {
        return new Session(endpoint, TARGET);
    }

    /** Opens one that answers each frame with so many bytes. */
    public static Session flood(Endpoint endpoint, long bytes) throws IOException {
        return new Session(endpoint, TARGET + "&bench-flood=" + bytes);
    }

    private Session(Endpoint endpoint, String target) throws IOException {
        socket = endpoint.connect();
        Input in = new Input(socket.getInputStream());
        OutputStream out = socket.getOutputStream();
        String scheme = endpoint.tls() == null ? "http" : "https";
        out.write(HttpConnection.request("GET", target, "Upgrade: websocket", "Connection: Upgrade",
                "Origin: " + scheme + "://localhost", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: " + KEY));
        Head head = in.head();
        if (head == null) {
            socket.close();
            throw new IOException("closed instead of an upgrade");
        }
        if (head.status() != 101 || !ACCEPT.equals(head.field("Sec-WebSocket-Accept"))) {
            IOException refused = new IOException(head.startLine() + Text.snippet(in, head));
            socket.close();
            throw refused;
        }
        frames = new Frames(in, out, true);
    }

    /** Sends a frame of 128 bytes and reads its echo. */
    public void echo() throws IOException {
        send();
        frames.readData();
        if (frames.length() != MESSAGE.length) {
            throw new IOException("an echo of " + frames.length() + " bytes");
        }
    }

    public void send() throws IOException {
        frames.write(Frames.TEXT, MESSAGE, MESSAGE.length);
    }

    /** Reads so many bytes of output. */
    public void receive(long bytes) throws IOException {
        for (long left = bytes; left > 0; left -= frames.length()) {
            frames.readData();
        }
    }

    /** Reads, and so answers pings, until the session ends. */
    public void idle() throws IOException {
        socket.setSoTimeout(0);
        while (true) {
            frames.readData();
        }
    }

    /** Takes leave as a browser does, and waits for the answer. */
    public void leave() throws IOException {
        frames.write(Frames.CLOSE, NORMAL_CLOSURE, NORMAL_CLOSURE.length);
        while (frames.read() != Frames.CLOSE) {
            continue;
        }
        close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private static byte[] message() {
        byte[] message = new byte[128];
        java.util.Arrays.fill(message, (byte) 'x');
        return message;
    }
}
