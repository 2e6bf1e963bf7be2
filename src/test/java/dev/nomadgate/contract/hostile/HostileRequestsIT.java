package dev.nomadgate.contract.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nomadgate.contract.GateUnderTest;
import dev.nomadgate.contract.containers.ContainerKind;
import dev.nomadgate.standin.RawHttp;
import dev.nomadgate.standin.RecordedRequest;
import dev.nomadgate.standin.Script;
import dev.nomadgate.standin.StandInNomad;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What an attacker's bytes do: the table is {@code hostile/requests.txt}. After each row another client's request has
 * to get its own answer, which it would not if Nomad and the gate had come to disagree about where a message ends.
 */
class HostileRequestsIT {

    private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";
    private static final AtomicInteger NUMBER = new AtomicInteger();

    static Stream<Arguments> rows() {
        List<Vector> table = Vector.table();
        return Stream.of(ContainerKind.JETTY_EMBEDDED, ContainerKind.TOMCAT_11)
                .flatMap(kind -> table.stream().map(vector -> Arguments.of(kind, vector)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("rows")
    void isAnsweredAsTheTableSays(ContainerKind kind, Vector vector) throws IOException {
        GateUnderTest gate = HostileGates.at(kind, vector.place());
        int lines = gate.container().output().size();
        StandInNomad nomad = gate.nomad();
        nomad.script("/v1/client/allocation/refusing/exec",
                answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nno"));
        nomad.script("/v1/client/allocation/outdated/exec",
                answering("HTTP/1.1 426 Upgrade Required\r\nUpgrade: websocket\r\nContent-Length: 0\r\n\r\n"));
        nomad.script("/v1/client/allocation/lying/exec", answering("HTTP/1.1 101 Switching Protocols\r\n"
                + "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: bm90IHRoZSBhbnN3ZXI=\r\n\r\n"));
        nomad.script("/switching", answering("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n"));
        int port = gate.container().port();

        Outcome seen = Outcome.of(port, vector.bytes("127.0.0.1:" + port, KEY), vector.end());

        String next = gate.container().uri("/echo/next-" + NUMBER.incrementAndGet()).getRawPath();
        assertThat(RawHttp.get("127.0.0.1", port, next).text()).contains(next.substring(next.indexOf("/echo")));
        List<String> expected = either(vector.expected(kind.isTomcat()).replace("{gate}", "127.0.0.1:" + port));
        try {
            // What broke off at the gate may not have ended at Nomad yet.
            await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5)).atMost(Duration.ofSeconds(15))
                    .until(() -> expected.contains(seen.upstream(received(nomad)).toString()));
        } catch (ConditionTimeoutException e) {
            assertThat(seen.upstream(received(nomad)).toString()).as(seen.answers()).isIn(expected);
        }
        List<RecordedRequest> received = received(nomad);
        for (String line : vector.upstreamHas()) {
            assertThat(received.get(0).rawHead()).contains("\r\n" + line.replace("{gate}", "127.0.0.1:" + port) + "\r\n");
        }
        for (String name : vector.upstreamLacks()) {
            assertThat(received).allSatisfy(request -> assertThat(request.headers(name)).isEmpty());
        }
        assertThat(vector.answerLacks()).noneMatch(seen.answers()::contains);
        assertThat(seen.answers()).doesNotContain("Exception", "\tat ");
        assertThat(gate.container().stackTraces(lines)).isEmpty();
    }

    private static List<String> either(String expected) {
        int or = expected.indexOf(" or ");
        int arrow = expected.indexOf(" <- ");
        return or < 0 || or > arrow ? List.of(expected)
                : List.of(expected.substring(0, or) + expected.substring(arrow), expected.substring(or + 4));
    }

    private static Script answering(String answer) {
        return (request, wire) -> wire.write(answer);
    }

    private static List<RecordedRequest> received(StandInNomad nomad) {
        return nomad.requests().stream().filter(request -> !request.rawTarget().startsWith("/echo/next-")).toList();
    }
}
