package dev.nomadgate.bench.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Bodies of HTTP/1.1 messages. */
public final class Body {

    private static final byte[] CRLF = {'\r', '\n'};
    private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private Body() {
    }

    /** Reads the body that the head announces, and tells how long it was. */
    public static long drain(Input in, Head head) throws IOException {
        String length = head.field("Content-Length");
        if (length != null) {
            long bytes = Long.parseLong(length);
            in.skip(bytes);
            return bytes;
        }
        long total = 0;
        if ("chunked".equalsIgnoreCase(head.field("Transfer-Encoding"))) {
            for (long chunk; (chunk = chunkSize(in)) > 0; ) {
                in.skip(chunk);
                in.line();
                total += chunk;
            }
            in.line();
        }
        return total;
    }

    /** The size of the chunk that begins here; the last one's is 0, and an empty line follows it. */
    public static long chunkSize(Input in) throws IOException {
        String line = in.line();
        int extension = line.indexOf(';');
        return Long.parseLong(extension < 0 ? line : line.substring(0, extension).strip(), 16);
    }

    /** In one write, so that it is one segment. */
    public static void writeChunk(OutputStream out, byte[] content, int length) throws IOException {
        byte[] size = (Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        byte[] chunk = new byte[size.length + length + 2];
        System.arraycopy(size, 0, chunk, 0, size.length);
        System.arraycopy(content, 0, chunk, size.length, length);
        System.arraycopy(CRLF, 0, chunk, size.length + length, 2);
        out.write(chunk);
    }

    public static void writeLastChunk(OutputStream out) throws IOException {
        out.write(LAST_CHUNK);
    }
}
