package dev.nomadgate.upstream.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nomadgate.config.ConfigSources;
import dev.nomadgate.config.ConnectionsConfig;
import dev.nomadgate.config.GateConfigReader;
import dev.nomadgate.config.UpstreamConfig;
import dev.nomadgate.standin.StandInDns;
import dev.nomadgate.standin.StandInNomad;
import dev.nomadgate.upstream.ConnectionRegister;
import dev.nomadgate.upstream.HttpClients;
import dev.nomadgate.upstream.Server;
import dev.nomadgate.upstream.ServerPool;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Type;

/** Servers that Nomad names; Nomad and DNS are the test's. */
class DiscoveryTest {

    private final StandInNomad nomad = nomad();
    private final StandInNomad other = nomad();
    private final StandInDns dns = StandInDns.start();
    private final QueuedThreadPool threads = HttpClients.threads();
    private HttpClient client;

    @BeforeEach
    void start() throws Exception {
        threads.start();
        client = HttpClients.create(new ConnectionsConfig(Duration.ofSeconds(5), Duration.ofSeconds(60), 4),
                new SslContextFactory.Client(), threads, new ConnectionRegister());
        client.start();
    }

    @AfterEach
    void stop() throws Exception {
        client.stop();
        threads.stop();
        dns.close();
        nomad.close();
        other.close();
    }

    @Test
    void theMembersOfAClusterAreNotThoseOfTheNextNorSeeItsToken() {
        ServerPool before = pool();
        Discovery first = discovery(Map.of("servers", "http://localhost:" + nomad.port()), before, Optional.empty());
        assertThat(before.servers()).extracting(Server::address).containsExactly(nomad.address());
        nomad.clear();

        ServerPool pool = pool();
        discovery(Map.of("servers", "http://localhost:" + other.port(), "discovery.token", "geheim"), pool, Optional.of(first));
        assertThat(pool.servers()).extracting(Server::address).containsExactly(other.address());
        assertThat(nomad.requests()).isEmpty();
        assertThat(other.requests()).anyMatch(request -> "geheim".equals(request.header("X-Nomad-Token")));
    }

    @Test
    void aChangeOfOtherSettingsKeepsTheMembers() {
        Discovery first = discovery(Map.of("servers", "http://localhost:" + nomad.port()), pool(), Optional.empty());
        nomad.script("/v1/agent/members", (request, wire) -> wire.write("HTTP/1.1 403 X\r\nContent-Length: 0\r\n\r\n"));

        ServerPool pool = pool();
        discovery(Map.of("servers", "http://localhost:" + nomad.port(), "discovery.token", "geheim"), pool, Optional.of(first));
        assertThat(pool.servers()).extracting(Server::address).containsExactly(nomad.address());
    }

    @Test
    void membersAreWhereTheOneThatWasAskedIs() throws IOException {
        dns.says("_http._tcp.nomad.test", Type.SRV, 60, "1 1 " + nomad.port() + " host.test.").says("host.test", Type.A, 60, "127.0.0.1");
        ServerPool pool = pool();
        discovery(Map.of("servers", "[{address = \"http://nomad.test\", service = http}]", "discovery.resolver", dns.setting()),
                pool, Optional.empty());
        assertThat(pool.servers()).extracting(Server::address)
                .containsExactly(URI.create("http://127.0.0.1:" + nomad.port()));
    }

    private Discovery discovery(Map<String, String> settings, ServerPool pool, Optional<Discovery> before) {
        Map<String, String> properties = new HashMap<>(Map.of("nomad-gate.discovery.members", "true"));
        settings.forEach((name, value) -> properties.put("nomad-gate." + name, value));
        UpstreamConfig config = GateConfigReader.read(
                new ConfigSources(properties, Map.of(), Map.of(), ClassLoader.getPlatformClassLoader())).upstream();
        Discovery discovery = new Discovery(config, client, pool);
        try {
            discovery.start(before);
        } finally {
            discovery.stop();
        }
        return discovery;
    }

    private static ServerPool pool() {
        return new ServerPool(List.of(), Duration.ZERO, (server, cause) -> "", System::nanoTime, () -> { });
    }

    private static StandInNomad nomad() {
        String text = "{\"ServerRegion\":\"global\",\"Members\":[{\"Addr\":\"127.0.0.1\",\"Status\":\"alive\",\"Tags\":"
                + "{\"role\":\"nomad\",\"region\":\"global\"}}]}";
        StandInNomad nomad = StandInNomad.start();
        nomad.script("/v1/agent/members", (request, wire) -> wire.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                + "Content-Length: " + text.length() + "\r\n\r\n" + text));
        return nomad;
    }
}
