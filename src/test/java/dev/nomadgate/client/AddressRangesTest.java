package dev.nomadgate.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressRangesTest {

    @ParameterizedTest(name = "{0} holds {1}: {2}")
    @CsvSource({
        "192.0.2.7, 192.0.2.7, true",
        "192.0.2.7, 192.0.2.8, false",
        "10.0.0.0/8, 10.0.0.0, true",
        "10.0.0.0/8, 10.255.255.255, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "10.0.0.0/8, 9.255.255.255, false",
        "10.0.0.128/25, 10.0.0.127, false",
        "10.0.0.128/25, 10.0.0.128, true",
        "10.0.0.4/31, 10.0.0.5, true",
        "10.0.0.4/32, 10.0.0.5, false",
        "0.0.0.0/0, 255.255.255.255, true",
        "0.0.0.0/0, ::1, false",
        "::/0, 2001:db8::1, true",
        "::/0, 1.2.3.4, false",
        "2001:db8::/32, 2001:db8:ffff::1, true",
        "2001:db8::/32, 2001:db9::, false",
        "[::1], ::1, true",
        "10.0.0.0/8, ::ffff:10.1.2.3, true",
        "::ffff:10.0.0.0/104, 10.1.2.3, true",
        "192.0.2.7-192.0.2.20, 192.0.2.20, true",
        "192.0.2.7-192.0.2.20, 192.0.2.21, false",
        "192.0.2.7 - 192.0.2.20, 192.0.2.7, true",
        "2001:db8::1-2001:db8::ff, 2001:db8::80, true",
        "127.0.0.0-128.0.0.0, 127.255.0.1, true",
    })
    void holds(String range, String address, boolean held) {
        assertThat(AddressRanges.of(List.of(range)).contains(IpLiteral.parse(address).orElseThrow())).isEqualTo(held);
    }

    @Test
    void mappedAddressThatTheJdkKeptAsIpv6CountsAsIpv4() throws UnknownHostException {
        byte[] mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 10, 1, 2, 3};
        InetAddress address = Inet6Address.getByAddress(null, mapped, 0);
        assertThat(address).isInstanceOf(Inet6Address.class);
        assertThat(AddressRanges.of(List.of("10.0.0.0/8")).contains(address)).isTrue();
    }

    @Test
    void emptySetHoldsNothing() {
        assertThat(AddressRanges.NONE.contains(InetAddress.getLoopbackAddress())).isFalse();
        assertThat(AddressRanges.NONE.contains(null)).isFalse();
    }

    @ParameterizedTest(name = "\"{0}\" is refused: {1}")
    @CsvSource(quoteCharacter = '`', value = {
        "localhost, names are not looked up",
        "proxy.example/24, names are not looked up",
        "``, names are not looked up",
        "10.0.0.0/, prefix length",
        "10.0.0.0/33, prefix length must be a number from 0 to 32",
        "10.0.0.0/-1, prefix length",
        "10.0.0.0/8/8, prefix length",
        "10.0.0.0/255.0.0.0, prefix length",
        "::/129, 0 to 128",
        "::ffff:10.0.0.0/8, counted from 96",
        "10.1.2.3/8, the block that holds this address is 10.0.0.0/8",
        "2001:db8::1/32, 2001:db8::/32",
        "10.0.0.9-10.0.0.1, not below the first",
        "10.0.0.1-::1, same kind",
        "10.10.10-14, names are not looked up",
        "fe80::1%eth0, names are not looked up",
        "10.0.0.*, names are not looked up",
    })
    void isNoRange(String range, String why) {
        assertThatIllegalArgumentException().isThrownBy(() -> AddressRanges.of(List.of("192.0.2.7", range)))
                .withMessageContaining("\"" + range + "\"").withMessageContaining(why);
    }
}
