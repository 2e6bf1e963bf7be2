package dev.nomadgate.contract.exec;

import static org.awaitility.Awaitility.await;

import dev.nomadgate.contract.GateUnderTest;
import dev.nomadgate.contract.containers.ContainerKind;
import dev.nomadgate.contract.containers.GateContainer;
import dev.nomadgate.standin.HandshakeRefused;
import dev.nomadgate.standin.NomadEnds;
import dev.nomadgate.standin.RawHttp;
import dev.nomadgate.standin.RawWebSocket;
import dev.nomadgate.standin.StandInNomad;
import dev.nomadgate.standin.WireSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What the exec contracts have in common: a gate on each container, and both ends of its sessions in the test's hands. */
@ParameterizedClass
@MethodSource("containers")
@Timeout(90)
abstract class ExecContract {

    /** How long anything may take that is expected to happen. */
    static final Duration SOON = Duration.ofSeconds(15);

    /** A handshake's key and the answer to it (RFC 6455 §1.3). */
    static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

    final ContainerKind kind;
    final GateContainer gate;
    final StandInNomad nomad;
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final NomadEnds nomadEnds;

    /** Each; a contract that lets seconds pass takes one for each WebSocket API, and declares a method of this name. */
    static Stream<ContainerKind> containers() {
        return Stream.of(ContainerKind.values());
    }

    static Stream<ContainerKind> oneForEachWebSocketApi() {
        return Stream.of(ContainerKind.JETTY_EMBEDDED, ContainerKind.TOMCAT_11);
    }

    ExecContract(ContainerKind kind) {
        this(kind, GateUnderTest.shared(kind));
    }

    ExecContract(ContainerKind kind, GateUnderTest under) {
        this.kind = kind;
        this.gate = under.container();
        this.nomad = under.nomad();
        nomadEnds = new NomadEnds(nomad);
    }

    @AfterEach
    void nothingIsLeftOpen() throws Exception {
        nomadEnds.close();
        for (AutoCloseable each : opened) {
            each.close();
        }
        eventually("sessions left open").until(() -> nomad.openSessions() == 0);
    }

    /** Waits for what must come, asking often because most of it comes at once. */
    static ConditionFactory eventually(String what) {
        return await(what).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(10)).atMost(Duration.ofSeconds(30));
    }

    /** The figure at which a count stands still. */
    static long stopsAt(LongSupplier count) {
        AtomicLong last = new AtomicLong(-1);
        AtomicInteger still = new AtomicInteger();
        eventually("standstill").pollInterval(Duration.ofMillis(50)).until(() -> {
            long now = count.getAsLong();
            return (now == last.getAndSet(now) ? still.incrementAndGet() : reset(still)) >= 10;
        });
        return last.get();
    }

    private static int reset(AtomicInteger still) {
        still.set(0);
        return 0;
    }

    /** The path of the exec endpoint of one of the stand-in's allocations. */
    static String exec(String alloc) {
        return "/v1/client/allocation/" + alloc + "/exec";
    }

    /** Opens a session with an allocation as a browser at the gate's own page does. */
    RawWebSocket browser(String alloc) throws IOException {
        return browser(exec(alloc), Map.of("Origin", gate.uri().toString()), 0);
    }

    RawWebSocket browser(String target, Map<String, String> headers, int receiveBuffer) throws IOException {
        return keep(RawWebSocket.open("127.0.0.1", gate.port(), target, headers, receiveBuffer));
    }

    /** Nomad's end of the session that was opened last with {@link StandInNomad#SCRIPT_ALLOC}. */
    WireSession nomadEnd() throws InterruptedException {
        return nomadEnds.next(SOON);
    }

    /** Both ends of a new session. */
    Pair pair() throws IOException, InterruptedException {
        return pair(0);
    }

    Pair pair(int receiveBuffer) throws IOException, InterruptedException {
        RawWebSocket browser = browser(exec(StandInNomad.SCRIPT_ALLOC),
                Map.of("Origin", gate.uri().toString()), receiveBuffer);
        return new Pair(browser, nomadEnd());
    }

    record Pair(RawWebSocket browser, WireSession nomad) {
    }

    <T extends AutoCloseable> T keep(T closeable) {
        opened.add(closeable);
        return closeable;
    }

    /** Sends bytes to the gate and reads the head of its answer; the connection stays open. */
    RawHttp.Head answer(String request) throws IOException {
        return keep(RawHttp.connect("127.0.0.1", gate.port())).write(request).readHead();
    }

    /** A handshake from a client that says only what it must, and these lines. */
    String handshake(String target, String... lines) {
        return handshakeTo("127.0.0.1:" + gate.port(), target, lines);
    }

    static String handshakeTo(String host, String target, String... lines) {
        return "GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Key: " + KEY + "\r\nSec-WebSocket-Version: 13\r\n"
                + String.join("", List.of(lines).stream().map(line -> line + "\r\n").toList()) + "\r\n";
    }

    /** The refusal that a handshake meets; fails if it succeeds. */
    HandshakeRefused refusal(String target, Map<String, String> headers) throws IOException {
        try (RawWebSocket ignored = RawWebSocket.open("127.0.0.1", gate.port(), target, headers)) {
            throw new AssertionError("the handshake succeeded");
        } catch (HandshakeRefused refused) {
            return refused;
        }
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
