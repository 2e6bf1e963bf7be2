package dev.nomadgate.exec.tomcat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;

/** What no real Tomcat can be made to do at will. */
class TomcatEndPointTest {

    private final FakeSocket socket = new FakeSocket();
    private final Queue<Runnable> work = new ArrayDeque<>();
    private final List<String> heard = new ArrayList<>();
    private boolean goingDown;
    private final TomcatEndPoint endPoint = new TomcatEndPoint(socket, socket.lock, this::execute, null);

    TomcatEndPointTest() {
        endPoint.setConnection(new Connection());
        endPoint.begin();
        run();
        assertThat(heard).containsExactly("opened");
        heard.clear();
    }

    @Test
    void nothingIsWaitedForUnasked() {
        tomcat(endPoint::onReadable);
        run();

        assertThat(heard).isEmpty();
        assertThat(socket.asked).isEmpty();
    }

    @Test
    void whatCanBeReadIsToldOutsideTomcatsThread() {
        endPoint.fillInterested(reading());
        assertThat(socket.asked).containsExactly("register read");
        tomcat(endPoint::onReadable);
        assertThat(heard).isEmpty();

        run();
        assertThat(heard).containsExactly("readable");
    }

    /** Of NIO2: Tomcat reads ahead, and tells of it before it is known to be awaited, and never again. */
    @Test
    void whatWasToldTooEarlyIsNotForgotten() {
        ByteBuffer buffer = BufferUtil.allocate(16);
        assertThat(endPoint.fill(buffer)).isZero();
        socket.arrived = "x";
        tomcat(endPoint::onReadable);
        endPoint.fillInterested(reading());
        run();

        assertThat(heard).containsExactly("readable");
        assertThat(endPoint.fill(buffer)).isEqualTo(1);
        assertThat(BufferUtil.toString(buffer)).isEqualTo("x");
        endPoint.fillInterested(reading());
        assertThat(socket.asked).last().isEqualTo("register read");
    }

    @Test
    void aBrowserThatDoesNotReadGetsNoMoreThanOneWrite() throws IOException {
        socket.room = 2;
        List<String> ends = new ArrayList<>();
        endPoint.write(Callback.from(() -> ends.add("written"), failure -> ends.add("failed")),
                BufferUtil.toBuffer("abc"), BufferUtil.toBuffer("defghijkl"));
        assertThat(socket.asked).last().isEqualTo("register write");
        assertThat(endPoint.flush(BufferUtil.toBuffer("more"))).isFalse();

        socket.room = 3;
        tomcat(endPoint::onWritable);
        run();
        assertThat(ends).isEmpty();
        socket.room = 100;
        tomcat(endPoint::onWritable);
        assertThat(ends).isEmpty();
        run();

        assertThat(ends).containsExactly("written");
        assertThat(socket.sent).isEqualTo("abcdefghijkl");
        assertThat(socket.held).isEmpty();
    }

    @Test
    void aConnectionThatTomcatHasClosedSaysSoWhateverIsWanted() {
        tomcat(socket::close);

        assertThat(endPoint.fill(BufferUtil.allocate(16))).isEqualTo(-1);
        assertThatThrownBy(() -> endPoint.flush(BufferUtil.toBuffer("x"))).isInstanceOf(EofException.class);
        endPoint.fillInterested(reading());
        assertThat(heard).containsExactly("not readable");
        assertThat(socket.asked).containsExactly("close");
    }

    @Test
    void theEndIsToldOnceAndOutsideTomcatsThread() {
        endPoint.fillInterested(reading());
        tomcat(endPoint::onGone);
        assertThat(heard).isEmpty();
        run();
        tomcat(endPoint::onGone);
        endPoint.close();
        run();

        assertThat(heard).containsExactly("not readable", "closed");
        assertThat(socket.isClosed()).isTrue();
    }

    @Test
    void aGateThatGoesDownClosesAtOnce() {
        goingDown = true;
        assertThatThrownBy(() -> {
            endPoint.fillInterested(reading());
            tomcat(endPoint::onReadable);
        }).isInstanceOf(RejectedExecutionException.class);
        tomcat(endPoint::onGone);

        assertThat(heard).containsExactly("not readable", "closed");
        assertThat(socket.isClosed()).isTrue();
    }

    /** As Tomcat calls. */
    private void tomcat(Runnable call) {
        socket.lock.lock();
        try {
            call.run();
        } finally {
            socket.lock.unlock();
        }
    }

    private void execute(Runnable task) {
        if (goingDown) {
            throw new RejectedExecutionException();
        }
        work.add(task);
    }

    private void run() {
        while (!work.isEmpty()) {
            work.remove().run();
        }
    }

    private Callback reading() {
        return Callback.from(() -> heard.add("readable"), failure -> heard.add("not readable"));
    }

    private final class Connection extends AbstractConnection {

        private Connection() {
            super(endPoint, TomcatEndPointTest.this::execute);
        }

        @Override
        public void onOpen() {
            heard.add("opened");
        }

        @Override
        public void onFillable() {
        }

        @Override
        public void onClose(Throwable cause) {
            heard.add("closed");
        }
    }
}
