package dev.nomadgate.contract.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nomadgate.contract.GateUnderTest;
import dev.nomadgate.contract.containers.ContainerKind;
import dev.nomadgate.standin.RawHttp;
import dev.nomadgate.standin.RecordedRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A request's body on its way to Nomad. */
class UploadIT extends HttpContract {

    UploadIT(ContainerKind kind) {
        super(GateUnderTest.shared(kind));
    }

    @Test
    void everyChunkReachesNomadBeforeTheNextIsSent() throws IOException {
        try (RawHttp http = connect()) {
            http.write(request("PUT", "/echo/x", "Transfer-Encoding: chunked") + "4\r\nfour\r\n");
            RecordedRequest received = received("/echo/x");
            await().until(() -> received.bodyLength() == 4);
            for (int i = 2; i <= 20; i++) {
                http.write("4\r\nfour\r\n");
                long expected = 4L * i;
                await().until(() -> received.bodyLength() == expected);
            }
            http.write("0\r\n\r\n");
            assertThat(http.readResponse().status()).isEqualTo(200);
            assertThat(received.body()).asString().isEqualTo("four".repeat(20));
            assertThat(received.headers("Transfer-Encoding")).containsExactly("chunked");
            assertThat(received.headers("Content-Length")).isEmpty();
        }
    }

    @Test
    void everyPieceOfABodyWithLengthReachesNomadBeforeTheNextIsSent() throws IOException {
        try (RawHttp http = connect()) {
            http.write(request("PUT", "/echo/x", "Content-Length: 40") + "four");
            RecordedRequest received = received("/echo/x");
            await().until(() -> received.bodyLength() == 4);
            for (int i = 2; i <= 10; i++) {
                http.write("four");
                long expected = 4L * i;
                await().until(() -> received.bodyLength() == expected);
            }
            assertThat(http.readResponse().status()).isEqualTo(200);
            assertThat(received.headers("Content-Length")).containsExactly("40");
        }
    }

    /** More of them than there are connections. Those that ask first may hold some, but not all. */
    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 4", "Transfer-Encoding: chunked",
        "Transfer-Encoding: chunked\r\nExpect: 100-continue"})
    void uploadsThatDoNotBeginLeaveConnectionsToOthers(String announcement) throws IOException {
        List<RawHttp> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 100; i++) {
                clients.add(connect().write(request("PUT", "/echo/idle", announcement)));
            }
            // Half a chunk's header is no piece of a body either.
            if (announcement.endsWith("chunked")) {
                clients.get(0).write("4");
            }
            for (int i = 0; i < 20; i++) {
                assertThat(get("/echo/x").status()).isEqualTo(200);
            }
            if (!announcement.contains("Expect")) {
                assertThat(nomad.requests()).noneMatch(request -> request.rawTarget().equals("/echo/idle"));
            }
            RawHttp last = clients.get(99);
            last.write(announcement.startsWith("Content-Length") ? "four" : "4\r\nfour\r\n0\r\n\r\n");
            assertThat(last.readResponse().status()).isEqualTo(200);
            await().until(() -> nomad.requests().stream().anyMatch(request -> request.rawTarget().equals("/echo/idle")
                    && new String(request.body(), StandardCharsets.US_ASCII).equals("four")));
        } finally {
            clients.forEach(RawHttp::close);
        }
    }

    @Test
    void aBodyOfLengthZeroIsNotWaitedFor() throws IOException {
        for (String announcement : List.of("Content-Length: 0", "Transfer-Encoding: chunked\r\n\r\n0")) {
            try (RawHttp http = connect()) {
                http.write(request("PUT", "/echo/x", announcement));
                assertThat(http.readResponse().status()).isEqualTo(200);
            }
        }
    }

    @Test
    void aNomadThatDoesNotReadStopsTheClient() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        nomad.script("/slow", (request, wire) -> {
            Waits.until(go);
            wire.body().transferTo(java.io.OutputStream.nullOutputStream());
            wire.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        });
        long size = 64L << 20;
        AtomicLong sent = new AtomicLong();
        try (RawHttp http = connect()) {
            http.write(request("PUT", "/slow", "Content-Length: " + size));
            Thread client = new Thread(() -> {
                byte[] piece = new byte[64 << 10];
                try {
                    for (long left = size; left > 0; left -= piece.length) {
                        http.write(piece);
                        sent.addAndGet(piece.length);
                    }
                } catch (IOException e) {
                    sent.set(-1);
                }
            });
            client.start();
            // Blocked in write: the socket buffers of both connections are all that took anything.
            AtomicLong last = new AtomicLong(-1);
            await().pollInterval(java.time.Duration.ofMillis(150))
                    .until(() -> sent.get() > 0 && last.getAndSet(sent.get()) == sent.get());
            assertThat(sent.get()).isLessThan(size / 2);
            go.countDown();
            client.join(20_000);
            assertThat(sent.get()).isEqualTo(size);
            assertThat(http.readResponse().status()).isEqualTo(200);
            assertThat(received("/slow").bodyLength()).isEqualTo(size);
        }
    }

    @Test
    void theBodyMayWaitForA100() throws IOException {
        try (RawHttp http = connect()) {
            http.write(request("PUT", "/echo/x", "Content-Length: 4", "Expect: 100-continue"));
            assertThat(http.readHead().status()).isEqualTo(100);
            http.write("four");
            assertThat(http.readResponse().status()).isEqualTo(200);
            assertThat(received("/echo/x").body()).asString().isEqualTo("four");
        }
    }

    /** Tomcat says 100 before any servlet is asked, unless its connector has continueResponseTiming="onRead". */
    @Test
    void nomadMayRefuseWithout100() throws IOException {
        nomad.script("/x", (request, wire) ->
                wire.write("HTTP/1.1 413 Too Large\r\nContent-Length: 3\r\nConnection: close\r\n\r\nbig").close());
        try (RawHttp http = connect()) {
            http.write(request("PUT", "/x", "Content-Length: 4", "Expect: 100-continue"));
            RawHttp.Head head = http.readHead();
            if (gate.kind().isTomcat() && head.status() == 100) {
                head = http.readHead();
            }
            assertThat(head.status()).isEqualTo(413);
            assertThat(http.readToEnd()).asString().isEqualTo("big");
            assertThat(received("/x").bodyLength()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 0\r\n\r\n", "Content-Length: 2\r\n\r\nno",
        "Transfer-Encoding: chunked\r\n\r\n2\r\nno\r\n0\r\n\r\n"})
    void anAnswerThatDoesNotWaitForTheBodyArrives(String rest) throws IOException {
        CompletableFuture<Boolean> closed = new CompletableFuture<>();
        nomad.script("/x", (request, wire) -> {
            wire.write("HTTP/1.1 403 Forbidden\r\n" + rest);
            closed.complete(wire.awaitPeerClose(Duration.ofSeconds(20)));
        });
        try (RawHttp http = connect()) {
            http.write(request("PUT", "/x", "Content-Length: 1000000") + "begin");
            RawHttp.Response response = http.readResponse();
            assertThat(response.status()).isEqualTo(403);
            assertThat(response.text()).isEqualTo(rest.contains("no") ? "no" : "");
            assertThat(response.bodyComplete()).isTrue();
        }
        assertThat(closed).as("the connection, on which the rest of the body would be expected, is closed")
                .succeedsWithin(Duration.ofSeconds(20)).isEqualTo(true);
    }

    @Test
    void aClientThatLeavesInTheMiddleEndsTheRequestAndIsNotNomadsFault() throws IOException {
        try (RawHttp http = connect()) {
            http.write(request("PUT", "/echo/x", "Content-Length: 1000") + "begin");
            RecordedRequest received = received("/echo/x");
            await().until(() -> received.bodyLength() == 5);
            int before = nomad.openConnections();
            http.close();
            await().until(() -> nomad.openConnections() < before);
            assertThat(received.bodyComplete()).isFalse();
        }
        assertThat(log()).noneMatch(line -> line.contains("closed the connection"));
        assertThat(get("/echo/y").status()).isEqualTo(200);
    }

    @Test
    void aBadChunkFromTheClientIs400AndNoWholeBody() throws IOException {
        try (RawHttp http = connect()) {
            http.write(request("PUT", "/echo/x", "Transfer-Encoding: chunked") + "4\r\nfour\r\n");
            RecordedRequest received = received("/echo/x");
            await().until(() -> received.bodyLength() == 4);
            http.write("what?\r\n");
            if (gate.kind().isTomcat()) {
                // It takes its parser's error for the end of the connection.
                assertThat(http.read()).isNegative();
            } else {
                assertThat(http.readResponse().status()).isEqualTo(400);
            }
            assertThat(received.bodyComplete()).isFalse();
        }
    }
}
