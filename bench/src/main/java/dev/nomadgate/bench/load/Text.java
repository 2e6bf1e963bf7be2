package dev.nomadgate.bench.load;

import dev.nomadgate.bench.wire.Head;
import dev.nomadgate.bench.wire.Input;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What an answer that should not have come says. */
final class Text {

    private static final int LONGEST = 400;

    private Text() {
    }

    static String snippet(Input in, Head head) throws IOException {
        String length = head.field("Content-Length");
        if (length == null) {
            return "";
        }
        byte[] start = new byte[Math.min(LONGEST, Integer.parseInt(length))];
        in.readFully(start, start.length);
        return ": " + new String(start, StandardCharsets.UTF_8).replaceAll("\\s+", " ");
    }
}
