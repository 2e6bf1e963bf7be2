package dev.nomadgate.contract.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nomadgate.contract.GateUnderTest;
import dev.nomadgate.contract.containers.ContainerKind;
import dev.nomadgate.contract.containers.GateContainer;
import dev.nomadgate.contract.containers.GateOptions;
import dev.nomadgate.standin.RawHttp;
import dev.nomadgate.standin.Script;
import dev.nomadgate.standin.StandInDns;
import dev.nomadgate.standin.StandInNomad;
import dev.nomadgate.upstream.tls.TestPki;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xbill.DNS.Type;

/** Servers that DNS or Nomad itself names. */
class DiscoveryIT {

    private static final Duration SOON = Duration.ofSeconds(20);

    /** Also that nothing of it outlives the web application: the DNS library has statics, a thread and a hook of its own. */
    @ParameterizedTest
    @EnumSource(names = {"JETTY_EMBEDDED", "TOMCAT_11"})
    void theListFollowsDnsAtItsTtlAndStaysWhenDnsFails(ContainerKind kind) throws IOException {
        try (StandInNomad a = StandInNomad.start(); StandInNomad b = StandInNomad.start(); StandInDns dns = StandInDns.start()) {
            dns.says("host.test", Type.A, 1, "127.0.0.1").says("_http._tcp.nomad.test", Type.SRV, 1, "1 1 " + a.port() + " host.test.");
            try (GateContainer gate = kind.start(GateUnderTest.options(a).contextPath("/gate")
                    .with("servers", "[{address = \"http://nomad.test\", service = http}]")
                    .with("discovery.resolver", dns.setting()).with("discovery.timeout", "500ms"))) {
                int before = gate.output().size();
                serves(gate, a);
                assertThat(a.requests().get(0).header("Host")).isEqualTo("nomad.test:" + a.port());

                dns.says("_http._tcp.nomad.test", Type.SRV, 1, "1 1 " + b.port() + " host.test.");
                await().atMost(SOON).untilAsserted(() -> serves(gate, b));
                gate.awaitOutput("The servers are now .http://nomad.test:" + b.port() + " \\(127.0.0.1\\)");

                dns.silent(true);
                gate.awaitOutput("WARN.*_http._tcp.nomad.test.*did not answer; the list stays as it was");
                serves(gate, b);
                assertThat(gate.stackTraces(before)).isEmpty();
                gate.redeploy();
                before = gate.output().size();
                RawHttp.Response refused = get(gate);
                assertThat(refused.status()).isEqualTo(503);
                assertThat(refused.text()).contains("_http._tcp.nomad.test (SRV) at 127.0.0.1 port", "did not answer");

                dns.silent(false);
                await().atMost(SOON).untilAsserted(() -> serves(gate, b));
                assertThat(gate.stackTraces(before)).isEmpty();
                gate.undeploy();
                await().atMost(SOON).until(() -> gate.undeployedLoadersAlive() == 0);
                assertThat(gate.threadNames()).noneMatch(name -> name.contains("nomad") || name.contains("dns"));
                assertThat(gate.leaksTold()).isEmpty();
            }
        }
    }

    @Test
    void theNameIsWhatTlsExpectsOfItsAddresses() throws IOException {
        try (StandInNomad nomad = StandInNomad.start(TestPki.server(), false); StandInDns dns = StandInDns.start()) {
            dns.says("nomad.test", Type.A, 60, "127.0.0.1");
            GateOptions options = GateUnderTest.options(nomad)
                    .with("servers", "[{address = \"https://nomad.test:" + nomad.port() + "\", resolve = true}]")
                    .with("discovery.resolver", dns.setting()).with("tls.ca-cert", TestPki.ca().toString());
            try (GateContainer gate = ContainerKind.JETTY_EMBEDDED.start(options)) {
                assertThat(get(gate).text()).contains("but nomad.test (the host in the server's address) was expected");
            }
        }
    }

    @Test
    void nomadNamesTheServersOfItsRegionToWhoHasAToken() throws IOException {
        try (StandInNomad nomad = StandInNomad.start()) {
            nomad.script("/v1/agent/members", (request, wire) ->
                    json("geheim".equals(request.header("X-Nomad-Token")) ? 200 : 403, members("127.0.0.1")).answer(request, wire));
            GateOptions options = GateUnderTest.options(nomad).with("servers", "http://localhost:" + nomad.port())
                    .with("discovery.members", "true").with("discovery.members-interval", "100ms")
                    .with("upstream.connect-timeout", "1s");
            try (GateContainer gate = ContainerKind.JETTY_EMBEDDED.start(options)) {
                gate.awaitOutput("WARN.*members.*Nomad refuses it \\(403\\).*token-file");
                serves(gate, nomad);
            }
            try (GateContainer gate = ContainerKind.JETTY_EMBEDDED.start(options.with("discovery.token", "geheim"))) {
                gate.awaitOutput("The servers are now .http://127.0.0.1:" + nomad.port());
                nomad.clear();
                get(gate);
                assertThat(nomad.awaitRequest(request -> request.rawTarget().equals("/echo/x")).header("Host"))
                        .isEqualTo("127.0.0.1:" + nomad.port());
                assertThat(gate.output()).noneMatch(line -> line.contains("geheim"));
            }
        }
    }

    private static String members(String address) {
        return "{\"ServerRegion\":\"global\",\"Members\":[{\"Addr\":\"" + address
                + "\",\"Status\":\"alive\",\"Tags\":{\"role\":\"nomad\",\"region\":\"global\"}}]}";
    }

    private static Script json(int status, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return (request, wire) -> wire.write("HTTP/1.1 " + status + " X\r\nContent-Type: application/json\r\nContent-Length: "
                + bytes.length + "\r\n\r\n" + text);
    }

    private static void serves(GateContainer gate, StandInNomad nomad) throws IOException {
        nomad.clear();
        RawHttp.Response response = get(gate);
        assertThat(response.status()).as(response.text()).isEqualTo(200);
        assertThat(nomad.requests()).anyMatch(request -> request.rawTarget().equals("/echo/x"));
    }

    private static RawHttp.Response get(GateContainer gate) throws IOException {
        return RawHttp.get("127.0.0.1", gate.port(), gate.uri("/echo/x").getRawPath());
    }
}
