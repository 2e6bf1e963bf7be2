package dev.nomadgate.sharing;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A request that Nomad may hold until something changes, or until its wait ends.
 *
 * <p>What is not recognised, such as a parameter name that is percent-encoded for no reason, is forwarded like any other
 * request.
 *
 * @param target path and query in their raw form
 * @param waits whether the client says itself how long
 * @see <a href="https://developer.hashicorp.com/nomad/api-docs#blocking-queries">Blocking queries</a>
 */
public record BlockingQuery(String target, boolean waits) {

    private static final String API = "/v1/";
    /** Nothing below these waits for an index. */
    private static final List<String> NEVER =
            List.of("/v1/agent/", "/v1/client/", "/v1/event/", "/v1/operator/");
    /** A query although its method is POST: the page of all jobs watches those that it shows. */
    private static final String STATUSES = "/v1/jobs/statuses";

    /**
     * Recognises one.
     *
     * @param method of the request
     * @param path of the target, raw
     * @param query of the target, raw and without its question mark, or null
     */
    public static Optional<BlockingQuery> of(String method, String path, String query) {
        boolean asks = "GET".equals(method) && path.startsWith(API) && NEVER.stream().noneMatch(path::startsWith)
                || "POST".equals(method) && path.equals(STATUSES);
        if (!asks || query == null || !value(query, "index").map(BlockingQuery::isIndex).orElse(false)) {
            return Optional.empty();
        }
        return Optional.of(new BlockingQuery(path + "?" + query, value(query, "wait").isPresent()));
    }

    /** The same query with a wait of its own. Nothing else of the target changes. */
    public String waiting(Duration wait) {
        return target + "&wait=" + wait.toMillis() + "ms";
    }

    /** Nomad, too, takes the first. */
    private static Optional<String> value(String query, String name) {
        return Stream.of(query.split("&"))
                .filter(pair -> pair.equals(name) || pair.startsWith(name + "="))
                .map(pair -> pair.substring(Math.min(pair.length(), name.length() + 1)))
                .findFirst();
    }

    /** Zero means now, and what is no number is refused at once. */
    private static boolean isIndex(String value) {
        return value.matches("[0-9]{1,20}") && !value.matches("0+");
    }
}
