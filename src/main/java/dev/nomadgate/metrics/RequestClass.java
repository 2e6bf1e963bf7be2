package dev.nomadgate.metrics;

import dev.nomadgate.exec.ExecPaths;
import dev.nomadgate.proxy.FollowPaths;
import dev.nomadgate.proxy.RawTarget;
import dev.nomadgate.sharing.BlockingQuery;
import java.util.Locale;

/** What kind of request it is, as far as method and target tell: those of one kind may be compared in how long they take. */
public enum RequestClass {

    /** Nomad's API, answered at once. */
    API,
    /** Nomad's API, held until something changes or the wait ends. */
    BLOCKING,
    /** Nomad's API, without an end of its own: logs, events, the monitor. */
    STREAM,
    /** The Web UI, its files, and whatever else Nomad may have. */
    UI,
    /** The handshake of a session, until its 101 or its refusal. */
    EXEC,
    /** The gate's own pages. */
    GATE;

    private static final String API_PATHS = "/v1/";
    private static final String GATE_PATHS = "/gate/";

    /** The class of a request, whatever becomes of it. */
    public static RequestClass of(String method, RawTarget target) {
        String path = target.path();
        if (path.startsWith(GATE_PATHS)) {
            return GATE;
        }
        if (!path.startsWith(API_PATHS)) {
            return UI;
        }
        if (ExecPaths.contains(path)) {
            return EXEC;
        }
        if (FollowPaths.contains(path)) {
            return STREAM;
        }
        return BlockingQuery.of(method, path, target.query()).isPresent() ? BLOCKING : API;
    }

    /** Whether Nomad keeps its client waiting on purpose. */
    boolean waits() {
        return this == BLOCKING || this == STREAM;
    }

    /** Its name in labels and on pages, such as {@code blocking}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
