package dev.nomadgate.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Trusted: 10.0.0.0/8 and fd00::/8. The gate itself is called by plain HTTP at port 8080. */
class ClientResolverTest {

    private static final String HOST = "Host: gate.example";

    private final ClientResolver resolver = new ClientResolver(AddressRanges.of(List.of("10.0.0.0/8", "fd00::/8")));

    private Client resolve(String peer, String... lines) {
        return resolver.resolve(SampleArrivals.from(peer, lines));
    }

    private static String chain(Client client) {
        return IpLiteral.format(client.address()) + client.via().stream()
                .map(proxy -> " < " + IpLiteral.format(proxy)).collect(Collectors.joining());
    }

    @Test
    void untrustedPeerIsTheClientWhateverItSends() {
        Client client = resolve("203.0.113.9", HOST, "Forwarded: for=10.0.0.7;proto=https;host=evil.example",
                "X-Forwarded-For: 1.1.1.1", "X-Forwarded-Proto: https", "X-Forwarded-Host: evil.example:1",
                "X-Forwarded-Port: 1");
        assertThat(chain(client)).isEqualTo("203.0.113.9");
        assertThat(client.ownOrigin()).hasToString("http://gate.example");
    }

    @Test
    void withoutTrustedProxiesLoopbackIsNotTrustedEither() {
        Client client = new ClientResolver(AddressRanges.NONE)
                .resolve(SampleArrivals.from("127.0.0.1", HOST, "X-Forwarded-For: 1.1.1.1"));
        assertThat(chain(client)).isEqualTo("127.0.0.1");
    }

    @ParameterizedTest(name = "X-Forwarded-For: {0} → {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "203.0.113.9                        | 203.0.113.9 < 10.0.0.1",
        "1.1.1.1, 203.0.113.9               | 203.0.113.9 < 10.0.0.1",
        "1.1.1.1, 203.0.113.9, 10.0.0.2     | 203.0.113.9 < 10.0.0.2 < 10.0.0.1",
        "10.0.0.9, 203.0.113.9, 10.0.0.2    | 203.0.113.9 < 10.0.0.2 < 10.0.0.1",
        "10.0.0.3, 10.0.0.2                 | 10.0.0.3 < 10.0.0.2 < 10.0.0.1",
        "203.0.113.9:4711                   | 203.0.113.9 < 10.0.0.1",
        "2001:db8::1                        | 2001:db8::1 < 10.0.0.1",
        "[2001:db8::1]                      | 2001:db8::1 < 10.0.0.1",
        "[2001:db8::1]:4711                 | 2001:db8::1 < 10.0.0.1",
        "::ffff:203.0.113.9                 | 203.0.113.9 < 10.0.0.1",
        "1.1.1.1, ::ffff:10.0.0.2           | 1.1.1.1 < 10.0.0.2 < 10.0.0.1",
        "1.1.1.1, fd00::2                   | 1.1.1.1 < fd00::2 < 10.0.0.1",
        "203.0.113.9,, ,                    | 203.0.113.9 < 10.0.0.1",
        "unknown                            | 10.0.0.1",
        "203.0.113.9, unknown               | 10.0.0.1",
        "203.0.113.9, unknown, 10.0.0.2     | 10.0.0.2 < 10.0.0.1",
        "203.0.113.9, _hidden               | 10.0.0.1",
        "localhost                          | 10.0.0.1",
        "203.0.113.9:port                   | 10.0.0.1",
        "203.0.113.9:99999                  | 10.0.0.1",
        "203.0.113.9:                       | 10.0.0.1",
        "fe80::1%eth0                       | 10.0.0.1",
        "127.1                              | 10.0.0.1",
        "`203.0.113.9 1.1.1.1`              | 10.0.0.1",
        "\"203.0.113.9\"                    | 10.0.0.1",
        "for=203.0.113.9                    | 10.0.0.1",
    })
    void xForwardedForFromATrustedPeer(String value, String chain) {
        assertThat(chain(resolve("10.0.0.1", HOST, "X-Forwarded-For: " + value))).isEqualTo(chain);
    }

    @Test
    void severalFieldLinesAreOneList() {
        assertThat(chain(resolve("10.0.0.1", HOST, "X-Forwarded-For: 1.1.1.1, 203.0.113.9",
                "X-Forwarded-For: 10.0.0.2"))).isEqualTo("203.0.113.9 < 10.0.0.2 < 10.0.0.1");
    }

    @ParameterizedTest(name = "Forwarded: {0} → {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "for=203.0.113.9                                         | 203.0.113.9 < 10.0.0.1",
        "For=\"203.0.113.9:4711\"                                | 203.0.113.9 < 10.0.0.1",
        "for=203.0.113.9:4711                                    | 203.0.113.9 < 10.0.0.1",
        "for=\"[2001:db8::1]\"                                   | 2001:db8::1 < 10.0.0.1",
        "for=\"[2001:db8::1]:4711\";by=10.0.0.1                  | 2001:db8::1 < 10.0.0.1",
        "for=\"203.0.113\\.9\"                                   | 203.0.113.9 < 10.0.0.1",
        "for=1.1.1.1, for=203.0.113.9, for=10.0.0.2              | 203.0.113.9 < 10.0.0.2 < 10.0.0.1",
        "for=10.0.0.3, for=10.0.0.2                              | 10.0.0.3 < 10.0.0.2 < 10.0.0.1",
        "x=\"for=1.1.1.1, for=2.2.2.2\";for=203.0.113.9          | 203.0.113.9 < 10.0.0.1",
        "for=203.0.113.9;;, ,                                    | 203.0.113.9 < 10.0.0.1",
        "for=unknown                                             | 10.0.0.1",
        "for=203.0.113.9, for=_hidden                            | 10.0.0.1",
        "for=203.0.113.9, proto=https                            | 10.0.0.1",
        "for=203.0.113.9;for=1.1.1.1                             | 10.0.0.1",
        "for=\", for=203.0.113.9                                 | 10.0.0.1",
        "for=\"1.1.1.1\\\", for=203.0.113.9                      | 10.0.0.1",
        "for=\", for=\"[2001:db8::1]\"                           | 10.0.0.1",
        "for 203.0.113.9                                         | 10.0.0.1",
        "for= 203.0.113.9                                        | 10.0.0.1",
        "for=203.0.113.9 junk                                    | 10.0.0.1",
        "203.0.113.9                                             | 10.0.0.1",
        "=203.0.113.9                                            | 10.0.0.1",
    })
    void forwardedFromATrustedPeer(String value, String chain) {
        assertThat(chain(resolve("10.0.0.1", HOST, "Forwarded: " + value))).isEqualTo(chain);
    }

    @Test
    void brokenLineOfTheClientDoesNotSpoilTheLineOfTheProxy() {
        assertThat(chain(resolve("10.0.0.1", HOST, "Forwarded: for=\"", "Forwarded: for=203.0.113.9")))
                .isEqualTo("203.0.113.9 < 10.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "X-Forwarded-For: 203.0.113.9", "X-Forwarded-Proto: https", "X-Forwarded-Host: a", "X-Forwarded-Port: 1",
    })
    void forwardedDoesNotCountBesideAnyXForwarded(String line) {
        Client client = resolve("10.0.0.1", HOST, "Forwarded: for=1.1.1.1;host=evil.example", line);
        assertThat(chain(client)).doesNotContain("1.1.1.1");
        assertThat(client.host()).isNotEqualTo("evil.example");
    }

    @Test
    void blankXForwardedIsAbsent() {
        assertThat(chain(resolve("10.0.0.1", HOST, "X-Forwarded-For: ", "Forwarded: for=203.0.113.9")))
                .isEqualTo("203.0.113.9 < 10.0.0.1");
    }

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "Host: gate.example                                                        | http://gate.example",
        "Host: GATE.example:8080                                                   | http://gate.example:8080",
        "Host: gate.example; X-Forwarded-Proto: https                              | https://gate.example",
        "Host: gate.example; X-Forwarded-Proto: HTTPS                              | https://gate.example",
        "Host: gate.example; X-Forwarded-Proto: wss                                | https://gate.example",
        "Host: gate.example; X-Forwarded-Proto: ftp                                | http://gate.example",
        "Host: gate.example; X-Forwarded-Proto: http, https                        | https://gate.example",
        "Host: gate.example; X-Forwarded-Proto: http; X-Forwarded-Proto: https     | https://gate.example",
        "Host: gate:8080; X-Forwarded-Host: gate.example                           | http://gate.example",
        "Host: gate:8080; X-Forwarded-Host: evil.example, gate.example:81          | http://gate.example:81",
        "Host: gate:8080; X-Forwarded-Host: evil@gate.example                      | http://gate:8080",
        "Host: gate:8080; X-Forwarded-Host: gate.example/                          | http://gate:8080",
        "Host: gate.example; X-Forwarded-Port: 8443; X-Forwarded-Proto: https      | https://gate.example:8443",
        "Host: gate.example:8443; X-Forwarded-Port: 443; X-Forwarded-Proto: https  | https://gate.example:8443",
        "Host: gate.example; X-Forwarded-Port: 0                                   | http://gate.example",
        "Host: gate.example; X-Forwarded-Port: 70000                               | http://gate.example",
        "Host: gate.example; X-Forwarded-Port: 080                                 | http://gate.example",
        "Host: gate.example; X-Forwarded-Port: 1, 2                                | http://gate.example:2",
        "Host: [2001:DB8:0::1]:8443                                                | http://[2001:db8::1]:8443",
        "Host: [::ffff:192.0.2.7]                                                  | http://[::ffff:c000:207]",
        "Host: gate.example.                                                       | http://gate.example.",
        "Host: xn--bcher-kva.example                                               | http://xn--bcher-kva.example",
        "X-Forwarded-Host: gate.example                                            | http://gate.example",
    })
    void addressOfTheGateAsTheClientCalledIt(String lines, String origin) {
        assertThat(resolve("10.0.0.1", lines.split("; ")).ownOrigin()).hasToString(origin);
    }

    @Test
    void forwardedTakesSchemeAndHostFromTheOutermostTrustedProxy() {
        Client client = resolve("10.0.0.1", "Host: gate:8080",
                "Forwarded: for=1.1.1.1;proto=http;host=evil.example, "
                        + "for=203.0.113.9;proto=https;host=\"gate.example:8443\", for=10.0.0.2;proto=http;host=inner");
        assertThat(chain(client)).isEqualTo("203.0.113.9 < 10.0.0.2 < 10.0.0.1");
        assertThat(client.ownOrigin()).hasToString("https://gate.example:8443");
        assertThat(client.hostHeader()).isEqualTo("gate");
    }

    @ParameterizedTest(name = "Host: {0}")
    @ValueSource(strings = {
        "", " ", "gate example", " gate.example", "gate.example ", "a@gate.example", "gate.example/", "gate.example?",
        "gate.example#", "gate.example\\", "http://gate.example", "gate.example:", "gate.example:0",
        "gate.example:65536", "gate.example:+80", "gate.example:080", "gate.example:80:80", "gate.example:http", ":80",
        ".", "..", ".gate", "gate..example", "gate.example..", "a,b", "%67ate", "b\u00fccher.example", "gate\u0000",
        "[::1", "::1", "[::1]80", "[fe80::1%eth0]", "[gate]", "127.1", "0x7f.1", "2130706433", "1.2.3.256", "gate!",
    })
    void unusableHost(String host) {
        Client client = resolve("203.0.113.9", "Host: " + host);
        assertThat(client.host()).isEmpty();
        assertThat(client.authority()).isEmpty();
        assertThat(client.hostFault()).contains("the Host header \"");
        assertThat(client.port()).isEqualTo(8080);
    }

    @Test
    void missingHost() {
        Client client = resolve("203.0.113.9");
        assertThat(client.hasHost()).isFalse();
        assertThat(client.hostFault()).isEqualTo("the Host header is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"203.0.113.9", "10.0.0.1"})
    void repeatedHostIsUnusableWhateverWasForwarded(String peer) {
        Client client = resolve(peer, HOST, HOST, "X-Forwarded-Host: gate.example");
        assertThat(client.hasHost()).isFalse();
        assertThat(client.hostFault()).isEqualTo("the Host header is repeated");
    }

    @ParameterizedTest(name = "peer {0} → {1}")
    @CsvSource({
        "[fd00::1], 203.0.113.9 < fd00::1",
        "fd00::1%2, 203.0.113.9 < fd00::1",
        "[fd00:0:0:0:0:0:0:1%eth0], 203.0.113.9 < fd00::1",
        "::ffff:10.0.0.1, 203.0.113.9 < 10.0.0.1",
        "localhost, 0.0.0.0",
        "@, 0.0.0.0",
        "%, 0.0.0.0",
    })
    void peerAsContainersWriteIt(String peer, String chain) {
        assertThat(chain(resolve(peer, HOST, "X-Forwarded-For: 203.0.113.9"))).isEqualTo(chain);
    }

    @Test
    void peerWithoutAddressIsNotTrustedEvenIfAllAddressesAre() {
        Client client = new ClientResolver(AddressRanges.of(List.of("0.0.0.0/0")))
                .resolve(SampleArrivals.from("", HOST, "X-Forwarded-For: 203.0.113.9"));
        assertThat(chain(client)).isEqualTo("0.0.0.0");
    }
}
