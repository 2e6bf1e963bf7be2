package dev.nomadgate.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What must hold for any text whatever, and for text that is nearly right. */
class AnythingGoesTest {

    private final ClientResolver resolver = new ClientResolver(AddressRanges.of(List.of("10.0.0.0/8", "fd00::/8")));
    private final OriginPolicy origins = new OriginPolicy(Set.of(Origin.parse("https://ui.example")), true);
    private final CrossSitePolicy pages = new CrossSitePolicy(Set.of(Origin.parse("https://ui.example")));
    private final HostPolicy hosts = new HostPolicy(Set.of("gate.example"));

    @Property
    void nothingThrowsAndEveryResultCanBeSentOn(
            @ForAll("peers") String peer, @ForAll("text") String scheme, @ForAll int port,
            @ForAll("fields") List<String> host, @ForAll("fields") List<String> forwarded,
            @ForAll("fields") List<String> xff, @ForAll("fields") List<String> proto,
            @ForAll("fields") List<String> xHost, @ForAll("fields") List<String> xPort) {
        Client client = resolver.resolve(
                new Arrival(peer, scheme, port, host, forwarded, xff, proto, xHost, xPort));
        assertThat(client.scheme()).isIn("http", "https");
        assertThat(client.port()).isBetween(1, 65535);
        assertThat(client.hostFault().isEmpty()).isEqualTo(client.hasHost());
        if (client.hasHost()) {
            assertThat(Origin.parse(client.ownOrigin().toString())).isEqualTo(client.ownOrigin());
        }
        ForwardedHeaders headers = ForwardedHeaders.of(client);
        assertThat(headers.forwarded()).matches("[ -~]+");
        assertThat(headers.xForwardedHost()).matches("[!-~]*");
        assertPrintable(origins.judge(host, client));
        assertPrintable(hosts.judge(client));
    }

    @Property
    void untrustedPeerCannotSayAnything(
            @ForAll("fields") List<String> forwarded, @ForAll("fields") List<String> xff,
            @ForAll("fields") List<String> proto, @ForAll("fields") List<String> xHost,
            @ForAll("fields") List<String> xPort) {
        List<String> host = List.of("gate.example");
        assertThat(resolver.resolve(new Arrival("203.0.113.9", "http", 80, host, forwarded, xff, proto, xHost, xPort)))
                .isEqualTo(resolver.resolve(new Arrival("203.0.113.9", "http", 80, host, null, null, null, null, null)));
    }

    @Property
    void clientBehindAnAppendingProxyCannotChooseItsAddress(
            @ForAll("fields") List<String> forwarded, @ForAll("text") String sent) {
        Client client = resolver.resolve(new Arrival("10.0.0.1", "http", 80, List.of("gate.example"), forwarded,
                List.of(sent + ", 203.0.113.9"), null, null, null));
        assertThat(IpLiteral.format(client.address())).isEqualTo("203.0.113.9");
    }

    @Property
    void clientBehindAnAppendingForwardedProxyIsItselfOrTheProxy(@ForAll("text") String sent) {
        Client client = resolver.resolve(new Arrival("10.0.0.1", "http", 80, List.of("gate.example"),
                List.of(sent + ", for=203.0.113.9;proto=https"), null, null, null, null));
        assertThat(IpLiteral.format(client.address())).isIn("203.0.113.9", "10.0.0.1");
    }

    /** The first entry of what goes to Nomad is the address that is hashed; a gate behind this one finds the same client. */
    @Property
    void aSecondGateThatTrustsTheFirstSeesTheSameClient(
            @ForAll("peers") String peer, @ForAll("fields") List<String> forwarded, @ForAll("fields") List<String> xff) {
        Client client = resolver.resolve(
                new Arrival(peer, "http", 80, List.of("gate.example"), forwarded, xff, null, null, null));
        ForwardedHeaders headers = ForwardedHeaders.of(client);
        assertThat(headers.xForwardedFor().split(", ")[0]).isEqualTo(IpLiteral.format(client.address()));
        if (!client.address().isAnyLocalAddress()) {
            Client same = resolver.resolve(new Arrival("10.255.255.1", "http", 80, List.of("inner"),
                    List.of(headers.forwarded()), null, null, null, null));
            assertThat(same.scheme()).isEqualTo(client.scheme());
            assertThat(same.address()).isEqualTo(client.address());
            assertThat(same.host()).isEqualTo(client.host());
            assertThat(resolver.resolve(new Arrival("10.255.255.1", "http", 80, List.of("inner"), null,
                    List.of(headers.xForwardedFor()), null, null, null)).address()).isEqualTo(client.address());
        }
    }

    @Property
    void onlyThePageItselfAndListedOnesMayChangeAnything(
            @ForAll("text") String method, @ForAll("fields") List<String> origin, @ForAll("fields") List<String> site) {
        Client client = resolver.resolve(
                new Arrival("203.0.113.9", "http", 80, List.of("gate.example"), null, null, null, null, null));
        Verdict verdict = pages.judge(method, "/v1/jobs", origin, site, client);
        assertPrintable(verdict);
        if (verdict instanceof Verdict.Allowed) {
            assertThat(site.equals(List.of("same-origin")) || origin.isEmpty() && site.isEmpty()
                    || origin.size() == 1 && Set.of(Origin.parse("http://gate.example"), Origin.parse("https://ui.example"))
                            .contains(Origin.parse(origin.get(0)))).isTrue();
        }
        assertThat(pages.judge("GET", "/v1/jobs", origin, site, client)).isInstanceOf(Verdict.Allowed.class);
    }

    @Property
    void originRoundTrip(@ForAll("origins") Origin origin) {
        assertThat(Origin.parse(origin.toString())).isEqualTo(origin);
        assertThat(Origin.parse(origin.scheme() + "://" + origin.host() + ":" + origin.port())).isEqualTo(origin);
    }

    @Property
    void originIsReadOrRefusedWithAPrintableReason(@ForAll("text") String text) {
        try {
            Origin origin = Origin.parse(text);
            assertThat(Origin.parse(origin.toString())).isEqualTo(origin);
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).matches("[ -~]{1,400}");
        }
    }

    @Property
    void addressRoundTrip(@ForAll("bytes") byte[] bytes) {
        var address = IpLiteral.address(bytes);
        assertThat(IpLiteral.parse(IpLiteral.format(address))).contains(address);
        assertThat(AddressRanges.of(List.of(IpLiteral.format(address))).contains(address)).isTrue();
    }

    @Property
    void literalsNeverThrow(@ForAll("text") String text) {
        assertThatCode(() -> IpLiteral.parse(text)).doesNotThrowAnyException();
    }

    private static void assertPrintable(Verdict verdict) {
        if (verdict instanceof Verdict.Refused refused) {
            assertThat(refused.reason()).matches("[ -~]{1,700}").doesNotContain("<", ">");
        }
    }

    @Provide
    Arbitrary<String> text() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(120),
                Arbitraries.strings().withChars("[]:.,;=\"\\/@%_- \thtpsfor0129af").ofMaxLength(40),
                Arbitraries.of("203.0.113.9", "10.0.0.2", "[fd00::1]:80", "unknown", "_hidden", "for=1.2.3.4",
                        "for=\"[::1]\";host=\"a:1\"", "for=\"", "https", "wss", "null", "https://gate.example",
                        "gate.example", "gate.example:8443", "[::1", "]:1", "a:99999", "", ","));
    }

    @Provide
    Arbitrary<String> peers() {
        return Arbitraries.oneOf(Arbitraries.of("10.0.0.1", "fd00::1", "[fd00::1%2]", "203.0.113.9", "%"), text());
    }

    @Provide
    Arbitrary<List<String>> fields() {
        return text().list().ofMaxSize(3);
    }

    @Provide
    Arbitrary<Origin> origins() {
        Arbitrary<String> name = Arbitraries.strings().withCharRange('a', 'z').ofMinLength(1).ofMaxLength(20);
        return Combinators.combine(Arbitraries.of("http", "https"),
                        Arbitraries.oneOf(name, bytes().map(bytes -> bytes.length == 4
                                ? IpLiteral.format(IpLiteral.address(bytes))
                                : "[" + IpLiteral.formatIpv6(bytes) + "]")),
                        Arbitraries.integers().between(1, 65535))
                .as(Origin::new);
    }

    @Provide
    Arbitrary<byte[]> bytes() {
        Arbitrary<Byte> sparse = Arbitraries.oneOf(Arbitraries.of((byte) 0), Arbitraries.bytes());
        return Arbitraries.of(4, 16).flatMap(size -> sparse.array(byte[].class).ofSize(size));
    }
}
