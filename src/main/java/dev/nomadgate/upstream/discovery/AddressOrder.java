package dev.nomadgate.upstream.discovery;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Comparator;

/** The one order of addresses, at every gate: IPv4 before IPv6, then byte by byte. */
final class AddressOrder {

    static final Comparator<InetAddress> ADDRESS = Comparator
            .<InetAddress>comparingInt(address -> address.getAddress().length)
            .thenComparing(InetAddress::getAddress, Arrays::compareUnsigned);

    private AddressOrder() {
    }
}
