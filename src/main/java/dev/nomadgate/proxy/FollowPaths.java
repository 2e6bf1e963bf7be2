package dev.nomadgate.proxy;

import java.util.List;

/**
 * The endpoints that may rightly stay without any answer, header included, for as long as a task
 * writes nothing: no bound on the time to the first byte applies to them.
 *
 * @see <a href="https://developer.hashicorp.com/nomad/api-docs/client">/v1/client/fs/logs, /v1/client/fs/stream</a>
 * @see <a href="https://developer.hashicorp.com/nomad/api-docs/agent#stream-logs">/v1/agent/monitor</a>
 * @see <a href="https://developer.hashicorp.com/nomad/api-docs/events">/v1/event/stream</a>
 */
public final class FollowPaths {

    private static final List<String> PREFIXES = List.of(
            "/v1/client/fs/logs/",
            "/v1/client/fs/stream/",
            "/v1/agent/monitor",
            "/v1/event/stream");

    private FollowPaths() {
    }

    /** Whether this raw path, less the context path, is that of such an endpoint. */
    public static boolean contains(String path) {
        for (String prefix : PREFIXES) {
            if (path.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }
}
