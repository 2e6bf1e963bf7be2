package dev.nomadgate.contract.exec;

import static dev.nomadgate.standin.StandInNomad.ECHO_ALLOC;
import static dev.nomadgate.standin.StandInNomad.SCRIPT_ALLOC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nomadgate.contract.GateUnderTest;
import dev.nomadgate.contract.containers.ContainerKind;
import dev.nomadgate.contract.containers.GateContainer;
import dev.nomadgate.standin.Frame;
import dev.nomadgate.standin.HandshakeRefused;
import dev.nomadgate.standin.RawHttp;
import dev.nomadgate.standin.RawWebSocket;
import dev.nomadgate.standin.StandInNomad;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is over a limit is refused in words that name the setting; what has ended makes room. */
class LimitsIT {

    private static final Duration SOON = Duration.ofSeconds(15);
    private static final StandInNomad NOMAD = StandInNomad.start();
    private static final int MESSAGE = 64 * 1024;
    private static final int STALLED = 16;

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);

    @AfterAll
    static void stopNomad() {
        NOMAD.close();
    }

    @AfterEach
    void closeAll() throws Exception {
        over.countDown();
        for (AutoCloseable each : opened) {
            each.close();
        }
        NOMAD.reset();
    }

    /** Both tests of one kind in a gate of small limits. */
    private static GateContainer small(ContainerKind kind) {
        return kind.shared(GateUnderTest.options(NOMAD)
                .with("client.trusted-proxies", "127.0.0.1")
                .with("limits.sessions", "3")
                .with("limits.sessions-per-client", "2")
                .with("limits.requests", "3")
                .with("limits.header-size", "4KiB")
                .with("limits.message-size", MESSAGE + ""));
    }

    @ParameterizedTest
    @EnumSource(names = {"JETTY_EMBEDDED", "TOMCAT_11"})
    void sessionsAreCountedInAllAndForEachClient(ContainerKind kind) throws Exception {
        GateContainer gate = small(kind);
        // What Nomad refuses, and what its client leaves, takes no place.
        NOMAD.script("/v1/client/allocation/refused", (request, wire) ->
                wire.write("HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno"));
        for (int i = 0; i < 4; i++) {
            assertThat(refusal(gate, "refused", "10.0.0.1").status()).isEqualTo(403);
            session(gate, "10.0.0.1").reset();
            await().atMost(SOON).until(() -> NOMAD.openSessions() == 0);
        }

        RawWebSocket first = await().atMost(SOON).ignoreExceptions().until(() -> session(gate, "10.0.0.1"), s -> true);
        session(gate, "10.0.0.1");
        HandshakeRefused ofClient = refusal(gate, ECHO_ALLOC, "10.0.0.1");
        assertThat(ofClient.status()).isEqualTo(429);
        assertThat(ofClient.body()).contains("nomad-gate.limits.sessions-per-client");
        gate.awaitOutput("429 .*2 sessions are open from 10\\.0\\.0\\.1,.*nomad-gate\\.client\\.trusted-proxies");
        assertThat(ofClient.header("Retry-After")).isNotNull();
        session(gate, "10.0.0.2");
        HandshakeRefused inAll = refusal(gate, ECHO_ALLOC, "10.0.0.3");
        assertThat(inAll.status()).isEqualTo(503);
        assertThat(inAll.body()).contains("nomad-gate.limits.sessions");
        assertThat(inAll.header("Retry-After")).isNotNull();

        first.close(1000, "");
        await().atMost(SOON).ignoreExceptions().until(() -> session(gate, "10.0.0.3"), s -> true);
    }

    @Test
    void aFloodOfRefusalsDoesNotHideTheEndOfASession() throws Exception {
        GateContainer gate = small(ContainerKind.JETTY_EMBEDDED);
        RawWebSocket session = session(gate, "10.0.0.9");
        String restart = RawHttp.request("GET", "127.0.0.1", gate.port(), "/v1/client/allocation/" + ECHO_ALLOC + "/restart",
                "Sec-Fetch-Site: cross-site");
        RawHttp flood = keep(RawHttp.connect("127.0.0.1", gate.port()));
        for (int i = 0; i < 10; i++) {
            flood.write(restart.repeat(30));
            for (int j = 0; j < 30; j++) {
                assertThat(flood.readResponse().status()).isEqualTo(403);
            }
            if (i == 5) {
                session.close(1000, "");
            }
        }
        gate.awaitOutput("Session GET .* from 10\\.0\\.0\\.9 ");
        assertThat(NOMAD.requests()).noneMatch(request -> request.rawTarget().endsWith("/restart"));
    }

    @ParameterizedTest
    @EnumSource(names = {"JETTY_EMBEDDED", "TOMCAT_11"})
    void requestsAreCountedUntilTheyEndInWhateverWay(ContainerKind kind) throws Exception {
        GateContainer gate = small(kind);
        NOMAD.script("/v1/silent", (request, wire) -> {
            awaitEnd();
            wire.write("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nnews");
        });
        NOMAD.script("/v1/endless", (request, wire) -> {
            wire.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            while (!wire.awaitPeerClose(Duration.ofMillis(20))) {
                wire.write("1\r\nx\r\n");
            }
        });
        Semaphore breaks = new Semaphore(0);
        NOMAD.script("/v1/broken", (request, wire) -> {
            wire.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n");
            breaks.acquireUninterruptibly();
            wire.close();
        });
        for (int i = 0; i < 4; i++) {
            RawHttp broken = granted(gate, "/v1/broken");
            assertThat(broken.readChunk()).asString().isEqualTo("x");
            breaks.release();
            broken.readToEnd();
            assertThat(broken.bodyComplete()).isFalse();
        }
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 3; j++) {
                granted(gate, "/v1/endless").reset();
            }
        }
        List<RawHttp> polls = new ArrayList<>();
        await().atMost(SOON).until(() -> {
            polls.add(open(gate, "/v1/silent"));
            return NOMAD.requests().stream().filter(request -> request.rawTarget().equals("/v1/silent")).count() >= 3;
        });

        RawHttp.Response refused = get(gate, "/v1/jobs");
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.text()).contains("nomad-gate.limits.requests");
        assertThat(refused.header("Retry-After")).isNotNull();

        over.countDown();
        await().atMost(SOON).until(() -> get(gate, "/v1/jobs").status() == 200);
    }

    /** A request whose answer has begun. A client may see the end of the one before a moment before its place is free. */
    private RawHttp granted(GateContainer gate, String target) {
        AtomicReference<RawHttp> granted = new AtomicReference<>();
        await().atMost(SOON).until(() -> {
            granted.set(open(gate, target));
            return granted.get().readHead().status() == 200;
        });
        return granted.get();
    }

    @ParameterizedTest
    @EnumSource(names = {"JETTY_EMBEDDED", "TOMCAT_11"})
    void whatIsTooLargeIsRefused(ContainerKind kind) throws Exception {
        GateContainer gate = small(kind);
        RawHttp.Response refused = get(gate, "/v1/jobs", "X-Long: " + "x".repeat(4096));
        assertThat(refused.status()).isEqualTo(431);
        assertThat(refused.text()).contains("nomad-gate.limits.header-size");
        assertThat(get(gate, "/v1/jobs", "X-Long: " + "x".repeat(3000)).status()).isEqualTo(200);

        RawWebSocket whole = session(gate, "10.0.0.1");
        whole.sendText("x".repeat(MESSAGE));
        assertThat(whole.readText(SOON)).hasSize(MESSAGE);
        whole.sendText("x".repeat(MESSAGE + 1));
        assertTooLarge(whole);
        RawWebSocket pieces = session(gate, "10.0.0.2");
        pieces.sendFrame(Frame.BINARY, false, new byte[MESSAGE]);
        pieces.sendFrame(Frame.CONTINUATION, true, new byte[1]);
        assertTooLarge(pieces);
    }

    private static void assertTooLarge(RawWebSocket browser) throws IOException {
        Frame close = browser.readClose(SOON);
        assertThat(close).isNotNull();
        assertThat(close.closeCode()).isEqualTo(1009);
        assertThat(close.closeReason()).contains("nomad-gate.limits.message-size");
        browser.close();
        await().atMost(SOON).until(() -> NOMAD.openSessions() == 0);
    }

    @ParameterizedTest
    @EnumSource(names = {"JETTY_EMBEDDED", "TOMCAT_11"})
    void sessionsEndInTime(ContainerKind kind) throws Exception {
        GateContainer gate = kind.shared(GateUnderTest.options(NOMAD)
                .with("exec.handshake-timeout", "3s")
                .with("limits.session-idle-timeout", "4s")
                .with("limits.session-max-age", "6s"));
        String target = "/v1/client/allocation/" + ECHO_ALLOC + "/exec?task=sh&ws_handshake=";
        RawWebSocket busy = keep(RawWebSocket.open(gate.uri(target + "true"), Map.of()));
        busy.sendText("{\"version\":1,\"auth_token\":\"\"}");
        CompletableFuture<Frame> oldAge = close(busy);
        RawWebSocket idle = keep(RawWebSocket.open(gate.uri(target + "false"), Map.of()));
        AtomicReference<String> lastLine = new AtomicReference<>();
        CompletableFuture<Frame> idleEnd = close(idle, lastLine);
        // Nomad waits for its first frame for ever.
        CompletableFuture<Frame> mute = close(keep(RawWebSocket.open(gate.uri(target + "true"), Map.of())));
        RawWebSocket begun = keep(RawWebSocket.open(gate.uri(target + "true"), Map.of()));
        begun.sendFrame(Frame.TEXT, false, new byte[0]);
        CompletableFuture<Frame> onlyBegun = close(begun);

        await().atMost(SOON).pollInterval(Duration.ofMillis(50)).ignoreExceptions().until(() -> {
            if (!idleEnd.isDone()) {
                busy.sendText("x");
                // What the UI sends from a forgotten terminal.
                idle.sendText("{}");
            }
            return idleEnd.isDone();
        });
        assertClose(mute.join(), 1008, "nomad-gate.exec.handshake-timeout");
        assertClose(onlyBegun.join(), 1008, "nomad-gate.exec.handshake-timeout");
        assertClose(idleEnd.join(), 1001, "nomad-gate.limits.session-idle-timeout");
        assertThat(lastLine.get()).as("what the terminal shows")
                .startsWith("{\"stderr\":{\"data\":\"").doesNotContain("limits");
        assertThat(new String(Base64.getDecoder().decode(lastLine.get().split("\"")[5]), StandardCharsets.UTF_8))
                .contains("nomad-gate.limits.session-idle-timeout");
        await().atMost(SOON).pollInterval(Duration.ofMillis(50)).ignoreExceptions().until(() -> {
            if (!oldAge.isDone()) {
                busy.sendText("x");
            }
            return oldAge.isDone();
        });
        assertClose(oldAge.join(), 1001, "nomad-gate.limits.session-max-age");
    }

    @ParameterizedTest
    @EnumSource(names = {"JETTY_EMBEDDED", "TOMCAT_10_1", "TOMCAT_11"})
    void aBrowserThatDoesNotReadWhenItsSessionEndsKeepsNoThread(ContainerKind kind) throws Exception {
        GateContainer gate = kind.shared(GateUnderTest.options(NOMAD).with("limits.session-max-age", "3s"));
        RawWebSocket echo = keep(RawWebSocket.open(gate.uri("/v1/client/allocation/" + ECHO_ALLOC + "/exec"), Map.of()));
        echo.sendText("x");
        assertThat(echo.readText(SOON)).isEqualTo("x");
        int occupied = gate.occupiedThreadNames().size();
        CountDownLatch ended = new CountDownLatch(STALLED);
        AtomicInteger sessions = new AtomicInteger();
        NOMAD.sessionScript(session -> {
            boolean whole = sessions.getAndIncrement() % 2 == 0;
            try {
                while (true) {
                    session.sendFrame(Frame.TEXT, true, new byte[4096]);
                    session.sendFrame(Frame.TEXT, whole, new byte[4096]);
                    session.sendFrame(whole ? Frame.TEXT : Frame.CONTINUATION, true, new byte[4096]);
                }
            } catch (IOException e) {
                ended.countDown();
            }
        });
        for (int i = 0; i < STALLED; i++) {
            keep(RawWebSocket.open("127.0.0.1", gate.port(), "/v1/client/allocation/" + SCRIPT_ALLOC + "/exec", Map.of(),
                    16 * 1024));
        }

        assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
        await().atMost(SOON).untilAsserted(
                () -> assertThat(gate.occupiedThreadNames()).hasSizeLessThanOrEqualTo(occupied));
    }

    private static void assertClose(Frame close, int code, String reason) {
        assertThat(close).isNotNull();
        assertThat(close.closeCode()).isEqualTo(code);
        assertThat(close.closeReason()).contains(reason);
    }

    private static CompletableFuture<Frame> close(RawWebSocket browser) {
        return close(browser, new AtomicReference<>());
    }

    private static CompletableFuture<Frame> close(RawWebSocket browser, AtomicReference<String> lastLine) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                Frame frame = browser.readFrame(SOON);
                while (frame != null && !frame.isClose()) {
                    lastLine.set(frame.text());
                    frame = browser.readFrame(SOON);
                }
                return frame;
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            // The common pool of newer JDKs has one thread on two cores, and each of these waits.
        }, task -> new Thread(task, "reader").start());
    }

    private void awaitEnd() {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private RawHttp open(GateContainer gate, String target) throws IOException {
        return keep(RawHttp.connect("127.0.0.1", gate.port())
                .write(RawHttp.request("GET", "127.0.0.1", gate.port(), target)));
    }

    private static RawHttp.Response get(GateContainer gate, String target, String... lines) throws IOException {
        return RawHttp.get("127.0.0.1", gate.port(), target, lines);
    }

    private RawWebSocket session(GateContainer gate, String client) throws IOException {
        return keep(RawWebSocket.open(gate.uri("/v1/client/allocation/" + ECHO_ALLOC + "/exec"),
                Map.of("X-Forwarded-For", client)));
    }

    private static HandshakeRefused refusal(GateContainer gate, String alloc, String client) throws IOException {
        try (RawWebSocket ignored = RawWebSocket.open(gate.uri("/v1/client/allocation/" + alloc + "/exec"),
                Map.of("X-Forwarded-For", client))) {
            throw new AssertionError("the handshake succeeded");
        } catch (HandshakeRefused refused) {
            return refused;
        }
    }

    private <T extends AutoCloseable> T keep(T closeable) {
        opened.add(closeable);
        return closeable;
    }
}
