package dev.nomadgate.contract.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nomadgate.contract.GateUnderTest;
import dev.nomadgate.contract.containers.ContainerKind;
import dev.nomadgate.standin.RawHttp;
import dev.nomadgate.standin.RecordedRequest;
import dev.nomadgate.standin.StandInNomad;
import dev.nomadgate.upstream.IpHash;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Several servers, behind a gate that trusts the proxy in front of it. */
@Tag("apart")
class ClusterIT extends HttpContract {

    private final List<StandInNomad> nomads;

    ClusterIT(ContainerKind kind) {
        super(Gates.cluster(kind).gate());
        nomads = Gates.cluster(kind).nomads();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1", "10.0.0.200", "10.0.1.1", "192.0.2.7", "203.0.113.9", "198.51.100.77", "2001:db8::1",
        "2001:db8::2", "::1", "::ffff:10.0.0.1"})
    void theClientThatATrustedProxyNamesIsTheOneThatIsHashed(String client) throws IOException {
        int expected = new IpHash(List.of(1, 1, 1)).walk(InetAddress.getByName(client)).next(i -> true).getAsInt();
        assertThat(get("/echo/x", "X-Forwarded-For: 1.2.3.4, " + client).status()).isEqualTo(200);
        assertThat(nomads).extracting(nomad -> nomad.requests().size())
                .containsExactly(expected == 0 ? 1 : 0, expected == 1 ? 1 : 0, expected == 2 ? 1 : 0);
        String shown = client.replace("::ffff:", "");
        assertThat(nomads.get(expected).requests().get(0).header("X-Forwarded-For")).isEqualTo(shown + ", 127.0.0.1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "X-Forwarded-Proto: https;X-Forwarded-Host: gate.example|https|gate.example|443",
        "X-Forwarded-Proto: https;X-Forwarded-Host: gate.example:8443|https|gate.example:8443|8443",
        "Forwarded: for=192.0.2.7;proto=https;host=gate.example|https|gate.example|443"})
    void whatATrustedProxySaysReachesNomad(String fields, String proto, String host, String port) throws IOException {
        get("/echo/x", fields.split(";(?=X-|Forw)"));
        RecordedRequest received = nomads.stream().flatMap(nomad -> nomad.requests().stream()).findFirst().orElseThrow();
        assertThat(received.headers("X-Forwarded-Proto")).containsExactly(proto);
        assertThat(received.headers("X-Forwarded-Host")).containsExactly(host);
        assertThat(received.headers("X-Forwarded-Port")).containsExactly(port);
        assertThat(received.header("Forwarded")).contains("proto=" + proto);
    }

    @Test
    void anUnreachableServerIsLeftForTheNextWithTheBodyIntactAndComesBack() throws IOException {
        try (StandInNomad first = StandInNomad.start(); StandInNomad second = StandInNomad.start()) {
            int port = first.port();
            try (var own = gate.kind().start(GateUnderTest.options(first)
                    .with("servers", first.address() + "," + second.address())
                    .with("server-defaults.fail-timeout", "2s").with("client.trusted-proxies", "127.0.0.0/8"))) {
                String client = "X-Forwarded-For: " + clientOf(0) + "\r\nConnection: close\r\n";
                String head = " /echo/x HTTP/1.1\r\nHost: x\r\n" + client;
                first.close();
                for (String body : List.of("Content-Length: 4\r\n\r\nfour", "Transfer-Encoding: chunked\r\n\r\n4\r\nfour\r\n0\r\n\r\n",
                        "Content-Length: 4\r\nExpect: 100-continue\r\n\r\nfour")) {
                    second.clear();
                    RawHttp.Response response = RawHttp.send("127.0.0.1", own.port(), "POST" + head + body);
                    assertThat(response.status()).isEqualTo(200);
                    RecordedRequest received = second.awaitRequest(request -> true);
                    assertThat(received.body()).asString().isEqualTo("four");
                    assertThat(received.header("Host")).isEqualTo(second.address().getAuthority());
                }
                try (StandInNomad back = StandInNomad.startOn(port)) {
                    await().until(() -> {
                        RawHttp.send("127.0.0.1", own.port(), "GET" + head + "\r\n");
                        return !back.requests().isEmpty();
                    });
                }
                second.close();
                RawHttp.Response response = RawHttp.send("127.0.0.1", own.port(), "GET" + head + "\r\n");
                assertThat(response.status()).isEqualTo(503);
                assertThat(response.header("Retry-After")).isNotNull();
                assertThat(response.text()).contains(first.address() + ": connection refused", second.address() + ": connection refused");
            }
        }
    }

    /** An address whose own server is this one of two. */
    private static String clientOf(int server) throws IOException {
        IpHash hash = new IpHash(List.of(1, 1));
        for (int i = 0; ; i++) {
            String address = "10.0." + i + ".1";
            if (hash.walk(InetAddress.getByName(address)).next(any -> true).getAsInt() == server) {
                return address;
            }
        }
    }
}
