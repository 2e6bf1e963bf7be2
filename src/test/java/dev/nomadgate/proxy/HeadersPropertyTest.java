package dev.nomadgate.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nomadgate.client.Client;
import dev.nomadgate.played.Played;
import dev.nomadgate.upstream.Server;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;

/** Whatever header a client sends: what is its own arrives as it was, what is not does not arrive. */
class HeadersPropertyTest {

    private static final Server SERVER =
            new Server(URI.create("http://10.0.0.1:4646"), 1, false, 1, Duration.ofSeconds(10));
    private static final Set<String> FORWARDED = Set.of(
            "x-forwarded-for", "x-forwarded-proto", "x-forwarded-host", "x-forwarded-port", "forwarded");
    private static final Set<String> NEVER = Set.of("connection", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade",
            "proxy-authorization", "proxy-connection", "http2-settings", "x-real-ip", "x_forwarded_for", "x_nomad_token",
            "x-request-id", "x_request_id", "x_request-id");

    private static final String ID = "an-id";

    /** A field line as it came. */
    record Line(String name, String value) {
    }

    @Property(tries = 500)
    void theClientsOwnFieldsArriveUnchangedAndInOrderAndNoOthers(@ForAll("header") List<Line> header) throws Exception {
        Client client = new Client(InetAddress.getByName("203.0.113.9"), "https", "gate.example", 443);
        HttpFields sent = RequestHeaders.rewrite(request(header), client, SERVER);

        Set<String> nominated = HopByHop.of(header.stream().filter(line -> is(line, "connection")).map(Line::value)
                .toList()).nominated();
        Map<String, List<String>> expected = new LinkedHashMap<>();
        for (Line line : header) {
            String name = line.name().toLowerCase(Locale.ROOT);
            if (!NEVER.contains(name) && !FORWARDED.contains(name) && !nominated.contains(name)
                    && !name.equals("host") && !name.equals("origin")) {
                expected.computeIfAbsent(name, ignored -> new ArrayList<>()).add(line.value());
            }
        }
        Map<String, List<String>> actual = new LinkedHashMap<>();
        for (HttpField field : sent) {
            String name = field.getLowerCaseName();
            if (!FORWARDED.contains(name) && !name.equals("host") && !name.equals("origin")
                    && !name.equals("x-request-id")) {
                actual.computeIfAbsent(name, ignored -> new ArrayList<>()).add(field.getValue());
            }
        }
        assertThat(actual).isEqualTo(expected);
        assertThat(List.copyOf(actual.keySet())).isEqualTo(List.copyOf(expected.keySet()));
        assertThat(sent.getValuesList("Host")).containsExactly("10.0.0.1:4646");
        assertThat(sent.getValuesList("X-Forwarded-For")).containsExactly("203.0.113.9");
        assertThat(sent.getValuesList("X-Forwarded-Host")).containsExactly("gate.example");
        assertThat(sent.getValuesList("Forwarded")).hasSize(1);
        assertThat(sent.getValuesList("X-Request-Id")).containsExactly(ID);
        assertThat(sent.getValuesList("Origin")).isEqualTo(header.stream().anyMatch(line -> is(line, "origin"))
                ? List.of("http://10.0.0.1:4646") : List.of());
    }

    @Property(tries = 500)
    void whatConnectionNamesIsDroppedHoweverItIsWritten(@ForAll("names") String name, @ForAll("blanks") String blank) {
        HopByHop fields = HopByHop.of(List.of("a," + blank + name.toUpperCase(Locale.ROOT) + blank + ",,b"));
        assertThat(fields.contains(name)).isTrue();
        assertThat(fields.contains(name.toLowerCase(Locale.ROOT))).isTrue();
    }

    @Property(tries = 500)
    void anyConnectionFieldCanBeRead(@ForAll String value) {
        assertThat(HopByHop.of(List.of(value)).contains("X-Other-Field")).isFalse();
    }

    private static boolean is(Line line, String name) {
        return line.name().equalsIgnoreCase(name);
    }

    private static HttpServletRequest request(List<Line> header) {
        return Played.by(HttpServletRequest.class, (proxy, method, args) -> switch (method.getName()) {
            case "getHeaderNames" -> Collections.enumeration(names(header));
            case "getHeaders" -> Collections.enumeration(
                    header.stream().filter(line -> is(line, (String) args[0])).map(Line::value).toList());
            case "getHeader" -> header.stream().filter(line -> is(line, (String) args[0])).map(Line::value)
                    .findFirst().orElse(null);
            case "getAttribute" -> ID;
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }

    /** Each once, in the spelling of its first line, as containers tell them. */
    private static List<String> names(List<Line> header) {
        Map<String, String> names = new LinkedHashMap<>();
        header.forEach(line -> names.putIfAbsent(line.name().toLowerCase(Locale.ROOT), line.name()));
        return List.copyOf(names.values());
    }

    @Provide
    Arbitrary<List<Line>> header() {
        Arbitrary<String> values = Arbitraries.strings().withCharRange(' ', '~').ofMaxLength(20).map(String::strip);
        Arbitrary<Line> lines = Arbitraries.oneOf(
                Combinators.combine(names(), values).as(Line::new),
                Combinators.combine(Arbitraries.of("Connection", "connection"),
                        names().list().ofMaxSize(3).map(list -> String.join(", ", list))).as(Line::new));
        return lines.list().ofMaxSize(12);
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.oneOf(
                Arbitraries.strings().withCharRange('a', 'z').withCharRange('A', 'Z').withChars("-_.!~9")
                        .ofMinLength(1).ofMaxLength(6).filter(name -> !NEVER.contains(name.toLowerCase(Locale.ROOT))),
                Arbitraries.of("X-Forwarded-For", "x-forwarded-for", "X_Forwarded_For", "Forwarded", "X-Nomad-Token",
                        "x-nomad-token", "X_Nomad_Token", "Authorization", "Host", "Origin", "Upgrade", "TE", "Trailer",
                        "Keep-Alive", "Transfer-Encoding", "Proxy-Authorization", "X-Real-IP", "X-Request-Id", "X_Request_Id",
                        "x_request-ID", "Cookie", "Via", "Accept"));
    }

    @Provide
    Arbitrary<String> blanks() {
        return Arbitraries.of("", " ", "\t", "  ");
    }
}
