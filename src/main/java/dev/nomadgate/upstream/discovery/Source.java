package dev.nomadgate.upstream.discovery;

import dev.nomadgate.upstream.Server;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Where servers are found. */
interface Source {

    /**
     * What was found.
     *
     * @param servers in an order that does not depend on who asks
     * @param ttl when to ask again
     */
    record Found(List<Server> servers, Duration ttl) {

        public Found {
            servers = List.copyOf(servers);
        }
    }

    /**
     * Asks, and waits for the answer.
     *
     * @throws IOException if there is none; its message says why, to an operator
     */
    Found find() throws IOException;
}
