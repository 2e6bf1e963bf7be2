package dev.nomadgate.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which server a client gets while some cannot be reached; the clock is the test's. */
class RouteTest {

    private static final IOException REFUSED = new IOException("refused");

    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5);
    private final InetAddress client = InetAddress.getLoopbackAddress();

    @Test
    void triesEveryServerOnceAndNamesEachFailure() {
        Route route = pool(3, 1).route(client);
        List<Server> tried = new ArrayList<>();
        for (var next = route.next(); next.isPresent(); next = route.next()) {
            tried.add(next.get());
            route.unreachable(REFUSED);
        }
        assertThat(tried).hasSize(3).doesNotHaveDuplicates();
        assertThat(route.failures().keySet()).containsExactlyElementsOf(tried);
    }

    @Test
    void aFailedServerIsLeftOutForItsTimeAndThenTriedAgain() {
        ServerPool pool = pool(2, 1);
        Server own = fail(pool);
        assertThat(first(pool)).isNotEqualTo(own);
        clock.addAndGet(Duration.ofSeconds(10).toNanos());
        assertThat(first(pool)).isNotEqualTo(own);
        clock.incrementAndGet();
        Route trial = pool.route(client);
        assertThat(trial.next()).contains(own);
        assertThat(first(pool)).as("while one client tries it").isNotEqualTo(own);
        trial.reached();
        assertThat(first(pool)).isEqualTo(own);
    }

    @Test
    void aTrialThatFailsLeavesTheServerOutAgainHoweverManyFailsItMayHave() {
        ServerPool pool = pool(2, 3);
        Server own = fail(pool);
        fail(pool);
        fail(pool);
        clock.addAndGet(Duration.ofSeconds(11).toNanos());
        assertThat(fail(pool)).isEqualTo(own);
        assertThat(first(pool)).isNotEqualTo(own);
    }

    @Test
    void whatWasBegunBeforeAFailureDoesNotForgiveIt() {
        ServerPool pool = pool(2, 1);
        Route before = pool.route(client);
        before.next();
        clock.incrementAndGet();
        Server own = fail(pool);
        before.reached();
        assertThat(first(pool)).isNotEqualTo(own);
    }

    @Test
    void theClientsOfAServerThatIsBackReturnOneAfterTheOtherAndStay() {
        ServerPool pool = pool(IntStream.range(0, 2).mapToObj(i -> server(i, false, 1)).toList(), Duration.ofSeconds(100));
        Server own = fail(pool);
        clock.addAndGet(Duration.ofSeconds(11).toNanos());
        Route trial = pool.route(client);
        trial.next();
        trial.reached();
        Set<InetAddress> before = Set.of();
        for (int percent : List.of(0, 10, 50, 90, 100)) {
            Set<InetAddress> back = clientsOf(pool, own);
            assertThat(back).as("those who are back stay").containsAll(before);
            assertThat(back.size()).as("of some 500 after " + percent + " s").isBetween(3 * percent, 7 * percent);
            before = back;
            clock.addAndGet(Duration.ofSeconds(percent == 0 ? 10 : percent == 90 ? 10 : 40).toNanos());
        }
    }

    @Test
    void aBackupServesOnlyWhileNobodyElseCan() {
        Server backup = new Server(URI.create("http://backup:4646"), Optional.empty(), 1, false, true, 1, Duration.ofSeconds(10));
        ServerPool pool = pool(List.of(backup, server(1, false, 1), server(2, false, 1)), Duration.ZERO);
        fail(pool);
        assertThat(first(pool).backup()).isFalse();
        fail(pool);
        assertThat(first(pool)).isEqualTo(backup);
        fail(pool);
        assertThat(first(pool).backup()).as("of those that all failed").isFalse();
    }

    @Test
    void withoutQuorumComesBeforeWithoutAnswer() {
        ServerPool pool = pool(3, 1);
        pool.snapshot().members().forEach(member -> {
            boolean answers = member.server().equals(pool.servers().get(1));
            member.health().checkFailed(member.server(), "no leader", answers, 1);
        });
        assertThat(first(pool)).isEqualTo(pool.servers().get(1));
    }

    @Test
    void whoIsOnTheWayKeepsTheListItBeganWith() {
        ServerPool pool = pool(3, 1);
        List<Server> before = pool.servers();
        Route route = pool.route(client);
        pool.replace(List.of(server(9, false, 1)), List.of());
        assertThat(route.next().orElseThrow()).isIn(before);
        assertThat(first(pool)).isEqualTo(server(9, false, 1));
    }

    @Test
    void whatIsKnownOfAServerOutlivesAChangeOfTheList() {
        ServerPool pool = pool(2, 1);
        Server own = fail(pool);
        Server changed = new Server(own.address(), 1, false, 1, Duration.ofSeconds(30));
        List<Server> list = pool.servers().stream().map(server -> server.equals(own) ? changed : server).toList();
        pool.replace(list, List.of());
        ServerPool next = pool(list, Duration.ZERO);
        next.inherit(pool);
        for (ServerPool after : List.of(pool, next)) {
            assertThat(first(after).address()).isNotEqualTo(own.address());
        }
        clock.addAndGet(Duration.ofSeconds(11).toNanos());
        assertThat(first(pool).address()).as("by its new fail-timeout").isNotEqualTo(own.address());
    }

    private static Set<InetAddress> clientsOf(ServerPool pool, Server server) {
        return IntStream.range(0, 1000).mapToObj(i -> address(i)).filter(each ->
                pool.route(each).next().orElseThrow().equals(server)).collect(Collectors.toSet());
    }

    private static InetAddress address(int i) {
        try {
            return InetAddress.getByAddress(new byte[] {10, (byte) (i >> 8), (byte) i, 1});
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void failuresCountOnlyWithinTheirTime() {
        ServerPool pool = pool(2, 2);
        Server own = fail(pool);
        assertThat(first(pool)).isEqualTo(own);
        clock.addAndGet(Duration.ofSeconds(11).toNanos());
        fail(pool);
        assertThat(first(pool)).isEqualTo(own);
        fail(pool);
        assertThat(first(pool)).isNotEqualTo(own);
    }

    @Test
    void aServerThatAnswersIsForgiven() {
        ServerPool pool = pool(2, 2);
        Server own = fail(pool);
        Route route = pool.route(client);
        route.next();
        route.reached();
        fail(pool);
        assertThat(first(pool)).isEqualTo(own);
    }

    @Test
    void maxFailsZeroNeverLeavesAServerOut() {
        ServerPool pool = pool(2, 0);
        Server own = fail(pool);
        assertThat(first(pool)).isEqualTo(own);
    }

    @Test
    void whenAllHaveFailedTheyAreTriedAllTheSame() {
        ServerPool pool = pool(2, 1);
        Server own = fail(pool);
        fail(pool);
        assertThat(first(pool)).isEqualTo(own);
    }

    @Test
    void aServerMarkedDownIsNeverChosen() {
        ServerPool pool = pool(List.of(server(0, true, 1), server(1, false, 1), server(2, true, 1)), Duration.ZERO);
        Route route = pool.route(client);
        assertThat(route.next()).contains(pool.servers().get(1));
        route.unreachable(REFUSED);
        assertThat(route.next()).isEmpty();
    }

    private Server fail(ServerPool pool) {
        Route route = pool.route(client);
        Server server = route.next().orElseThrow();
        route.unreachable(REFUSED);
        return server;
    }

    private Server first(ServerPool pool) {
        return pool.route(client).next().orElseThrow();
    }

    private ServerPool pool(int servers, int maxFails) {
        return pool(IntStream.range(0, servers).mapToObj(i -> server(i, false, maxFails)).toList(), Duration.ZERO);
    }

    private ServerPool pool(List<Server> servers, Duration slowStart) {
        return new ServerPool(servers, slowStart, (server, cause) -> cause.getMessage(), clock::get,
                () -> { });
    }

    private static Server server(int i, boolean down, int maxFails) {
        return new Server(URI.create("http://10.0.0." + i + ":4646"), 1, down, maxFails, Duration.ofSeconds(10));
    }
}
