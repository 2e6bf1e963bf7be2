package dev.nomadgate.standin;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads query strings and the Go durations in them. */
final class Queries {
    private static final Pattern PART = Pattern.compile("([0-9]*\\.?[0-9]+)(ns|us|µs|ms|s|m|h)");
    private static final Map<String, Double> NANOS = Map.of("ns", 1.0, "us", 1e3, "µs", 1e3, "ms", 1e6,
            "s", 1e9, "m", 60e9, "h", 3600e9);

    private Queries() {}

    /** The first value of {@code name}, decoded; as lenient as Go about raw brackets and quotes. */
    static String parameter(String rawQuery, String name) {
        if (rawQuery == null) {
            return null;
        }
        for (String pair : rawQuery.split("&")) {
            if (pair.contains(";")) {
                // Go drops a parameter with a raw semicolon.
                continue;
            }
            int equals = pair.indexOf('=');
            String key = equals < 0 ? pair : pair.substring(0, equals);
            if (decode(key).equals(name)) {
                return equals < 0 ? "" : decode(pair.substring(equals + 1));
            }
        }
        return null;
    }

    static boolean flag(String rawQuery, String name) {
        String value = parameter(rawQuery, name);
        return value != null && (value.isEmpty() || value.equals("true") || value.equals("1"));
    }

    /** Percent-decodes; what cannot be decoded is taken as it stands. */
    static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    /** A Go duration such as {@code 5s}, {@code 500ms}, {@code 1m30s}; null if it is not one. */
    static Duration duration(String text) {
        Matcher parts = PART.matcher(text);
        double nanos = 0;
        int end = 0;
        while (parts.find() && parts.start() == end) {
            nanos += Double.parseDouble(parts.group(1)) * NANOS.get(parts.group(2));
            end = parts.end();
        }
        return end == 0 || end != text.length() ? null : Duration.ofNanos((long) nanos);
    }
}
