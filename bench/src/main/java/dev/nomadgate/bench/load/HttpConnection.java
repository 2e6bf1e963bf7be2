package dev.nomadgate.bench.load;

import dev.nomadgate.bench.wire.Body;
import dev.nomadgate.bench.wire.Head;
import dev.nomadgate.bench.wire.Input;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A persistent HTTP/1.1 connection of a browser. */
public final class HttpConnection implements Closeable {

    private static final int PIECE = 64 * 1024;

    private final Endpoint endpoint;
    private Socket socket;
    private Input in;
    private OutputStream out;

    public HttpConnection(Endpoint endpoint) throws IOException {
        this.endpoint = endpoint;
        connect();
    }

    private void connect() throws IOException {
        socket = endpoint.connect();
        in = new Input(socket.getInputStream());
        out = socket.getOutputStream();
    }

    /** The bytes of a request without a body. */
    public static byte[] request(String method, String target, String... fields) {
        StringBuilder text = new StringBuilder("""
                %s %s HTTP/1.1\r
                Host: localhost\r
                User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0\r
                Accept: application/json\r
                Accept-Encoding: identity\r
                """.formatted(method, target));
        for (String field : fields) {
            text.append(field).append("\r\n");
        }
        return text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Sends the request and reads the answer's body to its end; its length. */
    public long exchange(byte[] request) throws IOException {
        send(request);
        return receive();
    }

    public void send(byte[] request) throws IOException {
        out.write(request);
    }

    /** Sends so many bytes of a body. */
    public void sendBody(long bytes) throws IOException {
        byte[] piece = new byte[(int) Math.min(bytes, PIECE)];
        for (long left = bytes; left > 0; left -= piece.length) {
            out.write(piece, 0, (int) Math.min(left, piece.length));
        }
    }

    /** Reads an answer to its end; the length of its body. */
    public long receive() throws IOException {
        Head head = receiveHead();
        long bytes = Body.drain(in, head);
        if (!head.isPersistent()) {
            socket.close();
            connect();
        }
        return bytes;
    }

    public Head receiveHead() throws IOException {
        Head head = in.head();
        if (head == null) {
            throw new IOException("closed instead of an answer");
        }
        if (head.status() != 200) {
            throw new IOException(head.startLine() + Text.snippet(in, head));
        }
        return head;
    }

    public Input body() {
        return in;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
