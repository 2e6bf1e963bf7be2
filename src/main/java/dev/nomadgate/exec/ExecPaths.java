package dev.nomadgate.exec;

import java.util.regex.Pattern;

/**
 * The two WebSocket endpoints of Nomad's API; there is no third. They are matched on the raw path:
 * a job's name is one segment, in which a slash stands as {@code %2F}.
 *
 * @see <a href="https://developer.hashicorp.com/nomad/api-docs/client">alloc_endpoint.go, exec</a>
 * @see <a href="https://developer.hashicorp.com/nomad/api-docs/jobs">job_endpoint.go, action</a>
 */
public final class ExecPaths {

    private static final Pattern PATHS =
            Pattern.compile("/v1/client/allocation/[^/]+/exec|/v1/job/[^/]+/action");

    private static final Pattern DOT_SEGMENT =
            Pattern.compile("(?:/|%2f|%5c)(?:\\.|%2e){1,2}(?:/|%2f|%5c|$)", Pattern.CASE_INSENSITIVE);

    private ExecPaths() {
    }

    /**
     * Whether a request to this raw path, less the context path, may be upgraded. One with a dot segment, however it is
     * encoded, may not: Nomad might resolve it into another path.
     */
    public static boolean contains(String path) {
        return PATHS.matcher(path).matches() && !DOT_SEGMENT.matcher(path).find();
    }
}
