package dev.nomadgate.sharing;

import dev.nomadgate.upstream.Server;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;

/**
 * What two queries must have in common to be answered alike: server, method, target and every header field that goes to
 * Nomad, but those that are known not to matter to it. A field that nobody here has heard of keeps queries apart, and so do
 * the credentials, all of them, each to its last byte.
 *
 * <p>Holds secrets, so its text says nothing.
 */
public record QueryKey(Server.Endpoint server, String method, String target, List<Map.Entry<String, String>> fields) {

    /** Nomad reads none of these. Cookies are not among them: whatever stands before a server may tell clients by them. */
    private static final Set<String> IRRELEVANT = Set.of(
            "accept-language",
            "cache-control",
            "dnt",
            "forwarded",
            "pragma",
            "priority",
            "referer",
            "sec-gpc",
            "traceparent",
            "tracestate",
            "user-agent",
            "via",
            "x-forwarded-for",
            "x-forwarded-host",
            "x-forwarded-port",
            "x-forwarded-proto",
            "x-request-id");
    /** What browsers say about themselves and about where a request comes from. */
    private static final List<String> IRRELEVANT_PREFIXES = List.of("sec-ch-", "sec-fetch-");

    public QueryKey {
        fields = List.copyOf(fields);
    }

    /**
     * The key of a request.
     *
     * @param server that it goes to
     * @param target path and query as the client sent them
     * @param header all that goes to the server
     */
    public static QueryKey of(Server.Endpoint server, String method, String target, HttpFields header) {
        return new QueryKey(server, method, target, header.stream()
                .filter(field -> matters(field.getLowerCaseName()))
                // Stable: the values of one field keep their order, which has a meaning.
                .sorted(Comparator.comparing(HttpField::getLowerCaseName))
                .map(field -> Map.entry(field.getLowerCaseName(), String.valueOf(field.getValue())))
                .toList());
    }

    private static boolean matters(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return !IRRELEVANT.contains(lower) && IRRELEVANT_PREFIXES.stream().noneMatch(lower::startsWith);
    }

    /** Written out, see {@link Server#equals}. */
    @Override
    public boolean equals(Object other) {
        return other instanceof QueryKey key && server.equals(key.server) && method.equals(key.method)
                && target.equals(key.target) && fields.equals(key.fields);
    }

    @Override
    public int hashCode() {
        return Objects.hash(server, method, target, fields);
    }

    @Override
    public String toString() {
        return "a query";
    }
}
