package dev.nomadgate.standin;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads request heads off a connection without interpreting more than it must. */
final class RequestReader {
    /** Go's default limit for a head: 1 MiB and a bit. */
    static final int LONGEST_HEAD = (1 << 20) + 4096;

    private RequestReader() {}

    /** The head is too long, or is not HTTP. */
    static final class BadHead extends IOException {
        final int status;

        BadHead(int status, String message) {
            super(message);
            this.status = status;
        }
    }

    /** The next request's head, or null if the peer closed the connection between two requests. */
    static RecordedRequest read(Connection connection) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        List<String> lines = new ArrayList<>();
        for (String line; !(line = line(connection.in(), head)).isEmpty() || lines.isEmpty(); ) {
            if (line.isEmpty() && head.size() == 0) {
                return null;
            }
            if (!line.isEmpty()) {
                lines.add(line);
            }
        }
        String[] start = lines.get(0).split(" ", 3);
        if (start.length != 3 || !start[2].startsWith("HTTP/1.")) {
            throw new BadHead(400, "malformed HTTP request \"" + lines.get(0) + "\"");
        }
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new BadHead(400, "malformed header line \"" + line + "\"");
            }
            headers.add(Map.entry(line.substring(0, colon), line.substring(colon + 1).strip()));
        }
        return new RecordedRequest(connection.id(), head.toString(StandardCharsets.ISO_8859_1), start[0], start[1],
                headers);
    }

    /** One line without its end; empty with an empty {@code head} at EOF. */
    private static String line(InputStream in, ByteArrayOutputStream head) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b; (b = in.read()) != '\n'; ) {
            if (b < 0) {
                if (head.size() == 0) {
                    return "";
                }
                throw new EOFException("the head broke off");
            }
            head.write(b);
            line.append((char) b);
            if (head.size() > LONGEST_HEAD) {
                throw new BadHead(431, "request header fields too large");
            }
        }
        head.write('\n');
        int end = line.length() - 1;
        return end >= 0 && line.charAt(end) == '\r' ? line.substring(0, end) : line.toString();
    }
}
