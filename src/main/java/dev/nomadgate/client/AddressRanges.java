package dev.nomadgate.client;

import java.net.InetAddress;
import java.util.List;

/** A set of IP addresses given as single addresses, CIDR blocks and ranges. Immutable. */
public final class AddressRanges {

    /** The empty set. */
    public static final AddressRanges NONE = of(List.of());

    private AddressRanges() {
    }

    /**
     * Reads ranges such as {@code 10.0.0.0/8}, {@code 192.0.2.7} or {@code 2001:db8::/32}.
     *
     * @throws IllegalArgumentException if one is not such a range; the message quotes it
     */
    public static AddressRanges of(List<String> ranges) {
        return new AddressRanges();
    }

    /** Whether the set holds this address; an IPv4-mapped IPv6 address counts as its IPv4 address. */
    public boolean contains(InetAddress address) {
        return false;
    }
}
