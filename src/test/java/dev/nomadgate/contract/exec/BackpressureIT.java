package dev.nomadgate.contract.exec;

import static dev.nomadgate.standin.StandInNomad.ECHO_ALLOC;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nomadgate.contract.containers.ContainerKind;
import dev.nomadgate.standin.Frame;
import dev.nomadgate.standin.RawHttp;
import dev.nomadgate.standin.RawWebSocket;
import dev.nomadgate.standin.WireSession;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A side that does not read stops the other side, and nobody else. */
@Tag("apart")
class BackpressureIT extends ExecContract {

    private static final int SESSIONS = 20;
    private static final int MESSAGE = 4096;
    /** More than the heap of the gate's JVM if nothing stopped it; far more than TCP's buffers on the way. */
    private static final int MESSAGES = 64 * 1024;
    /** What the kernel may hold in the buffers of two connections, and a little for the gate. */
    private static final long BUFFERED = 2 * (largest("rmem") + largest("wmem")) + (1L << 20);

    /**
     * Of several of the loopback's segments, 64 KiB each. With less than one, the kernel of a busy machine may leave a sender whose
     * window was closed to its timers, which double.
     */
    private static final int RECEIVE_BUFFER = 256 * 1024;

    private final ExecutorService floods = Executors.newCachedThreadPool();

    static Stream<ContainerKind> containers() {
        return oneForEachWebSocketApi();
    }

    BackpressureIT(ContainerKind kind) {
        super(kind);
    }

    @AfterEach
    void end() {
        floods.shutdownNow();
    }

    @Test
    void browsersThatDoNotReadStopNomadAndNobodyElse() throws Exception {
        int occupied = gate.occupiedThreadNames().size();
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < SESSIONS; i++) {
            Pair pair = pair(RECEIVE_BUFFER);
            pairs.add(pair);
            floods.execute(() -> flood(pair.nomad()));
        }
        LongSupplier written = () -> pairs.stream().mapToLong(pair -> pair.nomad().bytesWritten()).sum();
        assertThat(stopsAt(written)).isPositive().isLessThan(SESSIONS * BUFFERED);

        othersGoOn();
        assertThat(gate.heapUsed()).isLessThan(64L << 20);
        assertThat(gate.occupiedThreadNames()).hasSizeLessThan(occupied + SESSIONS / 2);

        RawWebSocket resumed = pairs.get(7).browser();
        for (int i = 0; i < 3000; i++) {
            assertThat(number(resumed)).isEqualTo(i);
        }
        for (Pair pair : pairs) {
            pair.browser().close();
            pair.nomad().reset();
        }
        eventually("ends").until(() -> nomad.openSessions() == 0);
    }

    @Test
    void aNomadThatDoesNotReadStopsBrowsersAndNobodyElse() throws Exception {
        int sockets = gate.socketCount();
        int occupied = gate.occupiedThreadNames().size();
        AtomicLong written = new AtomicLong();
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < SESSIONS; i++) {
            Pair pair = pair();
            pairs.add(pair);
            floods.execute(() -> flood(pair.browser(), written));
        }
        assertThat(stopsAt(written::get)).isPositive().isLessThan(SESSIONS * BUFFERED);

        othersGoOn();
        assertThat(gate.heapUsed()).isLessThan(64L << 20);
        assertThat(gate.occupiedThreadNames()).hasSizeLessThan(occupied + SESSIONS / 2);

        WireSession resumed = pairs.get(7).nomad();
        for (int i = 0; i < 3000; i++) {
            assertThat(number(resumed)).isEqualTo(i);
        }
        // Nomad does not read, so only a ping can tell the gate that the browser is gone.
        for (Pair pair : pairs) {
            pair.browser().reset();
        }
        eventually("ends").until(() -> gate.socketCount() < sockets + SESSIONS);
        // Full as it is, the stand-in has not read as far as the gate's end.
        pairs.forEach(pair -> pair.nomad().reset());
    }

    @Test
    void aBrowserThatPausesLongerThanAPongMayTakeIsNotDropped() throws Exception {
        Pair pair = pair(RECEIVE_BUFFER);
        CompletableFuture<Void> flood = CompletableFuture.runAsync(() -> flood(pair.nomad()), floods);
        stopsAt(pair.nomad()::bytesWritten);
        // Longer than the interval of pings and the wait for a pong, as the clocks of other sessions show.
        RawWebSocket clock = browser(ECHO_ALLOC);
        for (int pings = 0; pings < 13; ) {
            Frame frame = clock.readFrame();
            if (frame.opcode() == Frame.PING) {
                clock.sendFrame(Frame.PONG, true, frame.payload());
                pings++;
            }
        }
        for (int i = 0; i < 3000; i++) {
            assertThat(number(pair.browser())).isEqualTo(i);
        }
        pair.browser().close();
        pair.nomad().reset();
        assertThat(flood).succeedsWithin(SOON);
    }

    private void othersGoOn() throws IOException {
        RawWebSocket echo = browser(ECHO_ALLOC);
        for (int i = 0; i < 100; i++) {
            echo.sendText("still there " + i);
            assertThat(echo.readText(SOON)).isEqualTo("still there " + i);
        }
        assertThat(RawHttp.get("127.0.0.1", gate.port(), "/v1/jobs").status()).isEqualTo(200);
    }

    private static String message(int i) {
        return ("%08d".formatted(i) + "x".repeat(MESSAGE)).substring(0, MESSAGE);
    }

    private static void flood(WireSession session) {
        try {
            for (int i = 0; i < MESSAGES; i++) {
                session.sendFrame(Frame.TEXT, false, bytes(message(i).substring(0, MESSAGE / 2)));
                session.sendFrame(Frame.CONTINUATION, true, bytes(message(i).substring(MESSAGE / 2)));
            }
        } catch (IOException e) {
            // The test has ended the session.
        }
    }

    private static void flood(RawWebSocket browser, AtomicLong written) {
        try {
            for (int i = 0; i < MESSAGES; i++) {
                browser.sendText(message(i));
                written.addAndGet(MESSAGE);
            }
        } catch (IOException e) {
            // The test has ended the session.
        }
    }

    private static long largest(String buffer) {
        // Not Files.readString, which believes the size that /proc states.
        try (InputStream file = new FileInputStream("/proc/sys/net/ipv4/tcp_" + buffer)) {
            return Long.parseLong(new String(file.readAllBytes(), StandardCharsets.US_ASCII).strip().split("\\s+")[2]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Source {
        Frame next() throws IOException;
    }

    private static int number(RawWebSocket browser) throws IOException {
        return number(browser::readFrame);
    }

    private static int number(WireSession session) throws IOException {
        return number(session::readFrame);
    }

    /** The number of the next whole message. */
    private static int number(Source source) throws IOException {
        StringBuilder text = new StringBuilder();
        Frame frame;
        do {
            frame = source.next();
            assertThat(frame).isNotNull();
            assertThat(frame.isClose()).isFalse();
            if (!frame.isControl()) {
                text.append(frame.text());
            }
        } while (frame.isControl() || !frame.fin());
        assertThat(text).hasSize(MESSAGE);
        return Integer.parseInt(text.substring(0, 8));
    }
}
