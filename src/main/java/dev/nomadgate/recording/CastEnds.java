package dev.nomadgate.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a recording's first and last lines tell, without what is between. Whatever broke off, or is no asciicast, tells
 * less.
 */
final class CastEnds {

    private static final int LONGEST_HEADER = 256 * 1024;
    private static final int END = 64 * 1024;

    private CastEnds() {
    }

    /**
     * How a recording ends by now.
     *
     * @param whole how many of its bytes are whole lines
     * @param seconds when the last of them was; empty if that is not to be seen
     * @param end why nothing follows; empty if something may
     */
    record Last(long whole, Optional<Double> seconds, Optional<String> end) {
    }

    /** The header; empty if there is none. */
    static Map<?, ?> header(FileChannel file) throws IOException {
        ByteBuffer start = read(file, 0, 4096);
        if (lineFeed(start) < 0) {
            start = read(file, 0, LONGEST_HEADER);
        }
        int length = lineFeed(start);
        return length > 0 && json(text(start, 0, length)).orElse(null) instanceof Map<?, ?> map ? map : Map.of();
    }

    static Last last(FileChannel file) throws IOException {
        return last(file, END);
    }

    private static Last last(FileChannel file, int most) throws IOException {
        long from = Math.max(0, file.size() - most);
        ByteBuffer tail = read(file, from, most);
        int stop = tail.limit();
        while (stop > 0 && tail.get(stop - 1) != '\n') {
            stop--;
        }
        if (stop == 0) {
            return from > 0 ? last(file, most * 8) : new Last(0, Optional.empty(), Optional.empty());
        }
        int start = stop - 1;
        while (start > 0 && tail.get(start - 1) != '\n') {
            start--;
        }
        Optional<Object> line = start == 0 && from > 0 ? Optional.empty() : json(text(tail, start, stop - start));
        return line.orElse(null) instanceof List<?> event && event.size() == 3 && event.get(0) instanceof Number seconds
                ? new Last(from + stop, Optional.of(seconds.doubleValue()), end(event))
                : new Last(from + stop, Optional.empty(), Optional.empty());
    }

    private static Optional<String> end(List<?> event) {
        return "m".equals(event.get(1)) && event.get(2) instanceof String text && text.startsWith(Cast.END)
                ? Optional.of(text.substring(Cast.END.length())) : Optional.empty();
    }

    private static Optional<Object> json(String line) {
        try {
            return Optional.ofNullable(JsonValues.read(line));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static ByteBuffer read(FileChannel file, long from, int most) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(most, Math.max(0, file.size() - from)));
        while (bytes.hasRemaining() && file.read(bytes, from + bytes.position()) >= 0) {
            // Until all of it is there.
        }
        return bytes.flip();
    }

    private static int lineFeed(ByteBuffer bytes) {
        for (int i = 0; i < bytes.limit(); i++) {
            if (bytes.get(i) == '\n') {
                return i;
            }
        }
        return -1;
    }

    private static String text(ByteBuffer bytes, int from, int length) {
        return new String(bytes.array(), from, length, StandardCharsets.UTF_8);
    }
}
