package dev.nomadgate.session;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A query as Nomad reads it, with Go's {@code url.ParseQuery} and {@code Values.Get}: of several parameters of a name
 * the first counts, and one that cannot be decoded, or holds a raw semicolon, is none. Read in any other way, a rule
 * would judge another command than the one that Nomad runs.
 *
 * @see <a href="https://pkg.go.dev/net/url#ParseQuery">net/url.ParseQuery</a>
 */
final class GoQuery {

    private static final Pattern BROKEN_ESCAPE = Pattern.compile("%(?![0-9a-fA-F]{2})");
    /** What {@code strconv.ParseBool} takes for true. */
    private static final Set<String> TRUE = Set.of("1", "t", "T", "TRUE", "true", "True");

    private final Map<String, String> first = new LinkedHashMap<>();

    /** @param raw without the question mark; null is an empty one */
    GoQuery(String raw) {
        for (String pair : (raw == null ? "" : raw).split("&")) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            if (!pair.isEmpty() && pair.indexOf(';') < 0 && !BROKEN_ESCAPE.matcher(pair).find()) {
                first.putIfAbsent(decode(name), decode(value));
            }
        }
    }

    /** The value of a parameter; empty also if it is there with no value. */
    Optional<String> get(String name) {
        return Optional.ofNullable(first.get(name)).filter(value -> !value.isEmpty());
    }

    boolean isTrue(String name) {
        return get(name).filter(TRUE::contains).isPresent();
    }

    static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
