package dev.nomadgate.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** What the gate says about a choice is the choice that it makes. */
class PlacementTest {

    private final AtomicLong clock = new AtomicLong();
    private final InetAddress client = InetAddress.getLoopbackAddress();

    @Property(tries = 100)
    void isWhatARouteBeginsWith(@ForAll @Size(4) byte[] address, @ForAll @IntRange(min = 1, max = 6) int servers,
            @ForAll @IntRange(max = 63) int down, @ForAll @IntRange(max = 63) int ill, @ForAll @IntRange(max = 63) int backups)
            throws UnknownHostException {
        ServerPool pool = pool(IntStream.range(0, servers)
                .mapToObj(i -> server(i, (down >> i & 1) == 1, (backups >> i & 1) == 1)).toList());
        for (int i = 0; i < servers; i++) {
            if ((ill >> i & 1) == 1) {
                PoolSnapshot.Member member = pool.snapshot().members().get(i);
                member.health().checkFailed(member.server(), "no leader", i % 2 == 0, 1);
            }
        }
        InetAddress from = InetAddress.getByAddress(address);
        Placement placement = pool.place(from);
        assertThat(placement.server()).isEqualTo(pool.route(from).next());
        assertThat(placement.steps()).as("the choice is the last").satisfies(steps ->
                assertThat(steps.stream().limit(Math.max(0, steps.size() - 1L))).noneMatch(Placement.Step::taken));
        assertThat(placement.steps()).allSatisfy(step -> assertThat(step.point()).isBetween(0, step.of() - 1));
        assertThat(placement.note().isEmpty()).as(placement.note()).isEqualTo(placement.server()
                .filter(server -> states(pool).stream().anyMatch(each -> each.server() == server && each.available()))
                .isPresent());
    }

    @Test
    void namesWhoWasPassedOverAndWhy() {
        ServerPool pool = pool(IntStream.range(0, 3).mapToObj(i -> server(i, false, false)).toList());
        Route route = pool.route(client);
        Server own = route.next().orElseThrow();
        route.unreachable(new IOException("connection refused"));
        Placement placement = pool.place(client);
        assertThat(placement.steps().get(0).server()).isEqualTo(own);
        assertThat(placement.steps().get(0).refusal()).isEqualTo("connection refused");
        assertThat(placement.server()).isPresent().isNotEqualTo(Optional.of(own));
        assertThat(states(pool)).filteredOn(state -> state.server().equals(own)).singleElement()
                .satisfies(state -> {
                    assertThat(state.available()).isFalse();
                    assertThat(state.reason()).isEqualTo("connection refused");
                });
    }

    @Test
    void asksNobodyMoreOften() {
        ServerPool pool = pool(List.of(server(0, false, false)));
        Route route = pool.route(client);
        route.next();
        route.unreachable(new IOException("connection refused"));
        clock.addAndGet(Duration.ofSeconds(11).toNanos());
        pool.place(client);
        assertThat(states(pool).get(0).available()).as("the one trial is a client's, not this look's").isTrue();
        pool.route(client).next();
        assertThat(states(pool).get(0).available()).isFalse();
    }

    @Test
    void aServerThatReturnsTakesItsClientsOneAfterTheOther() throws UnknownHostException {
        ServerPool pool = new ServerPool(IntStream.range(0, 2).mapToObj(i -> server(i, false, false)).toList(),
                Duration.ofSeconds(100), (server, cause) -> cause.getMessage(), clock::get, () -> { });
        PoolSnapshot.Member member = pool.snapshot().members().get(0);
        member.health().checkFailed(member.server(), "no leader", true, 1);
        member.health().checkPassed(member.server(), 1);
        InetAddress its = IntStream.range(0, 256).mapToObj(PlacementTest::address)
                .filter(each -> pool.place(each).steps().get(0).server() == member.server()).findFirst().orElseThrow();
        assertThat(pool.place(its).steps().get(0).refusal()).contains("slow-start");
        assertThat(pool.place(its).server()).contains(pool.servers().get(1));
    }

    @Test
    void saysSoWhenThereIsNobody() {
        assertThat(pool(List.of()).place(client).note()).isEqualTo("No server is known yet.");
        Placement placement = pool(List.of(server(0, true, false))).place(client);
        assertThat(placement.server()).isEmpty();
        assertThat(placement.note()).isEqualTo("Every server is marked down.");
        assertThat(placement.steps()).singleElement().satisfies(step ->
                assertThat(step.refusal()).isEqualTo("marked down in the configuration"));
    }

    private static InetAddress address(int i) {
        try {
            return InetAddress.getByAddress(new byte[] {10, 0, (byte) i, 1});
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private static List<ServerState> states(ServerPool pool) {
        return pool.states(new ConnectionRegister(), 90);
    }

    private ServerPool pool(List<Server> servers) {
        return new ServerPool(servers, Duration.ZERO, (server, cause) -> cause.getMessage(), clock::get, () -> { });
    }

    private static Server server(int i, boolean down, boolean backup) {
        return new Server(URI.create("http://10.0.0." + i + ":4646"), Optional.empty(), i + 1, down, backup, 1,
                Duration.ofSeconds(10));
    }
}
