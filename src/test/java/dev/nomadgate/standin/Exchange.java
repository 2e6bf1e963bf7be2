package dev.nomadgate.standin;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** One request and the answer to it. */
final class Exchange {
    private static final int SMALLEST_COMPRESSED = 256;
    private static final int DRAINED = 256 * 1024;
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT);
    private static final Map<Integer, String> PHRASES = Map.of(200, "OK", 307, "Temporary Redirect",
            400, "Bad Request", 403, "Forbidden", 404, "Not Found", 405, "Method Not Allowed",
            431, "Request Header Fields Too Large", 500, "Internal Server Error");

    private final Connection connection;
    private final RecordedRequest request;
    private final BodyInput body;
    private final Runnable whenHijacked;
    private final List<Map.Entry<String, String>> fields = new ArrayList<>();
    private final boolean http10;
    private boolean compressible = true;
    private boolean keepAlive;

    Exchange(Connection connection, RecordedRequest request, BodyInput body, Runnable whenHijacked) {
        this.connection = connection;
        this.request = request;
        this.body = body;
        this.whenHijacked = whenHijacked;
        this.http10 = request.rawHead().stripLeading().lines().findFirst().orElse("").endsWith(" HTTP/1.0");
        String connectionField = request.header("Connection");
        this.keepAlive = !http10 && (connectionField == null || !connectionField.toLowerCase(Locale.ROOT).contains("close"));
    }

    RecordedRequest request() {
        return request;
    }

    BodyInput body() {
        return body;
    }

    Connection connection() {
        return connection;
    }

    /** Adds a field to the answer. */
    Exchange field(String name, Object value) {
        fields.add(Map.entry(name, value.toString()));
        return this;
    }

    Exchange uncompressed() {
        compressible = false;
        return this;
    }

    /** From here on this is no HTTP any more, and Nomad's connection limit stops counting it. */
    void hijack() {
        keepAlive = false;
        whenHijacked.run();
    }

    void text(int status, String text) throws IOException {
        send(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    void json(Object value) throws IOException {
        send(200, "application/json", Json.write(value).getBytes(StandardCharsets.UTF_8));
    }

    /** A whole answer with its length. */
    void send(int status, String type, byte[] content) throws IOException {
        String coding = content.length < SMALLEST_COMPRESSED ? null : coding();
        byte[] bytes = content;
        if (coding != null) {
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (OutputStream out = encoder(coding, packed)) {
                out.write(content);
            }
            bytes = packed.toByteArray();
            field("Content-Encoding", coding);
        }
        field("Content-Length", bytes.length);
        byte[] head = head(status, type);
        ByteArrayOutputStream answer = new ByteArrayOutputStream(head.length + bytes.length);
        answer.writeBytes(head);
        if (!request.method().equals("HEAD")) {
            answer.writeBytes(bytes);
        }
        connection.write(answer.toByteArray());
    }

    /**
     * An answer of unknown length. Its head goes out together with the first chunk, never earlier:
     * that is why a plain log without output has no head. Each flush ends a chunk; closing the
     * stream ends the answer.
     */
    OutputStream stream(int status, String type) {
        String coding = coding();
        if (coding != null) {
            field("Content-Encoding", coding);
        }
        if (http10) {
            keepAlive = false;
        } else {
            field("Transfer-Encoding", "chunked");
        }
        OutputStream chunks = new BufferedOutputStream(
                new ChunkedOutput(connection, () -> head(status, type), !http10), 256 * 1024);
        try {
            return coding == null ? chunks : encoder(coding, chunks);
        } catch (IOException e) {
            throw new AssertionError("the buffer takes a gzip header", e);
        }
    }

    byte[] head(int status, String type) {
        if (body.waitsForContinue()) {
            keepAlive = false;
        }
        StringBuilder head = new StringBuilder("HTTP/1.1 ").append(status).append(' ')
                .append(PHRASES.getOrDefault(status, "Status")).append("\r\n");
        if (type != null) {
            head.append("Content-Type: ").append(type).append("\r\n");
        }
        head.append("Vary: Accept-Encoding\r\n");
        fields.forEach(f -> head.append(f.getKey()).append(": ").append(f.getValue()).append("\r\n"));
        head.append("Date: ").append(DATE.format(ZonedDateTime.now(ZoneOffset.UTC))).append("\r\n");
        if (!keepAlive) {
            head.append("Connection: close\r\n");
        }
        return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Ends the exchange; false if the connection must not be used again. */
    boolean finish() throws IOException {
        if (!keepAlive || body.waitsForContinue()) {
            return false;
        }
        byte[] dropped = new byte[8192];
        for (int drained = 0; !body.ended(); ) {
            int n = body.read(dropped);
            drained += Math.max(n, 0);
            if (drained > DRAINED) {
                return false;
            }
        }
        return true;
    }

    private String coding() {
        String accepted = request.header("Accept-Encoding");
        if (!compressible || accepted == null) {
            return null;
        }
        return accepted.contains("gzip") ? "gzip" : accepted.contains("deflate") ? "deflate" : null;
    }

    private static OutputStream encoder(String coding, OutputStream to) throws IOException {
        return coding.equals("gzip") ? new GZIPOutputStream(to, 8192, true)
                : new DeflaterOutputStream(to, new Deflater(), 8192, true);
    }
}
