package dev.nomadgate.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ForwardedHeadersTest {

    private final ClientResolver resolver = new ClientResolver(AddressRanges.of(List.of("10.0.0.0/8", "fd00::/8")));

    private ForwardedHeaders of(String peer, String... lines) {
        return ForwardedHeaders.of(resolver.resolve(SampleArrivals.from(peer, lines)));
    }

    @Test
    void whatAnUntrustedPeerSentIsReplaced() {
        assertThat(of("203.0.113.9", "Host: gate.example", "X-Forwarded-For: 1.1.1.1", "Forwarded: for=1.1.1.1"))
                .isEqualTo(new ForwardedHeaders("203.0.113.9", "http", "gate.example", "80",
                        "for=203.0.113.9;proto=http;host=gate.example"));
    }

    @Test
    void trustedProxiesFollowTheClientAndUnverifiedEntriesAreDropped() {
        assertThat(of("10.0.0.1", "Host: gate.example:8443", "X-Forwarded-Proto: https",
                        "X-Forwarded-For: 1.1.1.1, 203.0.113.9:4711, fd00::2"))
                .isEqualTo(new ForwardedHeaders("203.0.113.9, fd00::2, 10.0.0.1", "https", "gate.example:8443", "8443",
                        "for=203.0.113.9;proto=https;host=\"gate.example:8443\", for=\"[fd00::2]\", for=10.0.0.1"));
    }

    @Test
    void ipv6IsBracketedAndQuoted() {
        assertThat(of("2001:db8::1", "Host: [2001:db8::7]").forwarded())
                .isEqualTo("for=\"[2001:db8::1]\";proto=http;host=\"[2001:db8::7]\"");
    }

    @Test
    void withoutHostNoneIsSent() {
        assertThat(of("203.0.113.9"))
                .isEqualTo(new ForwardedHeaders("203.0.113.9", "http", "", "8080", "for=203.0.113.9;proto=http"));
    }

    @Test
    void whatGoesOutIsReadBackByTheNextGate() {
        ForwardedHeaders sent = of("fd00::1", "Host: gate.example:8443", "X-Forwarded-For: 2001:db8::1",
                "X-Forwarded-Proto: https");
        Client next = resolver.resolve(SampleArrivals.from("10.0.0.7", "Host: upstream", "Forwarded: " + sent.forwarded()));
        assertThat(IpLiteral.format(next.address())).isEqualTo("2001:db8::1");
        assertThat(next.ownOrigin()).hasToString("https://gate.example:8443");
    }
}
