package dev.nomadgate.exec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A message of the gate's own never lands within one that passes, nor while another is being written. */
class OutletTest {

    private static final Frame OWN = new Frame.Text("own", true);

    private final SlowLeg leg = new SlowLeg();
    private final Outlet outlet = new Outlet(leg);
    private int written;
    private int failed;

    @Test
    void goesOutAtOnceWhereNothingDoes() {
        outlet.insert(OWN);
        assertThat(leg.sent).containsExactly("own");
    }

    @Test
    void waitsForTheEndOfAMessage() {
        pass("a", false);
        outlet.insert(OWN);
        leg.finish();
        pass("b", false);
        leg.finish();
        pass("c", true);
        assertThat(leg.sent).containsExactly("a", "b", "c");
        leg.finish();
        assertThat(leg.sent).containsExactly("a", "b", "c", "own");
        assertThat(written).isEqualTo(3);
    }

    @Test
    void whatPassesWaitsForIt() {
        outlet.insert(OWN);
        pass("a", true);
        assertThat(leg.sent).containsExactly("own");
        leg.finish();
        assertThat(leg.sent).containsExactly("own", "a");
        assertThat(written).isZero();
        leg.finish();
        assertThat(written).isOne();
        outlet.insert(OWN);
        assertThat(leg.sent).containsExactly("own", "a", "own");
    }

    @Test
    void controlFramesWaitForNothing() {
        pass("a", false);
        outlet.pass(new Frame.Ping(Leg.EMPTY), new Count());
        assertThat(leg.sent).containsExactly("a", "ping");
    }

    @Test
    void whatFailsHoldsUpNothing() {
        pass("a", true);
        outlet.insert(OWN);
        leg.fail();
        assertThat(failed).isOne();
        assertThat(leg.sent).containsExactly("a", "own");
        pass("b", true);
        leg.fail();
        outlet.end(OWN, () -> failed++);
        leg.fail();
        leg.fail();
        assertThat(leg.sent).containsExactly("a", "own", "b", "own");
        assertThat(failed).isEqualTo(3);
    }

    private void pass(String text, boolean last) {
        outlet.pass(new Frame.Text(text, last), new Count());
    }

    private final class Count implements Leg.Done {

        @Override
        public void written() {
            written++;
        }

        @Override
        public void failed(Throwable cause) {
            failed++;
        }
    }

    /** Writes each frame when the test says so. */
    private static final class SlowLeg implements Leg {

        private final List<String> sent = new ArrayList<>();
        private final Deque<Done> writing = new ArrayDeque<>();

        void finish() {
            writing.remove().written();
        }

        void fail() {
            writing.remove().failed(new EOFException());
        }

        @Override
        public void send(Frame frame, Done done) {
            sent.add(frame instanceof Frame.Text text ? text.text() : "ping");
            if (frame instanceof Frame.Data) {
                assertThat(writing).as("data frames being written").isEmpty();
                writing.add(done);
            }
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
        }

        @Override
        public void abort() {
        }
    }
}
