package dev.nomadgate.standin;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/** A request's body, decoded, and counted and hashed into its {@link RecordedRequest} on the way. */
final class BodyInput extends InputStream {
    private final Connection connection;
    private final InputStream in;
    private final RecordedRequest request;
    private final Runnable whenComplete;
    private final boolean chunked;
    private final MessageDigest sha256 = Payload.digest();
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private boolean expectsContinue;
    private long left;
    private long length;
    private boolean ended;

    BodyInput(Connection connection, RecordedRequest request, Runnable whenComplete) throws IOException {
        this.connection = connection;
        this.in = connection.in();
        this.request = request;
        this.whenComplete = whenComplete;
        String coding = request.header("Transfer-Encoding");
        String contentLength = request.header("Content-Length");
        this.chunked = coding != null && coding.equalsIgnoreCase("chunked");
        this.left = chunked || contentLength == null ? 0 : parse(contentLength, 10);
        this.expectsContinue = "100-continue".equalsIgnoreCase(request.header("Expect"));
        if (!chunked && left == 0) {
            expectsContinue = false;
            complete();
        }
    }

    boolean ended() {
        return ended;
    }

    /** Whether the client still waits for a 100 before it sends anything. */
    boolean waitsForContinue() {
        return expectsContinue;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int offset, int count) throws IOException {
        if (count == 0) {
            return 0;
        }
        if (expectsContinue) {
            expectsContinue = false;
            connection.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
        }
        if (chunked && left == 0 && !ended) {
            left = parse(line().split(";", 2)[0].strip(), 16);
            if (left == 0) {
                while (!line().isEmpty()) {
                    // Trailers: read and dropped, as Nomad does.
                }
                complete();
            }
        }
        if (ended) {
            return -1;
        }
        int n = in.read(to, offset, (int) Math.min(count, left));
        if (n < 0) {
            throw new EOFException("the request body broke off after " + length + " bytes");
        }
        sha256.update(to, offset, n);
        length += n;
        request.bodyRead(length);
        if (length <= RecordedRequest.KEPT_BODY) {
            kept.write(to, offset, n);
        }
        left -= n;
        if (left == 0) {
            if (chunked) {
                line();
            } else {
                complete();
            }
        }
        return n;
    }

    private void complete() {
        ended = true;
        request.bodyEnded(length <= RecordedRequest.KEPT_BODY ? kept.toByteArray() : new byte[0],
                HexFormat.of().formatHex(sha256.digest()));
        whenComplete.run();
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b; (b = in.read()) != '\n'; ) {
            if (b < 0) {
                throw new EOFException("the request body broke off after " + length + " bytes");
            }
            if (b != '\r') {
                line.append((char) b);
            }
        }
        return line.toString();
    }

    private static long parse(String digits, int radix) throws IOException {
        try {
            return Long.parseLong(digits, radix);
        } catch (NumberFormatException e) {
            throw new RequestReader.BadHead(400, "bad body length \"" + digits + "\"");
        }
    }
}
