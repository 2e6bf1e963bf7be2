package dev.nomadgate.standin;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLContext;

/**
 * A raw HTTP/1.1 client connection for tests: sends the bytes it is given and reads the answer
 * piece by piece, without decoding content. Silence for 20 s is an {@link AssertionError}.
 */
public final class RawHttp implements AutoCloseable {
    private enum Framing { NONE, LENGTH, CHUNKED, EOF }

    private final ClientSocket socket;
    private Framing framing = Framing.NONE;
    private long left;
    private boolean complete;
    private boolean toHead;
    private boolean broken;
    private boolean inChunkEnd;

    /** A whole answer; {@code bodyComplete} tells a proper end from a connection that broke off. */
    public record Response(int status, String reason, List<Map.Entry<String, String>> headers, byte[] body,
            boolean bodyComplete) {
        /** The first value of a field, or null; the name's case does not matter. */
        public String header(String name) {
            return first(headers, name);
        }

        /** All values of a field, in order. */
        public List<String> headers(String name) {
            return headers.stream().filter(h -> h.getKey().equalsIgnoreCase(name)).map(Map.Entry::getValue).toList();
        }

        /** The body as UTF-8. */
        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    /** An answer's head. */
    public record Head(int status, String reason, List<Map.Entry<String, String>> headers) {
        /** The first value of a field, or null; the name's case does not matter. */
        public String header(String name) {
            return first(headers, name);
        }
    }

    private RawHttp(ClientSocket socket) {
        this.socket = socket;
    }

    /** Opens a connection and sends nothing yet. */
    public static RawHttp connect(String host, int port) throws IOException {
        return connect(host, port, 0);
    }

    /** Opens a connection with a receive buffer of about that many bytes, for slow readers. */
    public static RawHttp connect(String host, int port, int receiveBuffer) throws IOException {
        return connect(host, port, receiveBuffer, null);
    }

    /** The same over TLS, unless that is null. */
    static RawHttp connect(String host, int port, int receiveBuffer, SSLContext tls) throws IOException {
        return new RawHttp(new ClientSocket(host, port, receiveBuffer, tls));
    }

    /** Sends one request and reads its whole answer, on a connection of its own. */
    public static Response send(String host, int port, byte[] requestBytes) throws IOException {
        try (RawHttp http = connect(host, port)) {
            http.toHead = new String(requestBytes, 0, Math.min(5, requestBytes.length), StandardCharsets.ISO_8859_1)
                    .equals("HEAD ");
            http.write(requestBytes);
            return http.readResponse();
        }
    }

    /** As {@link #send(String, int, byte[])}, from ISO-8859-1 text. */
    public static Response send(String host, int port, String request) throws IOException {
        return send(host, port, request.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** A GET with the given raw target and fields, with {@code Host} and {@code Connection: close}. */
    public static Response get(String host, int port, String rawTarget, String... headerLines) throws IOException {
        return send(host, port, request("GET", host, port, rawTarget, headerLines)
                .replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));
    }

    /** The text of a request without a body, from its raw target and whole header lines. */
    public static String request(String method, String host, int port, String rawTarget, String... headerLines) {
        StringBuilder text = new StringBuilder(method + " " + rawTarget + " HTTP/1.1\r\nHost: " + host + ":" + port
                + "\r\n");
        for (String line : headerLines) {
            text.append(line).append("\r\n");
        }
        return text.append("\r\n").toString();
    }

    /** Says that the next answer is one to HEAD and so has no body whatever its fields say. */
    public RawHttp expectNoBody() {
        toHead = true;
        return this;
    }

    /** How long a read may take from now on before it fails the test. */
    public RawHttp patience(Duration patience) {
        socket.patience(patience);
        return this;
    }

    public RawHttp write(byte[] bytes) throws IOException {
        socket.write(bytes);
        return this;
    }

    /** Writes ISO-8859-1 text. */
    public RawHttp write(String text) throws IOException {
        return write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Reads a head; the body, if there is one, comes next. A 1xx head has no body and another head follows. */
    public Head readHead() throws IOException {
        String[] start = line().split(" ", 3);
        if (start.length < 2 || !start[0].startsWith("HTTP/1.")) {
            throw new IOException("not an HTTP status line: " + Arrays.toString(start));
        }
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        for (String line; !(line = line()).isEmpty(); ) {
            int colon = line.indexOf(':');
            headers.add(Map.entry(line.substring(0, colon), line.substring(colon + 1).strip()));
        }
        int status = Integer.parseInt(start[1]);
        String coding = first(headers, "Transfer-Encoding");
        String length = first(headers, "Content-Length");
        left = 0;
        if (status < 200 || status == 204 || status == 304 || toHead) {
            framing = Framing.NONE;
            toHead = toHead && status < 200 && status != 101;
        } else if (coding != null && coding.toLowerCase(Locale.ROOT).endsWith("chunked")) {
            framing = Framing.CHUNKED;
        } else if (length != null) {
            framing = Framing.LENGTH;
            left = Long.parseLong(length);
        } else {
            framing = Framing.EOF;
        }
        complete = framing == Framing.NONE || framing == Framing.LENGTH && left == 0;
        return new Head(status, start.length > 2 ? start[2] : "", headers);
    }

    /** The next chunk as the sender cut it; null at the body's end, proper or not. Chunked answers only. */
    public byte[] readChunk() throws IOException {
        if (framing != Framing.CHUNKED || left > 0) {
            throw new IllegalStateException("not at the start of a chunk");
        }
        if (complete || !nextChunk()) {
            return null;
        }
        ByteArrayOutputStream chunk = new ByteArrayOutputStream();
        byte[] some;
        do {
            some = readSome();
            if (some == null) {
                return null;
            }
            chunk.writeBytes(some);
        } while (left > 0);
        return chunk.toByteArray();
    }

    /** What has come of the body, at least one byte, at most 16 KiB; null at its end, proper or not. */
    public byte[] readSome() throws IOException {
        if (complete || framing == Framing.CHUNKED && left == 0 && !nextChunk()) {
            return null;
        }
        byte[] buffer = new byte[16 * 1024];
        int most = framing == Framing.EOF ? buffer.length : (int) Math.min(buffer.length, left);
        int n = read(buffer, most);
        if (n < 0) {
            complete = framing == Framing.EOF && !broken;
            return null;
        }
        left -= framing == Framing.EOF ? 0 : n;
        if (left == 0 && framing == Framing.CHUNKED) {
            // Not read yet: Jetty sends it together with the next chunk.
            inChunkEnd = true;
        } else if (left == 0 && framing == Framing.LENGTH) {
            complete = true;
        }
        return Arrays.copyOf(buffer, n);
    }

    /** The rest of the body; whether it was all of it says {@link #bodyComplete()}. */
    public byte[] readToEnd() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (byte[] some; (some = readSome()) != null; ) {
            body.writeBytes(some);
        }
        return body.toByteArray();
    }

    /** The rest of the body as a stream, for bodies too long to hold. */
    public InputStream bodyStream() {
        return new InputStream() {
            private byte[] some = {};
            private int at;

            @Override
            public int read() throws IOException {
                return fill() ? some[at++] & 0xff : -1;
            }

            @Override
            public int read(byte[] to, int offset, int length) throws IOException {
                if (length == 0) {
                    return 0;
                }
                if (!fill()) {
                    return -1;
                }
                int n = Math.min(length, some.length - at);
                System.arraycopy(some, at, to, offset, n);
                at += n;
                return n;
            }

            private boolean fill() throws IOException {
                if (some != null && at == some.length) {
                    some = readSome();
                    at = 0;
                }
                return some != null;
            }
        };
    }

    /** Reads one whole answer, interim ones skipped. */
    public Response readResponse() throws IOException {
        Head head = readHead();
        while (head.status() < 200 && head.status() != 101) {
            head = readHead();
        }
        byte[] body = readToEnd();
        return new Response(head.status(), head.reason(), head.headers(), body, complete);
    }

    /** Whether the body was read to its proper end. An EOF ends a body properly only if nothing else could. */
    public boolean bodyComplete() {
        return complete;
    }

    /** Whether an RST, not a FIN, ended the last read. */
    public boolean wasReset() {
        return broken;
    }

    /** The next raw byte, or -1 at EOF or RST: to see how a connection ends. */
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /** The next raw byte, or -1 at EOF or RST; it stays to be read. */
    public int peek() throws IOException {
        socket.in().mark(1);
        int next = read();
        if (next >= 0) {
            socket.in().reset();
        }
        return next;
    }

    public void shutdownOutput() throws IOException {
        socket.shutdownOutput();
    }

    public void reset() throws IOException {
        socket.reset();
    }

    @Override
    public void close() {
        socket.close();
    }

    ClientSocket socket() {
        return socket;
    }

    private int read(byte[] buffer, int length) throws IOException {
        try {
            return socket.in().read(buffer, 0, length);
        } catch (IOException e) {
            broken = true;
            return -1;
        }
    }

    private boolean nextChunk() throws IOException {
        try {
            if (inChunkEnd) {
                inChunkEnd = false;
                line();
            }
            left = Long.parseLong(line().split(";", 2)[0].strip(), 16);
            if (left > 0) {
                return true;
            }
            while (!line().isEmpty()) {
                // Trailers.
            }
            complete = true;
        } catch (EOFException e) {
            // Truncated: complete stays false.
        }
        return false;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b; (b = read()) != '\n'; ) {
            if (b < 0) {
                throw new EOFException((broken ? "reset" : "EOF") + " in the head or chunk, after \"" + line + "\"");
            }
            line.append((char) b);
        }
        return line.toString().stripTrailing();
    }

    static String first(List<Map.Entry<String, String>> headers, String name) {
        return headers.stream().filter(h -> h.getKey().equalsIgnoreCase(name)).map(Map.Entry::getValue)
                .findFirst().orElse(null);
    }
}
