package dev.nomadgate.client;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/**
 * A set of IP addresses given as single addresses, CIDR blocks and ranges. Immutable.
 *
 * <p>Jetty's {@code InetAddressSet} is not used: it hands what it does not recognise to
 * {@code InetAddress.getByName}, and so a name in the configuration to DNS.
 */
public final class AddressRanges {

    /** The empty set. */
    public static final AddressRanges NONE = of(List.of());

    private final List<Range> ranges;

    private AddressRanges(List<Range> ranges) {
        this.ranges = ranges;
    }

    /**
     * Reads ranges such as {@code 10.0.0.0/8}, {@code 192.0.2.7}, {@code 192.0.2.7-192.0.2.20} or
     * {@code 2001:db8::/32}. IPv4 and IPv6 are apart: {@code ::/0} holds no IPv4 address. A CIDR block
     * must begin at its first address, because {@code 10.1.2.3/8} trusts far more than it seems to.
     *
     * @throws IllegalArgumentException if one is not such a range; the message quotes it
     */
    public static AddressRanges of(List<String> ranges) {
        return new AddressRanges(ranges.stream().map(Range::parse).toList());
    }

    /** Whether the set holds this address; an IPv4-mapped IPv6 address counts as its IPv4 address. */
    public boolean contains(InetAddress address) {
        if (address == null || ranges.isEmpty()) {
            return false;
        }
        byte[] bytes = IpLiteral.address(address.getAddress()).getAddress();
        for (Range range : ranges) {
            if (range.contains(bytes)) {
                return true;
            }
        }
        return false;
    }

    /** The ranges as they were given. */
    @Override
    public String toString() {
        return ranges.toString();
    }

    private record Range(String text, byte[] first, byte[] last) {

        static Range parse(String text) {
            if (text == null) {
                throw new IllegalArgumentException("An address range is missing");
            }
            int slash = text.indexOf('/');
            if (slash >= 0) {
                return block(text, text.substring(0, slash), text.substring(slash + 1));
            }
            int dash = text.indexOf('-');
            if (dash >= 0) {
                return between(text, text.substring(0, dash), text.substring(dash + 1));
            }
            byte[] address = address(text, text);
            return new Range(text, address, address);
        }

        private static Range block(String text, String network, String prefix) {
            byte[] first = address(text, network);
            int bits = IpLiteral.number(prefix, 3, 10);
            if (network.indexOf(':') >= 0 && first.length == 4) {
                bits = bits < 96 ? -1 : bits - 96;   // ::ffff:10.0.0.0/104 is 10.0.0.0/8
            }
            if (bits < 0 || bits > first.length * 8) {
                throw wrong(text, "the prefix length must be a number from 0 to " + first.length * 8
                        + (network.indexOf(':') >= 0 && first.length == 4 ? ", counted from 96" : ""));
            }
            byte[] start = first.clone();
            byte[] last = first.clone();
            for (int bit = bits; bit < first.length * 8; bit++) {
                start[bit / 8] &= (byte) ~(0x80 >> bit % 8);
                last[bit / 8] |= (byte) (0x80 >> bit % 8);
            }
            if (!Arrays.equals(start, first)) {
                throw wrong(text, "the block that holds this address is "
                        + IpLiteral.format(IpLiteral.address(start)) + "/" + bits
                        + "; write that, or the address alone");
            }
            return new Range(text, first, last);
        }

        private static Range between(String text, String from, String to) {
            byte[] first = address(text, from.strip());
            byte[] last = address(text, to.strip());
            if (first.length != last.length || Arrays.compareUnsigned(first, last) > 0) {
                throw wrong(text, "the second address must be of the same kind and not below the first");
            }
            return new Range(text, first, last);
        }

        private static byte[] address(String text, String literal) {
            return IpLiteral.parse(literal)
                    .orElseThrow(() -> wrong(text, "write addresses as numbers, such as 192.0.2.7, "
                            + "10.0.0.0/8 or 2001:db8::/32; names are not looked up"))
                    .getAddress();
        }

        private static IllegalArgumentException wrong(String text, String why) {
            return new IllegalArgumentException(Shown.quote(text) + " is not an address range: " + why);
        }

        boolean contains(byte[] address) {
            return address.length == first.length
                    && Arrays.compareUnsigned(first, address) <= 0
                    && Arrays.compareUnsigned(address, last) <= 0;
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
