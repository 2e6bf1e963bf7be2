package dev.nomadgate.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nomadgate.client.AddressRanges;
import dev.nomadgate.client.Arrival;
import dev.nomadgate.client.Client;
import dev.nomadgate.client.ClientResolver;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who counts as being on this machine while no realm could tell. */
class LoopbackTest {

    private static final List<String> NONE = List.of();

    @ParameterizedTest
    @CsvSource({"127.0.0.1, localhost:8646", "127.0.0.1, 127.0.0.1", "127.9.9.9, 127.0.0.2:80", "::1, [::1]:8646",
        "[0:0:0:0:0:0:0:1], localhost", "::ffff:127.0.0.1, LOCALHOST"})
    void whoIsOnIt(String peer, String host) {
        assertThat(Loopback.refusal(client(peer, host, null), "HTTP/1.1", NONE)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"192.0.2.7, localhost, 192.0.2.7", "::2, [::1], ::2", "127.0.0.1, evil.example, evil.example",
        "127.0.0.1, localhost.evil.example, localhost.evil.example", "127.0.0.1, 192.0.2.1:8646, 192.0.2.1",
        "127.0.0.1, '', names no host", "127.0.0.1, localhost@evil, names no host", "127.0.0.1, 127.1, names no host",
        "::ffff:192.0.2.7, localhost, 192.0.2.7", "127.0.0.1, [::2], [::2]"})
    void whoIsNot(String peer, String host, String named) {
        assertThat(Loopback.refusal(client(peer, host, null), "HTTP/1.1", NONE)).get().asString().contains(named);
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Forwarded", "Via",
        "x-forwarded-prefix", "X-Forwarded", "X-Client-IP", "cf-connecting-ip", "True-Client-IP", "X-Cluster-Client-IP",
        "Fastly-Client-IP"})
    void aProxyThatNobodyTrustsSpeaksForNobody(String field) {
        assertThat(Loopback.refusal(client("127.0.0.1", "localhost", null), "HTTP/1.1", List.of("Accept", field))).get().asString()
                .contains(field, "nomad-gate.client.trusted-proxies");
    }

    @ParameterizedTest
    @CsvSource({"'127.0.0.1', ''", "'192.0.2.7', 192.0.2.7", "'127.0.0.1, 10.0.0.9', 10.0.0.9", "'unknown', HTTP/1.0",
        "'192.0.2.7, 127.0.0.1', 192.0.2.7"})
    void aTrustedProxySpeaksForItsClients(String forwardedFor, String named) {
        // By the version too only one gives itself away that says nothing more.
        Optional<String> refusal = Loopback.refusal(client("127.0.0.1", "localhost", forwardedFor), "HTTP/1.0",
                List.of("X-Forwarded-For"));
        if (named.isEmpty()) {
            assertThat(refusal).isEmpty();
        } else {
            assertThat(refusal).get().asString().contains(named);
        }
    }

    @Test
    void aProxyThatSaysNothingSpeaksAnOldVersion() {
        assertThat(Loopback.refusal(client("127.0.0.1", "127.0.0.1", null), "HTTP/1.0", NONE)).get().asString()
                .contains("HTTP/1.0", "nomad-gate.client.trusted-proxies");
        assertThat(Loopback.refusal(client("127.0.0.1", "127.0.0.1", null), "HTTP/2.0", NONE)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"localhost, gate.example, gate.example", "gate.example, localhost, gate.example"})
    void bothNamesThatTheGateWasCalledByCount(String host, String forwardedHost, String named) {
        Client client = new ClientResolver(AddressRanges.of(List.of("127.0.0.0/8"))).resolve(new Arrival("127.0.0.1", "http",
                8646, List.of(host), null, List.of("127.0.0.1"), null, List.of(forwardedHost), null));
        assertThat(Loopback.refusal(client, "HTTP/1.1", NONE)).get().asString().contains(named);
    }

    private static Client client(String peer, String host, String forwardedFor) {
        AddressRanges trusted = forwardedFor == null ? AddressRanges.NONE
                : AddressRanges.of(List.of("127.0.0.0/8", "10.0.0.0/8"));
        return new ClientResolver(trusted).resolve(new Arrival(peer, "http", 8646, host.isEmpty() ? null : List.of(host), null,
                forwardedFor == null ? null : List.of(forwardedFor), null, null, null));
    }
}
