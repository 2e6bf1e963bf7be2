package dev.nomadgate.standin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The stand-in's HTTP side, seen from outside. */
@Timeout(60)
class StandInNomadTest {
    private static final String HOST = "127.0.0.1";

    private StandInNomad nomad;
    private int port;

    @BeforeEach
    void start() {
        nomad = StandInNomad.start();
        port = nomad.port();
    }

    @AfterEach
    void stop() {
        nomad.close();
    }

    @Test
    void recordsTargetsAndFieldsExactlyAsTheyCame() throws IOException {
        String target = "/echo/team%2Fbatch;b=c?command=[\"/bin/sh\"]&x=%zz";
        RawHttp.Response answer = RawHttp.get(HOST, port, target, "X-Twice: 1", "x-twice:  2");
        RecordedRequest request = nomad.awaitRequest(r -> r.rawTarget().startsWith("/echo"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(request.rawTarget()).isEqualTo(target);
        assertThat(request.headers("X-TWICE")).containsExactly("1", "2");
        assertThat(request.rawHead()).contains("x-twice:  2\r\n");
        assertThat(request.parameter("command")).isEqualTo("[\"/bin/sh\"]");
    }

    @Test
    void keepsAConnectionAndTakesBothKindsOfBodies() throws IOException {
        try (RawHttp http = RawHttp.connect(HOST, port)) {
            http.write("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc");
            assertThat(http.readResponse().status()).isEqualTo(200);
            http.write("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n");
            assertThat(http.readResponse().text()).contains("\"bodyLength\":3");
        }
        List<RecordedRequest> requests = nomad.requests();
        assertThat(requests).hasSize(2).allSatisfy(r -> {
            assertThat(r.body()).asString().isEqualTo("abc");
            assertThat(r.bodySha256()).isEqualTo(Payload.sha256(new ByteArrayInputStream("abc".getBytes())));
            assertThat(r.bodyComplete()).isTrue();
        });
        assertThat(requests.get(0).connection()).isEqualTo(requests.get(1).connection());
    }

    @Test
    void aStallHoldsBackAndLosesNothing() throws IOException {
        try (RawHttp http = RawHttp.connect(HOST, port)) {
            assertThat(http.write(RawHttp.request("GET", HOST, port, "/v1/jobs")).readResponse().status()).isEqualTo(200);
            nomad.stall();
            http.write(RawHttp.request("GET", HOST, port, "/v1/jobs")).patience(Duration.ofMillis(100));
            assertThatThrownBy(http::read).isInstanceOf(AssertionError.class);
            nomad.endStall();
            assertThat(http.patience(Duration.ofSeconds(20)).readResponse().status()).isEqualTo(200);
        }
    }

    @Test
    void resetsEveryConnectionAndGoesOn() throws IOException {
        try (RawHttp one = RawHttp.connect(HOST, port); RawHttp other = RawHttp.connect(HOST, port)) {
            for (RawHttp http : List.of(one, other)) {
                http.write(RawHttp.request("GET", HOST, port, "/v1/jobs")).readResponse();
            }
            nomad.resetConnections();
            for (RawHttp http : List.of(one, other)) {
                assertThat(http.read()).isNegative();
                assertThat(http.wasReset()).isTrue();
            }
        }
        assertThat(RawHttp.get(HOST, port, "/v1/jobs").status()).isEqualTo(200);
    }

    @Test
    void tellsOfRequestsInsteadOfKeepingThem() throws IOException {
        List<String> told = new CopyOnWriteArrayList<>();
        try (StandInNomad forgetful = StandInNomad.startOn(0, request -> told.add(request.rawTarget()))) {
            RawHttp.get(HOST, forgetful.port(), "/v1/jobs");
            assertThat(told).containsExactly("/v1/jobs");
            assertThat(forgetful.requests()).isEmpty();
        }
    }

    @Test
    void saysContinueOnlyToAReader() throws IOException {
        try (RawHttp http = RawHttp.connect(HOST, port)) {
            http.write("PUT /echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\n");
            assertThat(http.readHead().status()).isEqualTo(100);
            http.write("x");
            assertThat(http.readResponse().status()).isEqualTo(200);
        }
        try (RawHttp http = RawHttp.connect(HOST, port)) {
            http.write("PUT /v1/nothing HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\n");
            RawHttp.Head head = http.readHead();
            assertThat(head.status()).isEqualTo(404);
            assertThat(head.header("Connection")).isEqualTo("close");
        }
    }

    @Test
    void aBodyThatBreaksOffIsNotComplete() throws IOException {
        try (RawHttp http = RawHttp.connect(HOST, port)) {
            http.write("PUT /v1/operator/snapshot HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc");
            RecordedRequest request = nomad.awaitRequest(r -> r.method().equals("PUT"));
            http.reset();
            await().until(() -> nomad.openConnections() == 0);
            assertThat(request.bodyComplete()).isFalse();
            assertThat(request.bodySha256()).isNull();
        }
    }

    @Test
    void redirectsLikeNomad() throws IOException {
        assertThat(location("/")).isEqualTo("307 /ui/");
        assertThat(location("/v1//jobs?a=b")).isEqualTo("307 /v1/jobs?a=b");
        assertThat(location("/v1/x/../job/team%2Fa")).isEqualTo("307 /v1/job/team%2Fa");
        RawHttp.Response unknown = RawHttp.get(HOST, port, "/v1/nothing");
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.text()).startsWith("Invalid");
    }

    private String location(String target) throws IOException {
        RawHttp.Response answer = RawHttp.get(HOST, port, target);
        return answer.status() + " " + answer.header("Location");
    }

    @Test
    void servesTheDemoPageCompressedWhenAsked() throws IOException {
        RawHttp.Response plain = RawHttp.get(HOST, port, "/ui/");
        RawHttp.Response packed = RawHttp.get(HOST, port, "/ui/", "Accept-Encoding: gzip");
        assertThat(plain.header("Content-Security-Policy")).contains("script-src 'self'");
        assertThat(plain.header("Vary")).isEqualTo("Accept-Encoding");
        assertThat(packed.header("Content-Encoding")).isEqualTo("gzip");
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed.body()))) {
            assertThat(in.readAllBytes()).isEqualTo(plain.body());
        }
        RawHttp.Response head = RawHttp.send(HOST, port, "HEAD /ui/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        assertThat(head.header("Content-Length")).isEqualTo("" + plain.body().length);
        assertThat(plain.text()).contains("stand-in");
    }

    @Test
    void theDemoPageAndItsFilesAreThere() throws IOException {
        for (String path : List.of("/ui/exec/demo/demo/sh", "/ui/assets/style.css", "/ui/assets/home.js",
                "/ui/assets/exec.js", "/ui/assets/terminal.js")) {
            assertThat(RawHttp.get(HOST, port, path).status()).as(path).isEqualTo(200);
        }
        assertThat(RawHttp.get(HOST, port, "/ui/assets/../../x").status()).isEqualTo(307);
        assertThat(RawHttp.get(HOST, port, "/ui/assets/none.js").status()).isEqualTo(404);
    }

    @Test
    void aBlockingQueryWaitsForTheIndexOrItsTime() throws IOException {
        RawHttp.Response now = RawHttp.get(HOST, port, "/v1/jobs");
        assertThat(now.header("X-Nomad-KnownLeader")).isEqualTo("true");
        String index = now.header("X-Nomad-Index");
        try (RawHttp http = RawHttp.connect(HOST, port)) {
            http.write(RawHttp.request("GET", HOST, port, "/v1/jobs?index=" + index));
            nomad.awaitRequest(r -> r.rawTarget().endsWith("index=" + index));
            http.patience(Duration.ofMillis(150));
            assertThatThrownBy(http::readHead).isInstanceOf(AssertionError.class).hasMessageContaining("nothing came");
        }
        long start = System.nanoTime();
        assertThat(RawHttp.get(HOST, port, "/v1/jobs?index=" + index + "&wait=200ms").status()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(199), Duration.ofSeconds(5));
        try (RawHttp http = RawHttp.connect(HOST, port)) {
            nomad.clear();
            http.write(RawHttp.request("GET", HOST, port, "/v1/allocations?index=" + index));
            nomad.awaitRequest(r -> r.rawTarget().startsWith("/v1/allocations"));
            nomad.bumpIndex();
            assertThat(http.readResponse().header("X-Nomad-Index")).isEqualTo("" + (Long.parseLong(index) + 1));
        }
    }

    @Test
    void aFollowedLogBeatsAndDeliversAtOnceInChunksOfItsOwn() throws IOException {
        try (RawHttp http = RawHttp.connect(HOST, port)) {
            http.write(RawHttp.request("GET", HOST, port, "/v1/client/fs/logs/" + StandInNomad.ALLOC
                    + "?task=sh&type=stdout&follow=true"));
            assertThat(http.readHead().header("Transfer-Encoding")).isEqualTo("chunked");
            assertThat(http.readChunk()).asString().isEqualTo("{}");
            nomad.log("one line");
            String frame = new String(http.readChunk(), StandardCharsets.UTF_8);
            assertThat(frame).contains("\"File\":\"alloc/logs/sh.stdout.0\"")
                    .contains(Base64.getEncoder().encodeToString("one line\n".getBytes()));
        }
        await().until(() -> nomad.openConnections() == 0);
    }

    @Test
    void aPlainLogHasNoHeadBeforeItsFirstOutput() throws IOException {
        try (RawHttp http = RawHttp.connect(HOST, port)) {
            http.write(RawHttp.request("GET", HOST, port, "/v1/client/fs/logs/" + StandInNomad.ALLOC
                    + "?follow=true&plain=true"));
            nomad.awaitRequest(r -> true);
            http.patience(Duration.ofMillis(1300));
            assertThatThrownBy(http::read).isInstanceOf(AssertionError.class);
            nomad.log("hello");
            assertThat(http.readHead().status()).isEqualTo(200);
            assertThat(http.readChunk()).asString().isEqualTo("hello\n");
            nomad.close();
            assertThat(http.readToEnd()).isEmpty();
            assertThat(http.bodyComplete()).isFalse();
        }
    }

    @Test
    void theEventStreamEndsOnlyAtEof() throws IOException {
        try (RawHttp http = RawHttp.connect(HOST, port)) {
            http.write(RawHttp.request("GET", HOST, port, "/v1/event/stream", "Accept-Encoding: gzip"));
            RawHttp.Head head = http.readHead();
            assertThat(head.header("Connection")).isEqualTo("close");
            assertThat(head.header("Content-Length")).isNull();
            assertThat(head.header("Transfer-Encoding")).isNull();
            assertThat(http.readSome()).asString().isEqualTo("{}\n");
            nomad.event("{\"Index\":1}");
            assertThat(http.readSome()).asString().isEqualTo("{\"Index\":1}\n");
            assertThat(nomad.countedConnections()).isZero();
            nomad.close();
            assertThat(http.readSome()).isNull();
        }
    }

    @Test
    void snapshotsCrossBothWaysUnheld() throws IOException {
        long size = 3_000_001;
        try (RawHttp http = RawHttp.connect(HOST, port)) {
            http.write(RawHttp.request("GET", HOST, port, "/v1/operator/snapshot?bytes=" + size));
            assertThat(http.readHead().status()).isEqualTo(200);
            assertThat(Payload.sha256(http.bodyStream())).isEqualTo(Payload.sha256(size));
            assertThat(http.bodyComplete()).isTrue();
            http.write("PUT /v1/operator/snapshot HTTP/1.1\r\nHost: x\r\nContent-Length: " + size + "\r\n\r\n");
            http.write(Payload.stream(size).readAllBytes());
            assertThat(http.readResponse().text()).contains(Payload.sha256(size), "" + size);
        }
    }

    @Test
    void tokensAreReadFromNomadsTwoFields() throws IOException {
        nomad.requireToken("secret");
        assertThat(RawHttp.get(HOST, port, "/v1/jobs").text()).isEqualTo("Permission denied");
        assertThat(RawHttp.get(HOST, port, "/v1/jobs", "Authorization: Bearer foreign").status()).isEqualTo(403);
        assertThat(RawHttp.get(HOST, port, "/v1/jobs", "Authorization: Basic foreign").text())
                .isEqualTo("Permission denied");
        assertThat(RawHttp.get(HOST, port, "/v1/jobs", "Authorization: Bearer secret").status()).isEqualTo(200);
        assertThat(RawHttp.get(HOST, port, "/v1/jobs", "X-Nomad-Token: secret", "Authorization: Bearer x").status())
                .isEqualTo(200);
        assertThat(RawHttp.get(HOST, port, "/v1/agent/health?type=server").status()).isEqualTo(200);
    }

    @Test
    void scriptsCanBreakEveryRule() throws IOException {
        nomad.script("/v1/truncated", (request, wire) -> {
            wire.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");
            wire.close();
        });
        nomad.script("/v1/reset", (request, wire) -> {
            wire.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
            wire.reset();
        });
        RawHttp.Response truncated = RawHttp.get(HOST, port, "/v1/truncated");
        assertThat(truncated.bodyComplete()).isFalse();
        assertThat(truncated.text()).isEqualTo("abc");
        try (RawHttp http = RawHttp.connect(HOST, port)) {
            http.write(RawHttp.request("GET", HOST, port, "/v1/reset"));
            assertThat(http.readHead().status()).isEqualTo(200);
            assertThat(http.readToEnd()).asString().isEqualTo("abc");
            assertThat(http.bodyComplete()).isFalse();
            assertThat(http.wasReset()).isTrue();
        }
    }

    @Test
    void aScriptSeesItsPeerLeave() throws Exception {
        var left = new java.util.concurrent.CompletableFuture<Boolean>();
        nomad.script("/silent", (request, wire) -> left.complete(wire.awaitPeerClose(Duration.ofSeconds(10))));
        try (RawHttp http = RawHttp.connect(HOST, port)) {
            http.write(RawHttp.request("GET", HOST, port, "/silent"));
            nomad.awaitRequest(r -> true);
            assertThat(nomad.openConnections()).isOne();
            http.reset();
        }
        assertThat(left.get()).isTrue();
        await().until(() -> nomad.openConnections() == 0);
    }

    @Test
    void refusesConnectionsAboveTheLimitAndCountsAbandonedQueries() throws IOException {
        nomad.connectionLimit(2);
        List<RawHttp> held = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            RawHttp http = RawHttp.connect(HOST, port);
            http.write(RawHttp.request("GET", HOST, port, "/v1/jobs?index=1000&wait=10s"));
            held.add(http);
        }
        await().until(() -> nomad.requests().size() == 2);
        try (RawHttp http = RawHttp.connect(HOST, port)) {
            RawHttp.Response refusal = http.readResponse();
            assertThat(refusal.status()).isEqualTo(429);
            assertThat(refusal.text()).startsWith("Your IP is issuing too many concurrent connections");
        }
        for (RawHttp http : held) {
            http.reset();
        }
        await().until(() -> nomad.openConnections() == 0);
        assertThat(nomad.countedConnections()).isEqualTo(2);
        Stream.generate(() -> 0).limit(1000).forEach(i -> nomad.bumpIndex());
        await().until(() -> nomad.countedConnections() == 0);
    }

    @Test
    void comesBackOnItsPort() throws IOException {
        assertThat(RawHttp.get(HOST, port, "/v1/jobs").status()).isEqualTo(200);
        nomad.close();
        assertThatThrownBy(() -> RawHttp.get(HOST, port, "/v1/jobs")).isInstanceOf(IOException.class);
        try (StandInNomad again = StandInNomad.startOn(port)) {
            assertThat(again.address()).isEqualTo(URI.create("http://127.0.0.1:" + port));
            assertThat(RawHttp.get(HOST, port, "/v1/jobs").status()).isEqualTo(200);
        }
    }

    @Test
    void upgradesEverywhereUnderV1AndThenHangs() throws IOException {
        try (RawWebSocket socket = RawWebSocket.open(HOST, port, "/v1/jobs", Map.of())) {
            socket.sendText("{}");
            assertThatThrownBy(() -> socket.readFrame(Duration.ofMillis(200))).isInstanceOf(AssertionError.class);
        }
        RawHttp.Response plain = RawHttp.get(HOST, port, "/v1/jobs", "Upgrade: websocket");
        assertThat(plain.status()).isEqualTo(200);
    }
}
