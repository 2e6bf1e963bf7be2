package dev.nomadgate.client;

import java.net.InetAddress;
import java.util.List;

/**
 * Who the client is and how it called the gate, after the one rule of {@link ClientResolver}.
 *
 * @param address the address that is hashed, logged and sent on
 * @param scheme {@code http} or {@code https}, as the client used it
 * @param host the name or literal by which the client called, lower-case, IPv6 in brackets; empty if
 *     the request has no usable one
 * @param port the port the client called, default ports made explicit
 * @param via the trusted proxies the request passed after the client, the TCP peer last; empty if the
 *     peer is the client
 * @param hostHeader the host in the {@code Host} that arrived, before any {@code X-Forwarded-Host}
 *     was taken instead; empty if it was not usable
 * @param hostFault why {@code host} is empty, in words; empty if it is not
 */
public record Client(
        InetAddress address,
        String scheme,
        String host,
        int port,
        List<InetAddress> via,
        String hostHeader,
        String hostFault) {

    /** Defends the list. */
    public Client {
        via = List.copyOf(via);
    }

    /** A client that called directly; for use where nothing was forwarded. */
    public Client(InetAddress address, String scheme, String host, int port) {
        this(address, scheme, host, port, List.of(), host, host.isEmpty() ? "the Host header is missing" : "");
    }

    /** Whether the request said by which host it called. */
    public boolean hasHost() {
        return !host.isEmpty();
    }

    /**
     * The origin of the gate as this client sees it.
     *
     * @throws IllegalStateException if the client named no usable host: ask {@link #hasHost} first
     */
    public Origin ownOrigin() {
        if (!hasHost()) {
            throw new IllegalStateException(hostFault);
        }
        return new Origin(scheme, host, port);
    }

    /** {@code host[:port]}, the port left out where it is the scheme's default; empty without a host. */
    public String authority() {
        return !hasHost() || port == Authority.defaultPort(scheme) ? host : host + ":" + port;
    }
}
