package dev.nomadgate.sharing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nomadgate.standin.StandInNomad;
import dev.nomadgate.upstream.Server;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several clients and one Nomad, with a clock that only the test moves. */
class SharedQueriesTest {

    private static final String TARGET = "/v1/jobs?index=5";

    private final StandInNomad nomad = StandInNomad.start();
    private final HttpClient http = new HttpClient();
    private final AtomicLong clock = new AtomicLong();
    private final AtomicInteger answers = new AtomicInteger();
    private final CountDownLatch change = new CountDownLatch(1);
    private SharedQueries queries;

    @BeforeEach
    void start() throws Exception {
        http.getContentDecoderFactories().clear();
        http.start();
        queries = new SharedQueries(http.getExecutor(), http.getScheduler(), clock::get);
        answer("answer");
    }

    @AfterEach
    void stop() throws Exception {
        change.countDown();
        http.stop();
        nomad.close();
    }

    /** The answer that a change brings, with its number before it. */
    private void answer(String text) {
        nomad.script("/v1/jobs", (request, wire) -> {
            until(change);
            String body = answers.incrementAndGet() + " " + text;
            wire.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + Integer.toHexString(body.length()) + "\r\n" + body + "\r\n0\r\n\r\n");
        });
    }

    private static void until(CountDownLatch latch) throws IOException {
        try {
            latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Test
    void whoAsksTheSameGetsOneAnswer() {
        List<Client> clients = ask(20);
        nomad.awaitRequest(request -> true);
        clients = List.of(clients.get(3), ask(), clients.get(0));
        change(Duration.ofSeconds(2));
        assertThat(clients).allSatisfy(client -> assertThat(client.answer()).isEqualTo("1 answer"));
        assertThat(nomad.requests()).hasSize(1);
    }

    @Test
    void whoAskedJustBeforeTheAnswerIsAskedForAgain() {
        List<Client> early = ask(1);
        nomad.awaitRequest(request -> true);
        clock.addAndGet(TimeUnit.SECONDS.toNanos(1));
        List<Client> late = ask(3);
        change(Duration.ofMillis(999));
        assertThat(early.get(0).answer()).isEqualTo("1 answer");
        assertThat(late).allSatisfy(client -> assertThat(client.answer()).isEqualTo("2 answer"));
        assertThat(nomad.requests()).hasSize(2);
    }

    @Test
    void whoIsAskedForAgainWaitsOnceAtATime() {
        List<Client> clients = ask(1);
        nomad.awaitRequest(request -> true);
        clock.addAndGet(TimeUnit.SECONDS.toNanos(1));
        Client late = ask();
        await().until(() -> late.waits.get() == 1);
        change(Duration.ofMillis(999));
        assertThat(clients.get(0).answer()).isEqualTo("1 answer");
        assertThat(late.answer()).isEqualTo("2 answer");
        assertThat(late.waitedTwice).isFalse();
        assertThat(late.waits).hasValue(0);
    }

    @Test
    void whoLeftWaitsNoLonger() {
        Client gone = ask();
        await().until(() -> gone.waits.get() == 1);
        gone.membership.leave(new EOFException());
        assertThat(gone.waits).hasValue(0);
    }

    @Test
    void nothingIsKeptAfterTheAnswer() {
        change.countDown();
        assertThat(ask().answer()).isEqualTo("1 answer");
        assertThat(ask().answer()).isEqualTo("2 answer");
    }

    @Test
    void aQueryThatEverybodyLeftGoesOnForTheNext() {
        Client gone = ask();
        nomad.awaitRequest(request -> true);
        gone.membership.leave(new EOFException());
        Client impatient = ask();
        assertThat(impatient.membership.giveUp()).isTrue();
        Client next = ask();
        change(Duration.ofSeconds(2));
        assertThat(next.answer()).isEqualTo("1 answer");
        assertThat(gone.ended.getCount() + impatient.ended.getCount()).isEqualTo(2);
        assertThat(nomad.requests()).hasSize(1);
    }

    @Test
    void aSlowReaderHoldsNobodyUp() {
        answer("x".repeat(300_000));
        List<Client> clients = ask(3);
        clients.get(0).slow = true;
        nomad.awaitRequest(request -> true);
        change(Duration.ofSeconds(2));
        assertThat(clients.get(1).answer()).hasSize(300_002);
        assertThat(clients.get(2).answer()).hasSize(300_002);
        assertThat(clients.get(0).ended.getCount()).isEqualTo(1);
        clients.get(0).hurry();
        assertThat(clients.get(0).answer()).hasSize(300_002);
        await().until(() -> queries.kept() == 0);
    }

    @Test
    void aLongAnswerIsPassedOnToOneAndTheOthersAskForThemselves() {
        answer("x".repeat(3 * Gathered.MAX_SIZE));
        List<Client> clients = ask(3);
        nomad.awaitRequest(request -> true);
        change(Duration.ofSeconds(2));
        assertThat(clients).allSatisfy(client -> assertThat(client.answer()).hasSize(3 * Gathered.MAX_SIZE + 2));
        assertThat(nomad.requests()).hasSize(3);
        await().until(() -> queries.kept() == 0);
    }

    @Test
    void allAreToldThatTheAnswerDidNotCome() {
        nomad.script("/v1/jobs", (request, wire) -> {
            until(change);
            wire.close();
        });
        List<Client> clients = ask(3);
        nomad.awaitRequest(request -> true);
        change(Duration.ofSeconds(2));
        assertThat(clients).allSatisfy(client -> assertThat(client.answer()).isEqualTo("failed"));
    }

    @Test
    void allAreToldThatTheAnswerBrokeOff() {
        nomad.script("/v1/jobs", (request, wire) -> {
            until(change);
            wire.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf").close();
        });
        List<Client> clients = ask(3);
        nomad.awaitRequest(request -> true);
        change(Duration.ofSeconds(2));
        assertThat(clients).allSatisfy(client -> assertThat(client.answer()).isEqualTo("broken off"));
        await().until(() -> queries.kept() == 0);
    }

    @Test
    void allAreToldThatTheAnswerFellSilent() {
        nomad.script("/v1/jobs", (request, wire) -> {
            until(change);
            wire.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf").awaitPeerClose(Duration.ofSeconds(20));
        });
        List<Client> clients = ask(3);
        clients.get(0).impatient = true;
        nomad.awaitRequest(request -> true);
        change(Duration.ofSeconds(2));
        assertThat(clients).allSatisfy(client -> assertThat(client.answer()).isEqualTo("broken off"));
        await().until(() -> queries.kept() == 0 && clients.get(0).bounded.getCount() == 0);
    }

    @Test
    void anAnswerThatSetsACookieIsForOneOnly() {
        nomad.script("/v1/jobs", (request, wire) -> {
            until(change);
            wire.write("HTTP/1.1 200 OK\r\nSet-Cookie: id=" + answers.incrementAndGet()
                    + "\r\nContent-Length: 2\r\n\r\nme");
        });
        List<Client> clients = ask(3);
        nomad.awaitRequest(request -> true);
        change(Duration.ofSeconds(2));
        assertThat(clients).allSatisfy(client -> assertThat(client.answer()).isEqualTo("me"));
        assertThat(clients.stream().map(client -> client.cookie)).containsExactlyInAnyOrder("id=1", "id=2", "id=3");
    }

    @Test
    void whoLeavesInTheMidstOfItsAnswerKeepsNothing() {
        answer("x".repeat(300_000));
        List<Client> clients = ask(2);
        clients.get(0).slow = true;
        nomad.awaitRequest(request -> true);
        change(Duration.ofSeconds(2));
        clients.get(1).answer();
        assertThat(queries.kept()).isPositive();
        clients.get(0).membership.leave(new EOFException());
        await().until(() -> queries.kept() == 0);
    }

    private List<Client> ask(int number) {
        return IntStream.range(0, number).mapToObj(i -> ask()).toList();
    }

    private Client ask() {
        Client client = new Client();
        queries.ask(QueryKey.of(new Server.Endpoint(nomad.address(), Optional.empty()), "GET", TARGET, HttpFields.EMPTY), client);
        return client;
    }

    private void change(Duration after) {
        clock.addAndGet(after.toNanos());
        change.countDown();
    }

    private final class Client implements Participant, Participant.Listener {

        private final ByteArrayOutputStream body = new ByteArrayOutputStream();
        private final CountDownLatch ended = new CountDownLatch(1);
        private volatile Membership membership;
        private volatile boolean slow;
        private volatile Runnable held;
        private volatile String failure;
        private volatile String cookie;
        private volatile boolean impatient;
        private final CountDownLatch bounded = new CountDownLatch(1);
        private final AtomicInteger waits = new AtomicInteger();
        private volatile boolean waitedTwice;

        @Override
        public void joined(Membership place) {
            membership = place;
        }

        @Override
        public Request request() {
            return http.newRequest(nomad.address()).path(TARGET);
        }

        @Override
        public void follows(Participant leader) {
        }

        @Override
        public void sent() {
            waitedTwice |= waits.incrementAndGet() > 1;
        }

        @Override
        public Silence gathered(Request query) {
            return new Silence() {
                @Override
                public void wanted() {
                    if (impatient) {
                        query.abort(new TimeoutException());
                    }
                }

                @Override
                public void end() {
                    bounded.countDown();
                }
            };
        }

        @Override
        public void waitEnds() {
            waits.set(0);
        }

        @Override
        public Listener listener() {
            return this;
        }

        @Override
        public void onHeaders(Response response) {
            cookie = response.getHeaders().get(HttpHeader.SET_COOKIE);
        }

        @Override
        public void onContent(Response response, Content.Chunk chunk, Runnable demander) {
            ByteBuffer bytes = chunk.getByteBuffer();
            while (bytes.hasRemaining()) {
                body.write(bytes.get());
            }
            if (slow) {
                held = demander;
            } else {
                demander.run();
            }
        }

        void hurry() {
            await().until(() -> held != null);
            slow = false;
            held.run();
        }

        @Override
        public void onBrokenOff(Response response, Result result) {
            failure = "broken off";
            ended.countDown();
        }

        @Override
        public void onComplete(Result result) {
            failure = result.isFailed() ? "failed" : null;
            ended.countDown();
        }

        String answer() {
            await().until(() -> ended.getCount() == 0);
            return failure == null ? body.toString() : failure;
        }
    }
}
