package dev.nomadgate.upstream.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nomadgate.config.ServerSource;
import dev.nomadgate.standin.StandInDns;
import dev.nomadgate.upstream.Server;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Type;

/** What becomes of DNS's answers; DNS is the test's. */
class DnsSourceTest {

    private final StandInDns dns = StandInDns.start();
    private final DnsClient client = new DnsClient(List.of(dns.address()), Duration.ofMillis(500));

    @AfterEach
    void stop() throws IOException {
        client.close();
        dns.close();
    }

    @Test
    void everyAddressOfAHostIsAServerOfItsNameInOneOrder() throws IOException {
        List<String> addresses = new ArrayList<>(List.of("10.0.0.2", "9.0.0.1", "200.0.0.1", "10.0.0.10"));
        dns.says("nomad.test", Type.AAAA, 9, "2001:db8::1");
        for (int i = 0; i < 5; i++) {
            Collections.shuffle(addresses, new Random(i));
            dns.says("nomad.test", Type.A, 7, addresses.toArray(String[]::new));
            Source.Found found = host("nomad.test").find();
            assertThat(found.ttl()).isEqualTo(Duration.ofSeconds(7));
            assertThat(found.servers()).extracting(server -> server.resolved().orElseThrow().getHostAddress())
                    .containsExactly("9.0.0.1", "10.0.0.2", "10.0.0.10", "200.0.0.1", "2001:db8:0:0:0:0:0:1");
            assertThat(found.servers()).extracting(Server::address).containsOnly(URI.create("https://nomad.test:4646"));
        }
    }

    @Test
    void anAliasIsFollowedAndItsTtlCounts() throws IOException {
        dns.says("nomad.test", Type.A, 3, "10.0.0.1");
        assertThat(host("nomad.test").find().ttl()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void theRecordsOfAServiceAreServersWithTheirPortsAndWeightsAndTheRestAreBackups() throws IOException {
        dns.says("_http._tcp.nomad.test", Type.SRV, 30,
                "20 1 4000 c.test.", "10 5 4646 b.test.", "10 7 4646 a.test.", "10 1 4645 b.test.", "10 1 1 gone.test.");
        dns.says("a.test", Type.A, 60, "10.0.0.9").says("b.test", Type.A, 5, "10.0.0.1").says("c.test", Type.A, 60, "1.1.1.1");
        Source.Found found = service("_http._tcp.nomad.test").find();
        assertThat(found.ttl()).isEqualTo(Duration.ofSeconds(5));
        assertThat(found.servers()).containsExactly(
                server(4000, "1.1.1.1", 1, true), server(4645, "10.0.0.1", 1, false),
                server(4646, "10.0.0.1", 5, false), server(4646, "10.0.0.9", 7, false));
    }

    @Test
    void greatWeightsKeepTheirProportionsBelowWhatTheHashCanCount() throws IOException {
        dns.says("srv.test", Type.SRV, 30, "1 65535 1 a.test.", "1 32768 2 a.test.", "1 0 3 a.test.")
                .says("a.test", Type.A, 60, "10.0.0.9");
        assertThat(service("srv.test").find().servers()).extracting(Server::weight).containsExactly(100, 50, 1);
    }

    @Test
    void anAnswerThatIsTooLongForUdpComesByTcp() throws IOException {
        dns.truncating();
        dns.says("nomad.test", Type.A, 7, "10.0.0.1");
        assertThat(host("nomad.test").find().servers()).hasSize(1);
    }

    @Test
    void whyThereIsNoAnswerIsSaid() {
        assertThatThrownBy(() -> host("nosuch.test").find()).isInstanceOf(IOException.class)
                .hasMessageContaining("nosuch.test (A) at 127.0.0.1 port " + dns.address().getPort())
                .hasMessageContaining("there is no such name");
        dns.silent(true);
        assertThatThrownBy(() -> host("nomad.test").find()).isInstanceOf(IOException.class)
                .hasMessageContaining("did not answer");
    }

    @Test
    void theNextDnsServerIsAskedWhenOneDoesNotAnswer() throws IOException {
        dns.says("nomad.test", Type.A, 7, "10.0.0.1");
        try (StandInDns dead = StandInDns.start(); DnsClient both =
                new DnsClient(List.of(dead.address(), dns.address()), Duration.ofMillis(200))) {
            dead.silent(true);
            assertThat(both.addresses("nomad.test").records()).hasSize(1);
        }
    }

    private Source host(String name) {
        return new DnsSource(new ServerSource(like(), Optional.of(new ServerSource.Query(name, false))), client);
    }

    private Source service(String name) {
        return new DnsSource(new ServerSource(like(), Optional.of(new ServerSource.Query(name, true))), client);
    }

    private static Server like() {
        return new Server(URI.create("https://nomad.test:4646"), 3, false, 2, Duration.ofSeconds(5));
    }

    private static Server server(int port, String address, int weight, boolean backup) throws IOException {
        return new Server(URI.create("https://nomad.test:" + port), Optional.of(InetAddress.getByName(address)), weight,
                false, backup, 2, Duration.ofSeconds(5));
    }
}
