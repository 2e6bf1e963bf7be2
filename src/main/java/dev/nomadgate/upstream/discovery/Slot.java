package dev.nomadgate.upstream.discovery;

import dev.nomadgate.upstream.Server;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One element of the configuration, and the servers that were last found through it. Thread-safe. */
final class Slot {

    private static final Duration SOONEST = Duration.ofSeconds(1);
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final Logger log = LoggerFactory.getLogger(Discovery.class);
    private final String name;
    private final Source source;
    private volatile List<Server> servers;
    private volatile String problem = "";

    /**
     * @param name which an operator recognises
     * @param servers those known already
     */
    Slot(String name, Source source, List<Server> servers) {
        this.name = name;
        this.source = source;
        this.servers = servers;
    }

    String name() {
        return name;
    }

    List<Server> servers() {
        return servers;
    }

    /** Why there are no servers; empty if there are. */
    String problem() {
        return servers.isEmpty() ? problem : "";
    }

    void known(List<Server> before) {
        servers = before;
    }

    /** Looks for the servers, and keeps the last ones if there are none; returns when to look again. */
    Duration refresh() {
        Duration again = RETRY;
        try {
            Source.Found found = source.find();
            if (found.servers().isEmpty()) {
                throw new IOException("no server was found");
            }
            servers = found.servers();
            again = found.ttl().compareTo(SOONEST) < 0 ? SOONEST : found.ttl();
            if (!problem.isEmpty()) {
                log.info("{}: servers are found again", name);
            }
            problem = "";
        } catch (IOException | RuntimeException e) {
            String message = String.valueOf(e.getMessage());
            if (problem.isEmpty()) {
                log.warn("{}: {}; {}", name, message, servers.isEmpty() ? "there is no server yet" : "the list stays as it was");
            }
            problem = message;
        }
        return again;
    }
}
