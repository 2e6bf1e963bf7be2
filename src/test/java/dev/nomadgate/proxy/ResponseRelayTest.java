package dev.nomadgate.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nomadgate.played.Played;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.io.Content;
import org.junit.jupiter.api.Test;

/** Once an exchange has ended, its container may have given the response to another client. */
class ResponseRelayTest {

    private final Output output = new Output();
    private final AtomicInteger demanded = new AtomicInteger();
    private final ProxyExchange exchange = new ProxyExchange(null, null, "GET", null, null, false, null);
    private final Ends ending = new Ends();
    private final ResponseRelay relay;
    private int buffer = 64;

    ResponseRelayTest() throws IOException {
        relay = relay();
    }

    private ResponseRelay relay() throws IOException {
        exchange.output(ClientOutput.of(response()));
        return new ResponseRelay(ending, exchange);
    }

    /** Tomcat flushes it in a thread of its own before. */
    @Test
    void nothingIsWrittenBeforeTheContainerSaysThatItMayBe() throws IOException {
        int before = output.touched.get();
        relay.write(piece(), demanded::incrementAndGet);
        assertThat(output.touched).hasValue(before);
        output.listener.onWritePossible();
        assertThat(demanded).hasValue(1);
    }

    @Test
    void aClientThatLeftBeforeTheAnswerIsNotWaitedFor() {
        EOFException gone = new EOFException();
        output.listener.onError(gone);
        relay.write(piece(), demanded::incrementAndGet);
        assertThat(ending.cause).isSameAs(gone);
    }

    @Test
    void whatComesAfterTheEndIsDropped() throws IOException {
        relay.flushHead();
        output.listener.onWritePossible();
        exchange.end(() -> { });
        int before = output.touched.get();
        relay.write(piece(), demanded::incrementAndGet);
        assertThat(demanded).as("the server goes on").hasValue(1);
        assertThat(output.touched).hasValue(before);
    }

    @Test
    void whatComesAfterTheEndDoesNotBeginAnAnswer() {
        exchange.end(() -> { });
        int before = output.touched.get();
        relay.write(piece(), demanded::incrementAndGet);
        assertThat(demanded).as("the server goes on").hasValue(1);
        assertThat(output.touched).hasValue(before);
    }

    /** Of more than its buffer holds Tomcat keeps a rest, and then has one wait for a thread of its own. */
    @Test
    void theContainerIsGivenNoMoreThanItsBufferHoldsBetweenTwoFlushes() throws IOException {
        relay.write(Content.Chunk.from(ByteBuffer.wrap(new byte[5 * buffer]), false), demanded::incrementAndGet);
        output.listener.onWritePossible();
        assertThat(output.written).isEqualTo(5 * buffer);
        assertThat(output.mostUnflushed).isLessThan(buffer);
        assertThat(demanded).hasValue(1);
    }

    /** Each flush is a write to the client, and Nomad's chunks end anywhere within what was received. */
    @Test
    void whatIsThereIsFlushedOnce() throws IOException {
        buffer = 64 * 1024;
        ResponseRelay large = relay();
        Following rest = new Following(12_000, 8_000, 20_000);
        large.write(piece(20_000), rest);
        output.listener.onWritePossible();
        assertThat(output.flushes).containsExactly(60_000);
        assertThat(rest.demanded).as("behind the flush").containsExactly(60_000);
    }

    @Test
    void whatDoesNotFitGoesOnWithWhatComesBehindIt() throws IOException {
        buffer = 64 * 1024;
        ResponseRelay large = relay();
        Following rest = new Following(16_384, 16_384, 16_384, 16_384, 20_000);
        large.write(piece(16_384), rest);
        output.listener.onWritePossible();
        assertThat(output.flushes).containsExactly(64 * 1024 - 16, 16 + 16_384 + 20_000);
        assertThat(rest.demanded).hasSize(1);
    }

    /** Jetty may be sending from the very bytes that the next would be received into. */
    @Test
    void nothingElseIsReceivedBeforeTheContainerIsReady() throws IOException {
        buffer = 64 * 1024;
        ResponseRelay large = relay();
        AtomicInteger released = new AtomicInteger();
        Following rest = new Following(20_000);
        output.listener.onWritePossible();
        output.readyAfterWrite = false;
        Content.Chunk written = Content.Chunk.from(ByteBuffer.wrap(new byte[20_000]), false, released::incrementAndGet);
        large.write(written, rest);
        written.release();
        assertThat(output.written).isEqualTo(20_000);
        assertThat(released).hasValue(0);
        assertThat(rest.there).hasSize(1);
        output.readyAfterWrite = true;
        output.ready = true;
        output.listener.onWritePossible();
        assertThat(released).hasValue(1);
        assertThat(output.flushes).containsExactly(40_000);
    }

    @Test
    void whatMayStillBeSentWhenTheExchangeEndsIsReceivedIntoByNobody() throws IOException {
        AtomicInteger released = new AtomicInteger();
        output.listener.onWritePossible();
        output.readyAfterWrite = false;
        Content.Chunk written = Content.Chunk.from(ByteBuffer.wrap(new byte[] {1}), false, released::incrementAndGet);
        relay.write(written, demanded::incrementAndGet);
        written.release();
        exchange.end(() -> { });
        output.listener.onWritePossible();
        assertThat(demanded).as("the server goes on").hasValue(1);
        assertThat(released).hasValue(0);
    }

    /** Jetty's client may have to abort the request, and waits for its turn. */
    @Test
    void howeverMuchIsThereMoreIsDemandedAfterAWhile() throws IOException {
        buffer = 64 * 1024;
        ResponseRelay large = relay();
        Following rest = new Following(Collections.nCopies(50, 32 * 1024).toArray(Integer[]::new));
        large.write(piece(32 * 1024), rest);
        output.listener.onWritePossible();
        assertThat(rest.there).hasSizeBetween(40, 45);
        assertThat(rest.demanded).hasSize(1);
    }

    /** What was received next may begin with the last bytes of a chunk. */
    @Test
    void aSmallPieceBehindLargeOnesIsFlushedWithWhatIsThere() throws IOException {
        buffer = 64 * 1024;
        ResponseRelay large = relay();
        large.write(piece(20_000), new Following());
        output.listener.onWritePossible();
        large.write(piece(100), new Following(20_000));
        assertThat(output.flushes).containsExactly(20_000, 20_100);
    }

    @Test
    void behindALineOfALogNobodyLooksForMoreBeforeItIsFlushed() throws IOException {
        buffer = 64 * 1024;
        ResponseRelay large = relay();
        Following rest = new Following(20_000);
        large.write(piece(100), rest);
        output.listener.onWritePossible();
        assertThat(output.flushes).containsExactly(100);
        assertThat(rest.demanded).containsExactly(100);
        assertThat(rest.there).as("left for the next demand").hasSize(1);
    }

    /** From Jetty's client can be read only in the thread that it is just giving a chunk to. */
    @Test
    void behindAWaitForTheClientWhatIsThereIsFlushedOnceAgain() throws IOException {
        buffer = 64 * 1024;
        Serialized source = new Serialized(relay(), 20_000, 10_000, 10_000, 10_000);
        output.listener.onWritePossible();
        output.readyAfterWrite = false;
        source.receive();
        assertThat(output.written).isEqualTo(20_000);
        output.readyAfterWrite = true;
        output.ready = true;
        output.listener.onWritePossible();
        assertThat(output.flushes).containsExactly(20_000, 30_000);
    }

    /** So a page of the UI is sent. */
    @Test
    void anAnswerThatEndsBeforeTheClientTakesItIsDelivered() throws IOException {
        ending.expected = true;
        relay.write(piece(), demanded::incrementAndGet);
        relay.end();
        output.listener.onWritePossible();
        assertThat(output.written).isEqualTo(1);
        assertThat(ending.delivered).isTrue();
    }

    @Test
    void anAnswerThatEndsWhileItsLastFlushWaitsIsDelivered() throws IOException {
        ending.expected = true;
        buffer = 64 * 1024;
        ResponseRelay large = relay();
        output.listener.onWritePossible();
        output.readyAfterFlush = false;
        large.write(piece(20_000), new Following());
        large.end();
        assertThat(ending.delivered).isFalse();
        output.ready = true;
        output.listener.onWritePossible();
        assertThat(ending.delivered).isTrue();
    }

    /** Tomcat marks a response whose write fails, and by then it would be another client's. */
    @Test
    void theEndWaitsForWhoIsWriting() throws Exception {
        Thread writer = writing();
        Thread ending = new Thread(() -> exchange.end(() -> { }));
        ending.start();
        await().until(() -> ending.getState() == Thread.State.WAITING || !ending.isAlive());
        assertThat(ending.isAlive()).as("waits").isTrue();
        output.slow.countDown();
        ending.join(20_000);
        assertThat(ending.isAlive()).isFalse();
        assertThat(output.writing).isFalse();
        writer.join(20_000);
    }

    /** Under a lock of the exchange's state, which Tomcat takes in a write that fails. */
    @Test
    void tomcatMayTellOfItsOwnEndWhileSomebodyIsWriting() throws Exception {
        Thread writer = writing();
        Thread container = new Thread(exchange::endedByContainer);
        container.start();
        container.join(20_000);
        assertThat(container.isAlive()).as("waits").isFalse();
        output.slow.countDown();
        writer.join(20_000);
    }

    /** Somebody who is within a write until {@link Output#slow} is counted down. */
    private Thread writing() throws IOException {
        relay.flushHead();
        output.listener.onWritePossible();
        output.slow = new CountDownLatch(1);
        Thread writer = new Thread(() -> relay.write(piece(), demanded::incrementAndGet));
        writer.start();
        await().until(() -> output.writing);
        return writer;
    }

    private static Content.Chunk piece() {
        return piece(1);
    }

    private static Content.Chunk piece(int size) {
        return Content.Chunk.from(ByteBuffer.wrap(new byte[size]), false);
    }

    private HttpServletResponse response() {
        return Played.by(HttpServletResponse.class, (proxy, method, arguments) ->
                        method.getName().equals("getBufferSize") ? buffer : output);
    }

    /** Pieces of these sizes that are there already. */
    private final class Following implements AnswerBody.Rest {

        private final Queue<Integer> there;
        private final List<Integer> demanded = new ArrayList<>();

        private Following(Integer... sizes) {
            there = new ArrayDeque<>(List.of(sizes));
        }

        @Override
        public void demand() {
            demanded.add(output.flushes.stream().mapToInt(Integer::intValue).sum());
        }

        @Override
        public Content.Chunk now() {
            return there.isEmpty() ? null : piece(there.remove());
        }
    }

    /** Pieces of these sizes that are there already, given one after the other, as Jetty's client does. */
    private static final class Serialized implements AnswerBody.Rest {

        private final ResponseRelay relay;
        private final Queue<Integer> there;
        private boolean receiving;
        private boolean demanded;

        private Serialized(ResponseRelay relay, Integer... sizes) {
            this.relay = relay;
            there = new ArrayDeque<>(List.of(sizes));
        }

        private void receive() {
            do {
                demanded = false;
                receiving = true;
                relay.write(piece(there.remove()), this);
                receiving = false;
            } while (demanded && !there.isEmpty());
        }

        @Override
        public void demand() {
            demanded = true;
            if (!receiving && !there.isEmpty()) {
                receive();
            }
        }

        @Override
        public Content.Chunk now() {
            return receiving && !there.isEmpty() ? piece(there.remove()) : null;
        }
    }

    private static final class Ends implements ResponseRelay.Ending {

        private boolean expected;
        private boolean delivered;
        private Throwable cause;

        @Override
        public void delivered() {
            assertThat(expected).as("at its end").isTrue();
            assertThat(delivered).as("twice").isFalse();
            delivered = true;
        }

        @Override
        public void undeliverable(Throwable why) {
            cause = why;
        }
    }

    private static final class Output extends ServletOutputStream {

        private final AtomicInteger touched = new AtomicInteger();
        private WriteListener listener;
        private volatile CountDownLatch slow = new CountDownLatch(0);
        private volatile boolean writing;
        private volatile boolean ready = true;
        private volatile boolean readyAfterWrite = true;
        private volatile boolean readyAfterFlush = true;
        private int written;
        private int unflushed;
        private int mostUnflushed;
        private final List<Integer> flushes = new ArrayList<>();

        @Override
        public boolean isReady() {
            touched.incrementAndGet();
            return ready;
        }

        @Override
        public void setWriteListener(WriteListener writeListener) {
            touched.incrementAndGet();
            listener = writeListener;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            super.write(bytes, offset, length);
            ready = readyAfterWrite;
        }

        @Override
        public void write(int b) {
            touched.incrementAndGet();
            writing = true;
            try {
                slow.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            writing = false;
            written++;
            unflushed++;
            mostUnflushed = Math.max(mostUnflushed, unflushed);
        }

        @Override
        public void flush() {
            touched.incrementAndGet();
            flushes.add(unflushed);
            unflushed = 0;
            ready = readyAfterFlush;
        }
    }
}
