package dev.nomadgate.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
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
        assertThat(first(pool)).isEqualTo(own);
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
    void whatIsKnownOfAServerOutlivesAChangeOfTheList() {
        ServerPool before = pool(2, 1);
        Server own = fail(before);
        Server changed = new Server(own.address(), 1, false, 1, Duration.ofSeconds(30));
        ServerPool after = before.with(before.servers().stream().map(s -> s.equals(own) ? changed : s).toList());
        assertThat(first(after).address()).isNotEqualTo(own.address());
        clock.addAndGet(Duration.ofSeconds(11).toNanos());
        assertThat(first(after).address()).as("by its new fail-timeout").isNotEqualTo(own.address());
        clock.addAndGet(Duration.ofSeconds(20).toNanos());
        assertThat(first(after)).isEqualTo(changed);
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
        ServerPool pool = new ServerPool(List.of(server(0, true, 1), server(1, false, 1), server(2, true, 1)), clock::get);
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
        return new ServerPool(IntStream.range(0, servers).mapToObj(i -> server(i, false, maxFails)).toList(), clock::get);
    }

    private static Server server(int i, boolean down, int maxFails) {
        return new Server(URI.create("http://10.0.0." + i + ":4646"), 1, down, maxFails, Duration.ofSeconds(10));
    }
}
