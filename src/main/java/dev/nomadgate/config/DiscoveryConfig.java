package dev.nomadgate.config;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How the gate finds servers that the configuration does not name one by one.
 *
 * @param resolver the DNS servers that are asked, one after the other; empty: those of the operating system
 * @param timeout bound on one answer, of DNS or of Nomad
 * @param members whether Nomad's servers are asked for all servers of their region, which then replace those configured
 * @param membersInterval how often they are asked
 * @param token which Nomad wants for that when ACLs are on; a secret
 * @param tokenFile where it was read
 */
public record DiscoveryConfig(List<InetSocketAddress> resolver, Duration timeout, boolean members,
        Duration membersInterval, Optional<String> token, Optional<Path> tokenFile) {

    public DiscoveryConfig {
        resolver = List.copyOf(resolver);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "DiscoveryConfig[resolver=" + resolver + ", timeout=" + timeout + ", members=" + members
                + ", membersInterval=" + membersInterval + ", token=" + (token.isPresent() ? "…" : "none")
                + ", tokenFile=" + tokenFile.map(Path::toString).orElse("none") + "]";
    }
}
