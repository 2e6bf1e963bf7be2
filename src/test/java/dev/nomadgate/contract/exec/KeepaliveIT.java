package dev.nomadgate.contract.exec;

import static dev.nomadgate.standin.StandInNomad.ECHO_ALLOC;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nomadgate.contract.GateUnderTest;
import dev.nomadgate.contract.containers.ContainerKind;
import dev.nomadgate.standin.Frame;
import dev.nomadgate.standin.RawWebSocket;
import dev.nomadgate.standin.StandInNomad;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A session lives as long as its peers do, whatever HTTP's idle timeout is, and no longer. */
class KeepaliveIT extends ExecContract {

    private static final StandInNomad NOMAD = StandInNomad.start();
    private static GateUnderTest running;

    static Stream<ContainerKind> containers() {
        return oneForEachWebSocketApi();
    }

    KeepaliveIT(ContainerKind kind) {
        super(kind, gate(kind));
    }

    private static GateUnderTest gate(ContainerKind kind) {
        NOMAD.reset();
        if (running == null || running.container().kind() != kind) {
            stop();
            // HTTP's idle timeout is shorter than the interval of pings, so it would run out between two.
            running = new GateUnderTest(kind.start(GateUnderTest.options(NOMAD)
                    .with("upstream.idle-timeout", "1s")
                    .with("exec.ping-interval", "1100ms")
                    .with("exec.pong-timeout", "500ms")), NOMAD);
        }
        return running;
    }

    @AfterAll
    static void stop() {
        if (running != null) {
            running.container().close();
            running = null;
        }
    }

    @Test
    void bothSidesArePingedAndAnIdleSessionOutlivesHttpsIdleTimeout() throws Exception {
        Pair pair = pair();
        CompletableFuture<Integer> atNomad = CompletableFuture.supplyAsync(() -> answerPings(pair, 2));
        int pings = 0;
        while (pings < 2) {
            Frame frame = pair.browser().readFrame();
            assertThat(frame.opcode()).isEqualTo(Frame.PING);
            pair.browser().sendFrame(Frame.PONG, true, frame.payload());
            pings++;
        }
        assertThat(atNomad).succeedsWithin(SOON).isEqualTo(2);
        pair.browser().sendText("alive");
        Frame first = pair.nomad().readFrame();
        while (first.opcode() == Frame.PING) {
            pair.nomad().sendFrame(Frame.PONG, true, first.payload());
            first = pair.nomad().readFrame();
        }
        // Not a pong: those that answer the gate's pings are not forwarded.
        assertThat(first.text()).isEqualTo("alive");
    }

    private static int answerPings(Pair pair, int count) {
        try {
            for (int i = 0; i < count; i++) {
                Frame frame = pair.nomad().readFrame();
                assertThat(frame.opcode()).isEqualTo(Frame.PING);
                pair.nomad().sendFrame(Frame.PONG, true, frame.payload());
            }
            return count;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aBrowserThatNoLongerAnswersIsDroppedAndNomadToldSo() throws Exception {
        Pair pair = pair();
        Frame frame;
        while ((frame = pair.nomad().readFrame()) != null && !frame.isClose()) {
            assertThat(frame.opcode()).isEqualTo(Frame.PING);
            pair.nomad().sendFrame(Frame.PONG, true, frame.payload());
        }
        assertThat(frame).isNotNull();
        assertThat(frame.closeCode()).isEqualTo(1001);
        assertThat(pair.nomad().awaitPeerClose(SOON)).isTrue();
        pair.browser().awaitEof(SOON);
    }

    @Test
    void aNomadThatNoLongerAnswersIsDroppedAndTheBrowserToldSo() throws Exception {
        Pair pair = pair();
        Frame frame;
        while ((frame = pair.browser().readFrame()) != null && !frame.isClose()) {
            assertThat(frame.opcode()).isEqualTo(Frame.PING);
            pair.browser().sendFrame(Frame.PONG, true, frame.payload());
        }
        assertThat(frame).isNotNull();
        assertThat(frame.closeCode()).isEqualTo(1012);
        assertThat(pair.nomad().awaitPeerClose(SOON)).isTrue();
    }

    @Test
    void whoeverSendsAnythingAtAllNeedNotAnswerPings() throws Exception {
        RawWebSocket browser = browser(ECHO_ALLOC);
        CompletableFuture<Void> typing = CompletableFuture.runAsync(() -> {
            try {
                for (int echoes = 0; echoes < 2; echoes++) {
                    // Another ping tells that another interval has passed.
                    Frame frame = browser.readFrame();
                    while (frame.opcode() != Frame.PING) {
                        frame = browser.readFrame();
                    }
                    browser.sendText("{}");
                }
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        assertThat(typing).succeedsWithin(SOON);
        browser.sendText("alive");
        String text = browser.readText(SOON);
        while (text.equals("{}")) {
            text = browser.readText(SOON);
        }
        assertThat(text).isEqualTo("alive");
    }
}
