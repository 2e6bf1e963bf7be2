package dev.nomadgate.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever the servers are and whichever of them fail. */
class FailoverTest {

    /** Held, so that it stays as it is set. */
    private static final Logger LOG = Logger.getLogger(ServerPool.class.getName());

    @BeforeContainer
    static void quiet() {
        LOG.setLevel(Level.OFF);
    }

    @AfterContainer
    static void loud() {
        LOG.setLevel(null);
    }

    @Property
    void theClientsOfHealthyServersNeverMove(
            @ForAll("lists") List<Server> servers, @ForAll("clients") InetAddress client, @ForAll Set<Integer> failing) {
        Server own = pool(servers).route(client).next().orElseThrow();
        ServerPool pool = failing(servers, numbers(servers, failing, own));
        assertThat(pool.route(client).next()).contains(own);
    }

    @Property
    void aClientWhoseServerFailsGetsAHealthyOneAndABackupOnlyIfThereIsNoOther(
            @ForAll("lists") List<Server> servers, @ForAll("clients") InetAddress client, @ForAll Set<Integer> failing) {
        Set<Server> out = numbers(servers, failing, null);
        Server chosen = failing(servers, out).route(client).next().orElseThrow();
        Set<Server> healthy = servers.stream().filter(server -> !server.down() && !out.contains(server))
                .collect(Collectors.toSet());
        assertThat(chosen.down()).isFalse();
        if (!healthy.isEmpty()) {
            assertThat(healthy).contains(chosen);
            assertThat(chosen.backup()).isEqualTo(healthy.stream().allMatch(Server::backup));
        }
    }

    @Property
    void theNumberOfBackupsMovesNobody(@ForAll("lists") List<Server> servers, @ForAll("clients") InetAddress client) {
        List<Server> primaries = servers.stream().filter(server -> !server.backup()).toList();
        if (primaries.stream().anyMatch(server -> !server.down())) {
            assertThat(pool(servers).route(client).next()).isEqualTo(pool(primaries).route(client).next());
        }
    }

    @Property
    void everyServerThatIsNotDownIsTriedOnce(@ForAll("lists") List<Server> servers, @ForAll("clients") InetAddress client,
            @ForAll Set<Integer> failing) {
        Route route = failing(servers, numbers(servers, failing, null)).route(client);
        List<Server> tried = IntStream.rangeClosed(0, servers.size()).mapToObj(i -> route.next())
                .flatMap(Optional::stream).toList();
        assertThat(tried).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(
                servers.stream().filter(server -> !server.down()).toList());
    }

    @Provide
    Arbitrary<List<Server>> lists() {
        Arbitrary<Server> server = Combinators.combine(Arbitraries.integers().between(0, 60000),
                Arbitraries.integers().between(1, 9), Arbitraries.of(false, false, true), Arbitraries.of(false, false, true))
                .as((port, weight, down, backup) -> new Server(URI.create("http://10.0.0.1:" + port), Optional.empty(),
                        weight, down, backup, 1, Duration.ofSeconds(10)));
        return server.list().ofMinSize(1).ofMaxSize(9).uniqueElements(Server::address)
                .filter(list -> !list.stream().allMatch(Server::down));
    }

    @Provide
    Arbitrary<InetAddress> clients() {
        return Arbitraries.of(4, 16).flatMap(length -> Arbitraries.bytes().array(byte[].class).ofSize(length))
                .map(bytes -> {
                    try {
                        return InetAddress.getByAddress(bytes);
                    } catch (UnknownHostException e) {
                        throw new AssertionError(e);
                    }
                });
    }

    private static Set<Server> numbers(List<Server> servers, Set<Integer> numbers, Server spared) {
        Set<Server> chosen = new HashSet<>();
        numbers.forEach(number -> chosen.add(servers.get(Math.floorMod(number, servers.size()))));
        chosen.remove(spared);
        return chosen;
    }

    private static ServerPool failing(List<Server> servers, Set<Server> out) {
        ServerPool pool = pool(servers);
        pool.snapshot().members().stream().filter(member -> out.contains(member.server())).forEach(member -> {
            if (member.server().weight() % 2 == 0) {
                member.health().failed(member.server(), "refused");
            } else {
                member.health().checkFailed(member.server(), "no leader", true, 1);
            }
        });
        return pool;
    }

    private static ServerPool pool(List<Server> servers) {
        return new ServerPool(servers, Duration.ofSeconds(30), (server, cause) -> cause.getMessage(), System::nanoTime,
                () -> { });
    }
}
