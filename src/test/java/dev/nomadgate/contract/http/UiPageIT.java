package dev.nomadgate.contract.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nomadgate.contract.GateUnderTest;
import dev.nomadgate.contract.containers.ContainerKind;
import dev.nomadgate.standin.RawHttp;
import dev.nomadgate.standin.RecordedRequest;
import dev.nomadgate.standin.Wire;
import dev.nomadgate.ui.NomadsPage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page of Nomad's UI below a context path. */
class UiPageIT extends HttpContract {

    private static final String AT = "/nomad-gate";
    private static final String CSP = "Content-Security-Policy: default-src 'none'; script-src 'self'; frame-ancestors 'none'";
    private static final String VALIDATORS = "ETag: \"nomads\"\r\nLast-Modified: Sun, 06 Nov 1994 08:49:37 GMT\r\nAccept-Ranges: bytes";
    private static final byte[] PAGE = NomadsPage.TEXT.getBytes(UTF_8);
    private static final byte[] ADAPTED = NomadsPage.below(AT).getBytes(UTF_8);

    UiPageIT(ContainerKind kind) {
        super(GateUnderTest.shared(kind, AT));
        page(200, PAGE);
    }

    private void page(int status, byte[] body, String... fields) {
        nomad.script("/ui", (request, wire) -> answer(request, wire, status, body, fields));
    }

    private static void answer(RecordedRequest request, Wire wire, int status, byte[] body, String... fields)
            throws IOException {
        List<String> head = new ArrayList<>(List.of("HTTP/1.1 " + status + " Some", CSP, VALIDATORS,
                "Vary: Accept-Encoding", "Content-Length: " + body.length));
        if (Arrays.stream(fields).noneMatch(field -> field.startsWith("Content-Type"))) {
            head.add("Content-Type: text/html; charset=utf-8");
        }
        head.addAll(List.of(fields));
        wire.write(String.join("\r\n", head) + "\r\n\r\n");
        if (!request.method().equals("HEAD")) {
            wire.write(body);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ui/", "/ui", "/ui/jobs/a%2Fb@default?namespace=*", "/ui/?/ui/assets/", "/ui/assets", "/ui/v1.0"})
    void everyAddressOfTheUiIsThePage(String target) throws IOException {
        RawHttp.Response response = get(AT + target, "Accept-Encoding: gzip, br", "Accept: text/html");
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(ADAPTED);
        assertThat(response.bodyComplete()).isTrue();
        assertThat(received(target).headers("Accept-Encoding")).containsExactly("identity");
    }

    @Test
    void theHeaderIsNomadsExceptForWhatDescribesItsBytes() throws IOException {
        page(200, PAGE, "Repr-Digest: sha-256=:x:", "X-Nomad: 1", "Set-Cookie: a=b; Path=/");
        RawHttp.Response response = get(AT + "/ui/");
        assertThat(response.headers("Content-Length")).containsExactly(Integer.toString(ADAPTED.length));
        assertThat(response.headers("ETag")).singleElement().asString().matches("\"[0-9a-f]{32}\"");
        assertThat(response.headers("Last-Modified")).isEmpty();
        assertThat(response.headers("Accept-Ranges")).isEmpty();
        assertThat(response.headers("Repr-Digest")).isEmpty();
        assertThat(response.headers("Content-Security-Policy")).containsExactly(CSP.split(": ", 2)[1]);
        assertThat(response.headers("Vary")).containsExactly("Accept-Encoding");
        assertThat(response.headers("X-Nomad")).containsExactly("1");
        assertThat(response.headers("Set-Cookie")).containsExactly("a=b; Path=" + AT + "/");
        assertThat(response.header("Content-Type").replace(" ", "")).isEqualTo("text/html;charset=utf-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Transfer-Encoding: chunked", "Connection: close", "Content-Length: "})
    void thePageMayComeInAnyFramingAndBitByBit(String framing) throws IOException {
        boolean chunked = framing.endsWith("chunked");
        nomad.script("/ui", (request, wire) -> {
            wire.write("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
                    + framing + (framing.endsWith(" ") ? PAGE.length : "") + "\r\n\r\n");
            for (int i = 0; i < PAGE.length; i += 100) {
                byte[] bytes = Arrays.copyOfRange(PAGE, i, Math.min(PAGE.length, i + 100));
                wire.write(chunked ? Integer.toHexString(bytes.length) + "\r\n" : "").write(bytes).write(chunked ? "\r\n" : "");
            }
            wire.write(chunked ? "0\r\n\r\n" : "");
            if (framing.endsWith("close")) {
                wire.close();
            }
        });
        RawHttp.Response response = get(AT + "/ui/");
        assertThat(response.body()).isEqualTo(ADAPTED);
        assertThat(response.headers("Content-Length")).containsExactly(Integer.toString(ADAPTED.length));
    }

    @Test
    void headSaysWhatGetWouldSay() throws IOException {
        RawHttp.Response page = get(AT + "/ui/");
        try (RawHttp http = connect()) {
            for (int i = 0; i < 2; i++) {
                RawHttp.Response head = http.expectNoBody().write(request("HEAD", AT + "/ui/")).readResponse();
                assertThat(head.status()).isEqualTo(200);
                for (String field : new String[] {"Content-Length", "ETag", "Vary", "Content-Type", "Last-Modified"}) {
                    assertThat(head.headers(field)).as(field).isEqualTo(page.headers(field));
                }
            }
            assertThat(http.write(request("GET", AT + "/ui/")).readResponse().body()).isEqualTo(ADAPTED);
        }
    }

    @Test
    void aPageThatTheClientHasIsNotSentAgain() throws IOException {
        String tag = get(AT + "/ui/").header("ETag");
        try (RawHttp http = connect()) {
            for (String known : new String[] {tag, "W/" + tag, "\"x\", " + tag, "*"}) {
                RawHttp.Response response = http.write(request("GET", AT + "/ui/", "Accept: text/html", "If-None-Match: " + known))
                        .readResponse();
                assertThat(response.status()).as(known).isEqualTo(304);
                assertThat(response.headers("ETag")).containsExactly(tag);
            }
            http.expectNoBody().write(request("HEAD", AT + "/ui/", "If-None-Match: " + tag));
            assertThat(http.readResponse().status()).isEqualTo(304);
        }
        page(200, NomadsPage.TEXT.replace("vendor-1", "vendor-2").getBytes(UTF_8));
        RawHttp.Response changed = get(AT + "/ui/", "If-None-Match: " + tag);
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.header("ETag")).isNotEqualTo(tag);
    }

    /** It may be from before the gate adapted pages. */
    @Test
    void aCopyOfNomadsOwnPageIsNotKept() throws IOException {
        for (String condition : new String[] {"If-None-Match: \"nomads\"", "If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT"}) {
            nomad.clear();
            assertThat(get(AT + "/ui/", condition, "Accept: text/html,*/*").body()).isEqualTo(ADAPTED);
            assertThat(received("/ui/").headers(condition.split(":")[0])).isEmpty();
        }
    }

    @Test
    void thePageComesWhole() throws IOException {
        RawHttp.Response response = get(AT + "/ui/", "Range: bytes=0-9", "If-Range: \"nomads\"", "If-Match: \"x\"",
                "If-Unmodified-Since: Sun, 06 Nov 1994 08:49:37 GMT");
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(ADAPTED);
        RecordedRequest received = received("/ui/");
        for (String field : new String[] {"Range", "If-Range", "If-Match", "If-Unmodified-Since"}) {
            assertThat(received.headers(field)).as(field).isEmpty();
        }
    }

    @Test
    void theIconBesideThePageIsNotTouched() throws IOException {
        byte[] icon = {0, 1, (byte) 0xff, '<', 'h', 'e', 'a', 'd', '>'};
        nomad.script("/ui/favicon.ico", (request, wire) -> {
            if (request.header("If-Modified-Since") != null) {
                wire.write("HTTP/1.1 304 Not Modified\r\nLast-Modified: Sun, 06 Nov 1994 08:49:37 GMT\r\n\r\n");
            } else {
                answer(request, wire, 200, icon, "Content-Type: image/vnd.microsoft.icon");
            }
        });
        RawHttp.Response response = get(AT + "/ui/favicon.ico");
        assertThat(response.body()).isEqualTo(icon);
        assertThat(response.headers("ETag")).containsExactly("\"nomads\"");
        assertThat(response.headers("Last-Modified")).containsExactly("Sun, 06 Nov 1994 08:49:37 GMT");
        assertThat(get(AT + "/ui/favicon.ico", "Accept: image/avif,image/*,*/*;q=0.8",
                "If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT").status()).isEqualTo(304);
        try (RawHttp http = connect()) {
            RawHttp.Response head = http.expectNoBody().write(request("HEAD", AT + "/ui/favicon.ico")).readResponse();
            assertThat(head.headers("Content-Length")).containsExactly("9");
            assertThat(http.write(request("GET", AT + "/ui/favicon.ico")).readResponse().body()).isEqualTo(icon);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ui/assets/x.html", "/v1/x", "/x", "/uix", "/client/ui/", "//ui/"})
    void everythingElseIsAskedForAndAnsweredAsEver(String target) throws IOException {
        nomad.script(target, (request, wire) -> answer(request, wire, 200, PAGE, "Content-Encoding: gzip"));
        RawHttp.Response response = get(AT + target, "Accept-Encoding: gzip, br", "Accept: text/html", "Range: bytes=0-9",
                "If-Range: \"a\"", "If-Match: \"b\"", "If-None-Match: \"c\"");
        assertThat(response.body()).isEqualTo(PAGE);
        assertThat(response.headers("Content-Encoding")).containsExactly("gzip");
        assertThat(response.headers("ETag")).containsExactly("\"nomads\"");
        assertThat(response.headers("Accept-Ranges")).containsExactly("bytes");
        RecordedRequest received = received(target);
        assertThat(received.headers("Accept-Encoding")).containsExactly("gzip, br");
        assertThat(received.headers("Range")).containsExactly("bytes=0-9");
        assertThat(received.headers("If-Range")).containsExactly("\"a\"");
        assertThat(received.headers("If-Match")).containsExactly("\"b\"");
        assertThat(received.headers("If-None-Match")).containsExactly("\"c\"");
    }

    @ParameterizedTest
    @CsvSource({"404, text/html", "500, text/html", "200, text/plain", "200, application/xhtml+xml"})
    void anAnswerThatIsNoPageIsNotTouched(int status, String type) throws IOException {
        page(status, PAGE, "Content-Type: " + type);
        RawHttp.Response response = get(AT + "/ui/");
        assertThat(response.status()).isEqualTo(status);
        assertThat(response.body()).isEqualTo(PAGE);
        assertThat(response.headers("ETag")).containsExactly("\"nomads\"");
    }

    @Test
    void aPageThatIsNotAsExpectedPassesAndTheOperatorIsToldOnce() throws IOException {
        byte[] headless = "<html><body><a href=/ui/>".getBytes(UTF_8);
        byte[] unknown = NomadsPage.TEXT.replace("rootURL", "base").getBytes(UTF_8);
        passes(200, headless);
        passes(200, unknown);
        passes(200, PAGE, "Content-Encoding: gzip");
        passes(206, PAGE, "Content-Range: bytes 0-" + (PAGE.length - 1) + "/" + PAGE.length);
        passes(200, "<head>".repeat(100_000).getBytes(UTF_8));
        gate.awaitOutput("Nomad's UI will not work under /nomad-gate: its page (has|is|comes) .* Deploy the gate at the root, or use");
        assertThat(gate.output()).filteredOn(line -> line.contains("Nomad's UI will not work")).hasSize(1);
    }

    private void passes(int status, byte[] body, String... fields) throws IOException {
        page(status, body, fields);
        RawHttp.Response response = get(AT + "/ui/");
        assertThat(response.status()).isEqualTo(status);
        assertThat(response.body()).isEqualTo(body);
        assertThat(response.headers("Content-Length")).containsExactly(Integer.toString(body.length));
        assertThat(response.headers("ETag")).containsExactly("\"nomads\"");
        assertThat(response.headers("Last-Modified")).containsExactly("Sun, 06 Nov 1994 08:49:37 GMT");
        try (RawHttp http = connect()) {
            RawHttp.Response head = http.expectNoBody().write(request("HEAD", AT + "/ui/")).readResponse();
            assertThat(head.headers("Content-Length")).containsExactly(Integer.toString(body.length));
            assertThat(head.headers("ETag")).containsExactly("\"nomads\"");
        }
    }

    @Test
    void aPageOfUnknownLengthThatIsTooLargeIsStreamed() throws IOException {
        byte[] piece = "<head>".repeat(50_000).getBytes(UTF_8);
        CountDownLatch read = new CountDownLatch(1);
        nomad.script("/ui", (request, wire) -> {
            wire.write("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n").write(piece);
            Waits.until(read);
            wire.write(piece).close();
        });
        try (RawHttp http = connect()) {
            assertThat(http.write(request("GET", AT + "/ui/")).readHead().status()).isEqualTo(200);
            byte[] first = http.readSome();
            read.countDown();
            assertThat(first.length + http.readToEnd().length).isEqualTo(2 * piece.length);
            assertThat(http.bodyComplete()).isTrue();
        }
    }

    @Test
    void aLargePageBreaksOffAtTheClientToo() throws IOException {
        nomad.script("/ui", (request, wire) -> wire
                .write("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\nf0000\r\n")
                .write("x".repeat(0xe0000)).close());
        try (RawHttp http = connect()) {
            assertThat(http.write(request("GET", AT + "/ui/")).readHead().status()).isEqualTo(200);
            http.readToEnd();
            assertThat(http.bodyComplete()).isFalse();
        }
        gate.awaitOutput("broke off its answer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 4000", "Transfer-Encoding: chunked"})
    void aPageThatBreaksOffIsAFailureThatIsExplained(String framing) throws IOException {
        nomad.script("/ui", (request, wire) -> wire.write("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nETag: \"nomads\"\r\n"
                + framing + "\r\n\r\n400\r\n<head>").reset());
        for (String method : new String[] {"GET", "HEAD"}) {
            try (RawHttp http = connect()) {
                if (method.equals("HEAD")) {
                    http.expectNoBody();
                }
                RawHttp.Response response = http.write(request(method, AT + "/ui/", "Accept: text/html")).readResponse();
                assertThat(response.status()).isEqualTo(502);
                assertThat(response.headers("ETag")).isEmpty();
                assertThat(response.headers("X-Request-Id")).hasSize(1);
            }
        }
        nomad.script("/ok", OK);
        assertThat(get(AT + "/ok").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "text/html"})
    void headOfWhatNeverEndsIsAnsweredAndEndsIt(String type) throws IOException {
        CountDownLatch ended = new CountDownLatch(1);
        nomad.script("/ui", (request, wire) -> {
            try {
                wire.write("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: " + type + "\r\n\r\n");
                while (true) {
                    wire.write("<head>".repeat(1000));
                }
            } finally {
                ended.countDown();
            }
        });
        try (RawHttp http = connect()) {
            RawHttp.Response head = http.expectNoBody().write(request("HEAD", AT + "/ui/")).readResponse();
            assertThat(head.status()).isEqualTo(200);
            Waits.until(ended);
        }
    }

    /** Parsed, such a page takes a hundred times its size. */
    @Test
    void manyHeavyPagesAtOnceAreAllAnswered() throws IOException {
        byte[] heavy = (NomadsPage.TEXT + "<b><p>".repeat(5000)).getBytes(UTF_8);
        page(200, heavy);
        List<RawHttp> clients = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            clients.add(connect().write(request("GET", AT + "/ui/" + i)));
        }
        for (RawHttp client : clients) {
            assertThat(client.readResponse().text()).startsWith(NomadsPage.below(AT)).hasSizeGreaterThan(heavy.length);
            client.close();
        }
        assertThat(log()).noneMatch(line -> line.contains("OutOfMemory"));
    }

    @Test
    void aClientThatLeavesLeavesNothing() throws IOException {
        CountDownLatch left = new CountDownLatch(1);
        nomad.script("/ui", (request, wire) -> {
            wire.write("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: " + PAGE.length + "\r\n\r\n<!DOC");
            Waits.until(left);
            wire.write(Arrays.copyOfRange(PAGE, 5, PAGE.length));
        });
        List<RawHttp> clients = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            RawHttp http = connect().write(request("GET", AT + "/ui/" + i));
            clients.add(http);
            received("/ui/" + i);
        }
        clients.forEach(RawHttp::close);
        left.countDown();
        page(200, PAGE);
        for (int i = 0; i < 40; i++) {
            assertThat(get(AT + "/ui/").body()).isEqualTo(ADAPTED);
        }
        await().until(() -> gate.instances("dev.nomadgate.proxy.PageRelay") == 0);
    }
}
