package dev.nomadgate.config;

import dev.nomadgate.upstream.Server;
import java.util.Optional;

/**
 * One element of {@code servers}: a server, or a name under which the gate finds any number of them.
 *
 * @param server the server, or what each one found has besides its address
 * @param query the name that is looked up in DNS, if it is
 */
public record ServerSource(Server server, Optional<Query> query) {

    /**
     * A question to DNS.
     *
     * @param name a host name, or that of a service (RFC 2782)
     * @param service whether SRV records are asked for, which name hosts and ports; else addresses
     */
    public record Query(String name, boolean service) {
    }

    /** As the operator wrote it, more or less. */
    @Override
    public String toString() {
        return query.filter(Query::service).map(srv -> server.address().getScheme() + "://" + srv.name() + " (SRV)")
                .orElse(server.address().toString());
    }
}
