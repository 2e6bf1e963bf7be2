package dev.nomadgate.upstream;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Objects;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.io.Transport;

/**
 * Leads a request for a name to the address that the gate found for it. The name stays what TLS expects, and each
 * address has connections of its own.
 */
public final class ResolvedAddress extends Transport.TCPIP {

    private final InetSocketAddress address;

    private ResolvedAddress(InetSocketAddress address) {
        this.address = address;
    }

    /** Leads this request to where the server is, if its name alone does not say it. Returns the request. */
    public static Request lead(Request request, Server server) {
        server.resolved().ifPresent(found -> request.transport(
                new ResolvedAddress(new InetSocketAddress(found, server.address().getPort()))));
        return request;
    }

    boolean is(InetAddress found) {
        return address.getAddress().equals(found);
    }

    @Override
    public boolean requiresDomainNameResolution() {
        return false;
    }

    @Override
    public SocketAddress getSocketAddress() {
        return address;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ResolvedAddress resolved && resolved.address.equals(address);
    }

    @Override
    public int hashCode() {
        return Objects.hash(address);
    }

    @Override
    public String toString() {
        return address.toString();
    }
}
