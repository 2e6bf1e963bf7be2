package dev.nomadgate.contract.exec;

import static dev.nomadgate.standin.StandInNomad.ECHO_ALLOC;
import static dev.nomadgate.standin.StandInNomad.SCRIPT_ALLOC;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nomadgate.contract.containers.ContainerKind;
import dev.nomadgate.standin.Frame;
import dev.nomadgate.standin.HandshakeRefused;
import dev.nomadgate.standin.RawHttp;
import dev.nomadgate.standin.RawWebSocket;
import dev.nomadgate.standin.RecordedRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nomad is asked first, and the browser gets Nomad's answer. */
class HandshakeIT extends ExecContract {

    /** What Nomad answers to {@link #KEY} (RFC 6455 §1.3). */
    private static final String SWITCHING = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
            + "Connection: Upgrade\r\nSec-WebSocket-Accept: %s\r\n";

    HandshakeIT(ContainerKind kind) {
        super(kind);
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "Connection: Upgrade\r\nUpgrade: websocket",
            "Connection: keep-alive, Upgrade\r\nUpgrade: websocket",
            "Connection: upgrade, X-Hop\r\nX-Hop: 1\r\nUpgrade: WebSocket"})
    void nomadGetsExactlyTheUpgradeItWantsWhateverTheBrowserSent(String lines) throws IOException {
        RawHttp.Head head = answer("GET " + exec(ECHO_ALLOC) + " HTTP/1.1\r\nHost: 127.0.0.1:" + gate.port() + "\r\n"
                + lines + "\r\nSec-WebSocket-Key: " + KEY + "\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n\r\n");

        RecordedRequest request = nomad.requests().get(0);
        assertThat(request.headers("Connection")).containsExactly("Upgrade");
        assertThat(request.headers("Upgrade")).containsExactly("websocket");
        assertThat(request.headers("Sec-WebSocket-Version")).containsExactly("13");
        assertThat(request.headers("Sec-WebSocket-Key")).hasSize(1);
        assertThat(request.headers("Sec-WebSocket-Extensions")).isEmpty();
        assertThat(request.header("X-Hop")).isNull();
        assertThat(head.status()).isEqualTo(101);
        assertThat(head.header("Upgrade")).isEqualToIgnoringCase("websocket");
        assertThat(head.header("Connection")).containsIgnoringCase("upgrade");
        assertThat(head.header("Sec-WebSocket-Accept")).isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
        assertThat(head.header("Sec-WebSocket-Extensions")).isNull();
    }

    @Test
    void aSubprotocolIsOfferedToNomadAndChosenByNomadAlone() throws IOException {
        Map<String, String> offer = Map.of("Sec-WebSocket-Protocol", "one, two");
        assertThat(browser(exec(ECHO_ALLOC), offer, 0).header("Sec-WebSocket-Protocol")).isNull();
        assertThat(String.join(", ", nomad.requests().get(0).headers("Sec-WebSocket-Protocol"))).isEqualTo("one, two");

        nomad.subprotocol("two");
        assertThat(browser(exec(ECHO_ALLOC), offer, 0).header("Sec-WebSocket-Protocol")).isEqualTo("two");
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "?task=sh&command=[\"/bin/sh\"]&tty=true&ws_handshake=true",
            "?task=sh&command=%5B%22%2Fbin%2Fsh%22%5D&tty=true",
            "?command=[\"/bin/sh\",\"-c\",\"a|b\"]&x={y}^`z`",
            "?a=%2f%2F&&b=+&c=%C3%B6&d",
            "?",
            ""})
    void pathAndQueryReachNomadByteForByte(String query) throws IOException {
        String target = exec(ECHO_ALLOC) + query;
        browser(target, Map.of(), 0);

        assertThat(nomad.requests().get(0).rawTarget()).isIn(target, target.replaceFirst("\\?$", ""));
    }

    @Test
    void aJobsNameWithASlashReachesTheActionEndpointAsItIs() throws IOException {
        browser("/v1/job/team%2Fbatch/action?action=greet&task=sh&group=demo", Map.of(), 0);

        assertThat(nomad.requests().get(0).rawTarget())
                .isEqualTo("/v1/job/team%2Fbatch/action?action=greet&task=sh&group=demo");
    }

    @Test
    void tokensAndOrdinaryHeadersPassAndForwardedOnesAreTheGatesOwn() throws IOException {
        browser(exec(ECHO_ALLOC), Map.of("X-Nomad-Token", "t0ken", "Authorization", "Bearer b", "Cookie", "a=b",
                "User-Agent", "me", "X-Forwarded-For", "6.6.6.6", "X-Real-IP", "6.6.6.6",
                "Forwarded", "for=6.6.6.6", "X-Forwarded-Host", "evil.example"), 0);

        RecordedRequest request = nomad.requests().get(0);
        assertThat(request.headers("X-Nomad-Token")).containsExactly("t0ken");
        assertThat(request.headers("Authorization")).containsExactly("Bearer b");
        assertThat(request.headers("Cookie")).containsExactly("a=b");
        assertThat(request.headers("User-Agent")).containsExactly("me");
        assertThat(request.headers("X-Forwarded-For")).containsExactly("127.0.0.1");
        assertThat(request.headers("X-Forwarded-Host")).containsExactly("127.0.0.1:" + gate.port());
        assertThat(request.rawHead()).doesNotContain("6.6.6.6", "evil.example");
        assertThat(request.header("Pragma")).isNull();
        assertThat(request.header("Cache-Control")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "Sec-WebSocket-Key: " + KEY,
            "Sec-WebSocket-Key: " + KEY + "\r\nSec-WebSocket-Version: 12",
            "Sec-WebSocket-Key: " + KEY + "\r\nSec-WebSocket-Version: 13, 8",
            "Sec-WebSocket-Key: " + KEY + "\r\nSec-WebSocket-Version: 8\r\nSec-WebSocket-Version: 13",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key:",
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: short",
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAAA=",
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: " + KEY + "\r\nSec-WebSocket-Key: " + KEY,
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: " + KEY + "\r\nSec-WebSocket-Protocol: a\"b",
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: " + KEY
                    + "\r\nSec-WebSocket-Protocol: a\r\nSec-WebSocket-Protocol: b, c d",
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: " + KEY + "\r\nContent-Length: 40",
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: " + KEY + "\r\nTransfer-Encoding: chunked"})
    void aHandshakeThatIsNotValidIs400BeforeNomadHearsOfIt(String lines) throws IOException {
        RawHttp.Head head = answer("GET " + exec(ECHO_ALLOC) + " HTTP/1.1\r\nHost: 127.0.0.1:" + gate.port()
                + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n" + lines + "\r\n\r\n");

        assertThat(head.status()).isEqualTo(400);
        assertThat(head.header("Sec-WebSocket-Version")).isEqualTo("13");
        assertThat(nomad.requests()).isEmpty();
    }

    @Test
    void theBrowserHasNothingUntilNomadSends101AndNoEarlyFrameIsForwardedOrLost() throws Exception {
        CountDownLatch looked = new CountDownLatch(1);
        ByteArrayOutputStream early = new ByteArrayOutputStream();
        CountDownLatch answered = new CountDownLatch(1);
        nomad.script(exec(SCRIPT_ALLOC), (request, wire) -> {
            await(looked);
            wire.write(SWITCHING.formatted(accept(request)) + "\r\n");
            answered.countDown();
            for (int b; (b = wire.read()) >= 0; ) {
                synchronized (early) {
                    early.write(b);
                }
            }
        });
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(handshake(exec(SCRIPT_ALLOC)).getBytes(StandardCharsets.ISO_8859_1));
        all.writeBytes(RawWebSocket.encode(Frame.TEXT, true, bytes("early")));
        RawHttp http = keep(RawHttp.connect("127.0.0.1", gate.port())).write(all.toByteArray());
        nomad.awaitRequest(request -> true);

        RawHttp other = keep(RawHttp.connect("127.0.0.1", gate.port()));
        other.write("GET /echo HTTP/1.1\r\nHost: x\r\n\r\n").readResponse();
        assertThat(available(http)).isZero();
        synchronized (early) {
            assertThat(early.size()).isZero();
        }
        looked.countDown();

        assertThat(http.readHead().status()).isEqualTo(101);
        await(answered);
        eventually("the early frame").until(() -> {
            synchronized (early) {
                // A masked text frame of five bytes.
                return early.size() == 11;
            }
        });
        http.close();
        eventually("the gate's end").until(() -> nomad.openSessions() == 0);
    }

    @Test
    void framesInTheSameSegmentAsNomads101ArriveInOrder() throws Exception {
        nomad.script(exec(SCRIPT_ALLOC), (request, wire) -> {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.writeBytes((SWITCHING.formatted(accept(request)) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            for (int i = 0; i < 100; i++) {
                out.writeBytes(new byte[] {(byte) 0x81, 3, '0', (byte) ('0' + i / 10), (byte) ('0' + i % 10)});
            }
            out.writeBytes(new byte[] {(byte) 0x88, 2, 3, (byte) 0xe8});
            wire.write(out.toByteArray());
            wire.awaitPeerClose(SOON);
        });
        RawWebSocket browser = browser(SCRIPT_ALLOC);
        for (int i = 0; i < 100; i++) {
            assertThat(browser.readText(SOON)).isEqualTo("%03d".formatted(i));
        }
        assertThat(browser.readClose(SOON).closeCode()).isEqualTo(1000);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 307, 401, 403, 404, 405, 429, 500, 503})
    void whateverElseNomadAnswersReachesTheClientWithHeadersAndBody(int status) throws Exception {
        nomad.script(exec(SCRIPT_ALLOC), (request, wire) -> wire.write("HTTP/1.1 " + status + " Whatever\r\n"
                + "X-Nomad-Index: 7\r\nX-Twice: a\r\nX-Twice: b\r\nContent-Type: text/plain\r\nLocation: /ui/\r\n"
                + "WWW-Authenticate: Basic\r\nProxy-Connection: close\r\nContent-Length: 5\r\n\r\nwords"));
        HandshakeRefused refused = refusal(exec(SCRIPT_ALLOC), Map.of());

        assertThat(refused.status()).isEqualTo(status);
        assertThat(refused.body()).isEqualTo("words");
        assertThat(refused.header("X-Nomad-Index")).isEqualTo("7");
        assertThat(refused.header("Location")).isEqualTo("/ui/");
        assertThat(refused.header("Content-Type")).startsWith("text/plain");
        assertThat(refused.headers().stream().filter(h -> h.getKey().equalsIgnoreCase("X-Twice"))
                .map(Map.Entry::getValue).toList()).isEqualTo(List.of("a", "b"));
    }

    @Test
    void aRefusalInChunksAndOfHalfAMegabyteArrivesWhole() throws Exception {
        String body = "refused ".repeat(64 * 1024);
        nomad.script(exec(SCRIPT_ALLOC), (request, wire) -> wire.write("HTTP/1.1 500 No\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(body.length()) + "\r\n" + body
                + "\r\n0\r\n\r\n"));
        HandshakeRefused refused = refusal(exec(SCRIPT_ALLOC), Map.of());

        assertThat(refused.status()).isEqualTo(500);
        assertThat(refused.body().length()).isEqualTo(body.length());
    }

    @Test
    void nomadsOwnRefusalsAreItsOwnWords() throws Exception {
        nomad.script(exec(SCRIPT_ALLOC), (request, wire) -> wire.write("HTTP/1.1 403 Forbidden\r\n"
                + "Sec-Websocket-Version: 13\r\nContent-Length: 17\r\n\r\nPermission denied"));

        assertThat(refusal(exec(SCRIPT_ALLOC), Map.of()).body()).isEqualTo("Permission denied");
    }

    private static int available(RawHttp http) throws IOException {
        try {
            http.patience(Duration.ofMillis(1)).read();
            return 1;
        } catch (AssertionError nothing) {
            return 0;
        } finally {
            http.patience(SOON);
        }
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            if (!latch.await(SOON.toSeconds(), TimeUnit.SECONDS)) {
                throw new IOException("waited in vain");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static String accept(RecordedRequest request) {
        try {
            return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1")
                    .digest((request.header("Sec-WebSocket-Key") + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")
                            .getBytes(StandardCharsets.ISO_8859_1)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
