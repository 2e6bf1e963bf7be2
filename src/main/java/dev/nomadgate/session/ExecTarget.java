package dev.nomadgate.session;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a handshake asks Nomad for, as its path and query say it. Immutable.
 *
 * @param kind which of Nomad's two WebSocket endpoints
 * @param region the one asked for; empty: that of the server
 * @param workload job, group and task as far as the request names them, and the namespace: Nomad takes an action's
 *     from the query, and that of an exec session from its allocation
 * @param action the name of a job's action; empty for exec
 * @param command the words of the command; empty for an action, and where Nomad could not read it either
 * @param tty whether on a terminal
 * @param awaitsHandshake whether Nomad does nothing before a first frame with version and token
 */
public record ExecTarget(Kind kind, Optional<String> region, Workload workload, Optional<String> action,
        List<String> command, boolean tty, boolean awaitsHandshake) {

    /** Nomad's two WebSocket endpoints. */
    public enum Kind {
        /** {@code /v1/client/allocation/<alloc>/exec}. */
        EXEC,
        /** {@code /v1/job/<job>/action}. */
        ACTION
    }

    private static final Pattern PATH = Pattern.compile("/v1/(?:client/allocation/([^/]+)/exec|job/([^/]+)/action)");

    public ExecTarget {
        command = List.copyOf(command);
    }

    /**
     * Reads a target.
     *
     * @param path raw, less the context path
     * @param query raw, or null
     * @throws IllegalArgumentException if the path is that of neither endpoint
     */
    public static ExecTarget of(String path, String query) {
        Matcher endpoint = PATH.matcher(path);
        if (!endpoint.matches()) {
            throw new IllegalArgumentException("not one of Nomad's WebSocket endpoints");
        }
        GoQuery parameters = new GoQuery(query);
        boolean exec = endpoint.group(1) != null;
        Workload workload = exec
                ? new Workload(Optional.empty(), Optional.empty(), Optional.empty(), parameters.get("task"),
                        Optional.of(segment(endpoint.group(1))), Optional.empty())
                : new Workload(Optional.of(parameters.get("namespace").orElse("default")),
                        Optional.of(segment(endpoint.group(2))), parameters.get("group"), parameters.get("task"),
                        parameters.get("allocID"), Optional.empty());
        return new ExecTarget(exec ? Kind.EXEC : Kind.ACTION, parameters.get("region"), workload,
                exec ? Optional.empty() : parameters.get("action"),
                exec ? parameters.get("command").map(ExecTarget::words).orElse(List.of()) : List.of(),
                parameters.isTrue("tty"), parameters.isTrue("ws_handshake"));
    }

    /** A plus is itself in a path, and a broken escape never comes as far as here: no URI has one. */
    private static String segment(String raw) {
        try {
            return GoQuery.decode(raw.replace("+", "%2B"));
        } catch (IllegalArgumentException e) {
            return raw;
        }
    }

    private static List<String> words(String json) {
        List<String> words = new ArrayList<>();
        try (JsonParser parser = Json.parser(json)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                return List.of();
            }
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (parser.currentToken() != JsonToken.VALUE_STRING && parser.currentToken() != JsonToken.VALUE_NULL) {
                    return List.of();
                }
                words.add(parser.currentToken() == JsonToken.VALUE_NULL ? "" : parser.getText());
            }
            return parser.nextToken() == null ? words : List.of();
        } catch (IOException e) {
            return List.of();
        }
    }
}
