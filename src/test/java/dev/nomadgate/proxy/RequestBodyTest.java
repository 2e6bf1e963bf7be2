package dev.nomadgate.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nomadgate.played.Played;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What of the client's body is read, and when. The container is played by the test. */
class RequestBodyTest {

    private final HttpClient client = new HttpClient();
    private final Input input = new Input();
    private final ArrivingBodies bodies = new ArrivingBodies();
    private final AtomicInteger arrived = new AtomicInteger();

    @BeforeEach
    void startTimer() throws Exception {
        client.setScheduler(new ScheduledExecutorScheduler());
        client.setExecutor(Runnable::run);
        client.getScheduler().start();
    }

    @AfterEach
    void stopTimer() throws Exception {
        client.getScheduler().stop();
    }

    @Test
    void theFirstPieceIsWaitedForAndKept() throws Exception {
        RequestBody body = body(9, Duration.ofMinutes(1));
        bodies.await(body, arrived::incrementAndGet);
        input.listener.onDataAvailable();
        assertThat(arrived).as("told without a byte").hasValue(0);

        input.pieces.add("begin");
        input.listener.onDataAvailable();
        assertThat(arrived).hasValue(1);
        assertThat(body.failure()).isNull();
        // An attempt that gets no connection.
        assertThat(body.read()).isNull();
        body.fail(new ConnectException());

        assertThat(body.read()).isNull();
        CountDownLatch demanded = new CountDownLatch(1);
        body.demand(demanded::countDown);
        assertThat(demanded.getCount()).isZero();
        assertPiece(body.read(), "begin", false);
        assertThat(body.read()).isNull();
        input.pieces.add(" end");
        assertPiece(body.read(), " end", true);
        assertThat(arrived).hasValue(1);
    }

    @Test
    void whatIsThereGoesOnInOnePieceAndWhatBreaksItComesBehind() throws Exception {
        RequestBody body = body(100, Duration.ofMinutes(1));
        bodies.await(body, arrived::incrementAndGet);
        input.pieces.addAll(List.of("one", " and", " two", Input.BROKEN));
        input.listener.onDataAvailable();
        body.demand(() -> { });
        assertPiece(body.read(), "one", false);
        assertPiece(body.read(), " and two", false);
        assertThat(body.failure()).isNull();
        assertThat(Content.Chunk.isFailure(body.read())).isTrue();
        assertThat(body.broken()).isTrue();
        assertThat(Content.Chunk.isFailure(body.read())).as("for good").isTrue();
    }

    @Test
    void aPieceIsNoLargerThanItsBuffer() throws Exception {
        RequestBody body = body(Long.MAX_VALUE, Duration.ofMinutes(1));
        bodies.await(body, arrived::incrementAndGet);
        input.pieces.addAll(Collections.nCopies(6, "x".repeat(8192)));
        input.listener.onDataAvailable();
        body.demand(() -> { });
        assertPiece(body.read(), "x".repeat(8192), false);
        assertPiece(body.read(), "x".repeat(4 * 8192), false);
        assertPiece(body.read(), "x".repeat(8192), false);
        assertThat(body.read()).isNull();
    }

    @Test
    void nothingMoreIsReadOnceTheContainerHasEndedIt() throws Exception {
        RequestBody body = body(100, Duration.ofMinutes(1));
        bodies.await(body, arrived::incrementAndGet);
        input.pieces.addAll(List.of("one", " and", " two"));
        input.listener.onDataAvailable();
        body.demand(() -> { });
        body.read();
        input.slow = new CountDownLatch(1);
        Thread reader = new Thread(body::read);
        reader.start();
        await().until(() -> input.reading);
        body.abandon();
        input.slow.countDown();
        reader.join(20_000);
        assertThat(input.pieces).containsExactly(" two");
    }

    @Test
    void aBodyWithoutAByteEnds() throws Exception {
        RequestBody body = body(0, Duration.ofMinutes(1));
        bodies.await(body, arrived::incrementAndGet);
        input.finished = true;
        input.listener.onAllDataRead();
        body.demand(() -> { });
        assertThat(body.read()).isSameAs(Content.Chunk.EOF);
    }

    @Test
    void whatIsNoBodyIsNotSent() throws Exception {
        RequestBody body = body(9, Duration.ofMinutes(1));
        bodies.await(body, arrived::incrementAndGet);
        input.pieces.add(Input.BROKEN);
        input.listener.onDataAvailable();
        assertThat(arrived).hasValue(1);
        assertThat(body.failure()).isNotNull();
        assertThat(body.broken()).isTrue();
    }

    @Test
    void aBodyThatDoesNotBeginIsGivenUp() {
        RequestBody body = body(9, Duration.ofMillis(50));
        bodies.await(body, arrived::incrementAndGet);
        await().until(() -> arrived.get() == 1);
        assertThat(body.stalled()).isTrue();
        bodies.stop();
        assertThat(arrived).hasValue(1);
    }

    @Test
    void nothingIsWaitedForOnceTheGateStops() {
        bodies.await(body(9, Duration.ofMinutes(1)), arrived::incrementAndGet);
        bodies.stop();
        assertThat(arrived).hasValue(1);
        bodies.await(body(9, Duration.ofMinutes(1)), arrived::incrementAndGet);
        assertThat(arrived).hasValue(2);
    }

    @Test
    void nothingIsToldOnceTheExchangeHasEnded() throws Exception {
        RequestBody body = body(9, Duration.ofMillis(50));
        bodies.await(body, arrived::incrementAndGet);
        body.end();
        input.pieces.add("begin");
        input.listener.onDataAvailable();
        bodies.stop();
        assertThat(arrived).hasValue(0);
        assertThat(input.pieces).as("read of what may be another client's").hasSize(1);
    }

    /** A read that fails marks Tomcat's request and response, which by then would be another client's. */
    @Test
    void theEndWaitsForWhoIsReading() throws Exception {
        RequestBody body = body(9, Duration.ofMinutes(1));
        bodies.await(body, arrived::incrementAndGet);
        input.pieces.add("begin");
        input.listener.onDataAvailable();
        body.demand(() -> { });
        body.read();
        input.pieces.add(" end");
        input.slow = new CountDownLatch(1);
        Thread reader = new Thread(body::read);
        reader.start();
        await().until(() -> input.reading);
        ProxyExchange exchange = new ProxyExchange(null, null, "PUT", null, null, false, null);
        exchange.body(body);
        Thread ending = new Thread(() -> exchange.end(() -> { }));
        ending.start();
        await().until(() -> ending.getState() == Thread.State.WAITING || !ending.isAlive());
        assertThat(ending.isAlive()).as("waits").isTrue();
        input.slow.countDown();
        ending.join(20_000);
        assertThat(ending.isAlive()).isFalse();
        assertThat(input.reading).isFalse();

        input.pieces.add("another client's");
        assertThat(Content.Chunk.isFailure(body.read())).isTrue();
        assertThat(input.pieces).hasSize(1);
    }

    private static void assertPiece(Content.Chunk chunk, String text, boolean last) {
        assertThat(StandardCharsets.ISO_8859_1.decode(chunk.getByteBuffer()).toString()).isEqualTo(text);
        assertThat(chunk.isLast()).isEqualTo(last);
    }

    private RequestBody body(long length, Duration timeout) {
        HttpServletRequest request = Played.by(HttpServletRequest.class, (proxy, method, args) -> switch (method.getName()) {
            case "getContentLengthLong" -> length;
            case "getInputStream" -> input;
            case "getHeader" -> null;
            default -> throw new UnsupportedOperationException(method.getName());
        });
        return new RequestBody(request, client, timeout);
    }

    private static final class Input extends ServletInputStream {

        private static final String BROKEN = "";
        private final Queue<String> pieces = new ConcurrentLinkedQueue<>();
        private volatile ReadListener listener;
        private volatile CountDownLatch slow = new CountDownLatch(0);
        private volatile boolean reading;
        private volatile boolean finished;

        @Override
        public boolean isFinished() {
            return finished;
        }

        @Override
        public boolean isReady() {
            return !pieces.isEmpty();
        }

        @Override
        public void setReadListener(ReadListener readListener) {
            listener = readListener;
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            reading = true;
            try {
                slow.await(20, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            byte[] piece = pieces.remove().getBytes(StandardCharsets.ISO_8859_1);
            if (piece.length == 0) {
                throw new IOException("no chunk");
            }
            System.arraycopy(piece, 0, to, offset, piece.length);
            reading = false;
            return piece.length;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException();
        }
    }
}
