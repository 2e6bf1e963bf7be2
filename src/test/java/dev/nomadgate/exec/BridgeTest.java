package dev.nomadgate.exec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nomadgate.session.Outcome;
import java.io.EOFException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the bridge's timers do to a session, with both peers and the time in the test's hands. */
class BridgeTest {

    private static final Duration PING = Duration.ofSeconds(30);
    private static final Duration PONG = Duration.ofSeconds(20);
    private static final Duration FIRST = Duration.ofSeconds(10);
    private static final Duration AGE = Duration.ofHours(24);
    private static final Frame.Pong ANSWER = new Frame.Pong(ByteBuffer.wrap("nomad-gate".getBytes()));

    private final Timers timers = new Timers();
    private final Peer nomad = new Peer();
    private final Peer browser = new Peer();
    private final Bridge bridge = new Bridge(timers, new SessionTimings(PING, PONG, Duration.ofSeconds(1)),
            new SessionBounds(FIRST, Duration.ZERO, AGE, 1 << 20), Notice.STDOUT, () -> { });

    @BeforeEach
    void open() {
        bridge.nomad().opened(nomad);
        bridge.browser().opened(browser);
    }

    @Test
    void aPeerThatDoesNotAnswerIsDropped() {
        type("x");
        timers.run(PING);
        timers.run(PONG);
        assertThat(nomad.log).containsExactly("x", "ping", "abort");
    }

    @Test
    void aPeerWithMuchUnreadIsNotExpectedToAnswer() {
        type("x".repeat(65 * 1024));
        timers.run(PING);
        timers.run(PONG);
        assertThat(nomad.log).doesNotContain("abort");
        bridge.nomad().frame(ANSWER, () -> { });
        timers.run(PING);
        timers.run(PONG);
        assertThat(nomad.log).as("has read all since").endsWith("abort");
    }

    @Test
    void theFirstMessageCountsFromItsEnd() {
        bridge.browser().frame(new Frame.Text("", false), () -> { });
        bridge.nomad().frame(new Frame.Text("output", true), () -> { });
        timers.run(FIRST);
        assertThat(browser.log).endsWith("1008");
    }

    @Test
    void aFirstMessageInFragmentsIsEnoughToGoOn() {
        bridge.browser().frame(new Frame.Text("", false), () -> { });
        type("x");
        timers.run(FIRST);
        assertThat(browser.log).isEmpty();
    }

    @Test
    void theTerminalIsToldOfItsEndBeforeTheClose() {
        type("x");
        timers.run(AGE);
        assertThat(browser.log).hasSize(2).last().isEqualTo("1001");
        assertThat(browser.log.get(0)).startsWith("{\"stdout\"");
        assertThat(nomad.log).endsWith("1001");
    }

    @Test
    void theLastLineWaitsForOutputThatIsBeingWrittenAndTheCloseForTheLine() {
        type("x");
        browser.slow = true;
        bridge.nomad().frame(new Frame.Text("output", true), () -> { });
        timers.run(AGE);
        assertThat(browser.log).containsExactly("output");
        browser.finish();
        assertThat(browser.log).hasSize(2);
        browser.finish();
        assertThat(browser.log).hasSize(3).last().isEqualTo("1001");
    }

    @Test
    void aCloseOutlivesTheOutputThatItSupersedes() {
        browser.slow = true;
        bridge.nomad().frame(new Frame.Text("output", true), () -> { });
        bridge.nomad().closed(CloseStatus.abnormal());
        browser.fail();
        assertThat(browser.log).containsExactly("output", "1012");
    }

    @Test
    void whoCannotBeWrittenToIsDropped() {
        browser.slow = true;
        bridge.nomad().frame(new Frame.Text("output", true), () -> { });
        browser.fail();
        assertThat(browser.log).containsExactly("output", "abort");
    }

    @Test
    void noLineGoesIntoAMessageThatNeverEnds() {
        type("x");
        bridge.nomad().frame(new Frame.Text("half", false), () -> { });
        timers.run(AGE);
        assertThat(browser.log).containsExactly("half", "1001");
    }

    @Test
    void theProcessEndsASessionThatItsUserLeavesWhenToldSo() {
        bridge.nomad().frame(new Frame.Text("{\"exited\":true,\"result\":{\"exit_", false), () -> { });
        bridge.nomad().frame(new Frame.Text("code\":3}}", true), () -> { });
        bridge.browser().closed(CloseStatus.abnormal());
        assertThat(bridge.how().by()).isEqualTo(Outcome.EndedBy.PROCESS);
        assertThat(bridge.exitCode()).hasValue(3);
    }

    @Test
    void whoLeavesBeforeThatEndsItHimself() {
        bridge.browser().closed(CloseStatus.abnormal());
        assertThat(bridge.how().by()).isEqualTo(Outcome.EndedBy.BROWSER);
        assertThat(bridge.exitCode()).isEmpty();
    }

    private void type(String text) {
        bridge.browser().frame(new Frame.Text(text, true), () -> { });
    }

    /** Keeps what it is sent. */
    private static final class Peer implements Leg {

        private final List<String> log = new ArrayList<>();
        private boolean slow;
        private Done writing;

        @Override
        public void send(Frame frame, Done done) {
            log.add(frame instanceof Frame.Text text ? text.text() : "ping");
            if (slow) {
                writing = done;
            } else {
                done.written();
            }
        }

        void finish() {
            writing.written();
        }

        void fail() {
            writing.failed(new EOFException());
        }

        @Override
        public void demand() {
        }

        @Override
        public boolean writing() {
            return false;
        }

        @Override
        public void close(CloseStatus status) {
            log.add(status.code() + "");
        }

        @Override
        public void abort() {
            log.add("abort");
        }
    }

    /** Runs what is due after a time when the test says so. */
    private static final class Timers extends AbstractLifeCycle implements Scheduler {

        private record Due(Duration after, Runnable task) {
        }

        private final List<Due> due = new ArrayList<>();

        @Override
        public Task schedule(Runnable task, long delay, TimeUnit units) {
            Due added = new Due(Duration.ofNanos(units.toNanos(delay)), task);
            due.add(added);
            return () -> due.remove(added);
        }

        /** All that were set for this long, or a millisecond more. */
        void run(Duration after) {
            List<Due> now = due.stream().filter(each -> each.after().minus(after).abs().toMillis() <= 1).toList();
            due.removeAll(now);
            now.forEach(each -> each.task().run());
        }
    }
}
