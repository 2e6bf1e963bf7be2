package dev.nomadgate.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class IpLiteralTest {

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "0.0.0.0, 0.0.0.0",
        "255.255.255.255, 255.255.255.255",
        "192.0.2.7, 192.0.2.7",
        "::, ::",
        "::1, ::1",
        "[::1], ::1",
        "1::, 1::",
        "2001:DB8::1, 2001:db8::1",
        "2001:db8:0:0:0:0:0:1, 2001:db8::1",
        "2001:0db8:0000:0000:0000:0000:0000:0001, 2001:db8::1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
        "::2:3:4:5:6:7:8, 0:2:3:4:5:6:7:8",
        "64:ff9b::192.0.2.33, 64:ff9b::c000:221",
        "::ffff:192.0.2.7, 192.0.2.7",
        "::ffff:c000:207, 192.0.2.7",
        "[::ffff:192.0.2.7], 192.0.2.7",
    })
    void literalIsRead(String text, String written) {
        assertThat(IpLiteral.parse(text)).hasValueSatisfying(
                address -> assertThat(IpLiteral.format(address)).isEqualTo(written));
    }

    @Test
    void mappedAddressIsIpv4() {
        assertThat(IpLiteral.parse("::ffff:192.0.2.7")).get().isInstanceOf(Inet4Address.class);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {
        " ", "localhost", "example.com", "1", "127.1", "1.2.3", "1.2.3.4.5", "1.2.3.256", "01.2.3.4", "1.2.3.04",
        "0x7f.0.0.1", "1.2.3.4 ", " 1.2.3.4", "+1.2.3.4", "1.2.3.-4", "1..3.4", "1.2.3.4.", "1.2.3.4:80", "[1.2.3.4]",
        "\uff11.2.3.4", "\u0661.2.3.4", "2130706433",
        ":", ":::", "1:::2", "1::2::3", ":1::", "1:", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:8::",
        "1:2:3:4::5:6:7:8", "::12345", "::g", "fe80::1%eth0", "fe80::1%1", "::1%", "[::1", "::1]", "[]", "[[::1]]",
        "[::1]:80", "::1.2.3", "1.2.3.4::", "::1.2.3.4:5", "1:2:3:4:5:6:7:1.2.3.4", "::1/128", "::\u0661",
    })
    void nothingElseIs(String text) {
        assertThat(IpLiteral.parse(text)).isEmpty();
    }
}
