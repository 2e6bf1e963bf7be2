package dev.nomadgate.contract.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nomadgate.contract.GateUnderTest;
import dev.nomadgate.contract.containers.ContainerKind;
import dev.nomadgate.standin.RawHttp;
import dev.nomadgate.standin.StandInNomad;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Nomad writes is at the client before Nomad writes on: each step here waits for the one before. */
class StreamingIT extends HttpContract {

    private static final String LOGS = "/v1/client/fs/logs/" + StandInNomad.ALLOC + "?task=sh&type=stdout&follow=true";

    StreamingIT(ContainerKind kind) {
        super(GateUnderTest.shared(kind));
    }

    @Test
    void everyLineOfALogArrivesBeforeTheNextIsWritten() throws IOException {
        try (RawHttp http = connect()) {
            http.write(request("GET", LOGS + "&plain=true"));
            received(LOGS + "&plain=true");
            nomad.log("line 0");
            assertThat(http.readHead().status()).isEqualTo(200);
            readLine(http, "line 0\n");
            for (int i = 1; i < 50; i++) {
                nomad.log("line " + i);
                readLine(http, "line " + i + "\n");
            }
        }
    }

    @Test
    void everyEventArrivesBeforeTheNextIsSent() throws IOException {
        try (RawHttp http = connect()) {
            RawHttp.Head head = http.write(request("GET", "/v1/event/stream")).readHead();
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.header("Content-Type")).isEqualTo("application/json");
            readLine(http, "{}\n");
            for (int i = 0; i < 20; i++) {
                nomad.event("{\"Index\":" + i + "}");
                readLine(http, "{\"Index\":" + i + "}\n");
            }
        }
    }

    /** Tomcat reuses what belonged to a client that left; a failed write must not be on the account of the next. */
    @Test
    void aClientThatLeavesDoesNotDisturbTheNext() throws IOException {
        int before = nomad.openConnections();
        for (int round = 0; round < 4; round++) {
            for (int i = 0; i < 30; i++) {
                try (RawHttp leaving = connect()) {
                    leaving.write(request("GET", "/v1/event/stream")).readHead();
                    readLine(leaving, "{}\n");
                }
            }
            nomad.event("{}");
            nomad.event("{}");
            for (int i = 0; i < 30; i++) {
                try (RawHttp next = connect()) {
                    next.write(request("GET", "/v1/event/stream")).readHead();
                    readLine(next, "{}\n");
                }
            }
            nomad.event("{}");
            await().until(() -> {
                nomad.event("{}");
                return nomad.openConnections() <= before;
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Transfer-Encoding: chunked", "Connection: close", "Content-Length: 3"})
    void theHeadArrivesBeforeTheBodyAndEachByteOfItAtOnce(String framing) throws IOException {
        boolean chunked = framing.endsWith("chunked");
        CountDownLatch[] read = {new CountDownLatch(1), new CountDownLatch(1), new CountDownLatch(1)};
        nomad.script("/x", (request, wire) -> {
            wire.write("HTTP/1.1 200 OK\r\n" + framing + "\r\n\r\n");
            for (int i = 0; i < 3; i++) {
                // A head with a length comes with its first byte: whoever announces a length has it at hand.
                if (i > 0 || !framing.startsWith("Content-Length")) {
                    Waits.until(read[i]);
                }
                wire.write(chunked ? "1\r\n" + i + "\r\n" : "" + i);
            }
            wire.write(chunked ? "0\r\n\r\n" : "");
            wire.close();
        });
        try (RawHttp http = connect()) {
            assertThat(http.write(request("GET", "/x")).readHead().status()).isEqualTo(200);
            for (int i = 0; i < 3; i++) {
                read[i].countDown();
                assertThat(http.readSome()).asString().isEqualTo("" + i);
            }
            assertThat(http.readToEnd()).isEmpty();
            assertThat(http.bodyComplete()).isTrue();
        }
    }

    /** Behind a large piece the gate looks for more before it flushes, and there is none. */
    @ParameterizedTest
    @ValueSource(strings = {"application/octet-stream", "application/json"})
    void piecesOfAnySizeArriveBeforeTheNextIsWritten(String type) throws IOException {
        int[] sizes = {1, 4095, 4096, 5000, 8192, 20_000, 3, 32_768, 65_504, 65_520, 65_536, 70_000, 200_000, 2};
        List<CountDownLatch> read = IntStream.of(sizes).mapToObj(size -> new CountDownLatch(1)).toList();
        nomad.script("/x", (request, wire) -> {
            wire.write("HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (int i = 0; i < sizes.length; i++) {
                wire.write(Integer.toHexString(sizes[i]) + "\r\n" + filled(sizes[i]) + "\r\n");
                Waits.until(read.get(i));
            }
            wire.write("0\r\n\r\n");
        });
        try (RawHttp http = connect()) {
            assertThat(http.write(request("GET", "/x")).readHead().status()).isEqualTo(200);
            InputStream body = http.bodyStream();
            for (int i = 0; i < sizes.length; i++) {
                assertThat(body.readNBytes(sizes[i])).asString().isEqualTo(filled(sizes[i]));
                read.get(i).countDown();
            }
            assertThat(body.read()).isNegative();
            assertThat(http.bodyComplete()).isTrue();
        }
    }

    /** What waits to be written to one must not be received into for another. */
    @ParameterizedTest
    @ValueSource(strings = {"application/octet-stream", "application/json", "Content-Length"})
    void whatSlowClientsGetIsTheirOwn(String kind) throws IOException {
        int size = 8 << 20;
        nomad.script("/x", (request, wire) -> {
            byte[] body = own(request.rawTarget(), size);
            boolean chunked = !kind.equals("Content-Length");
            wire.write("HTTP/1.1 200 OK\r\n"
                    + (chunked ? "Transfer-Encoding: chunked\r\nContent-Type: " + kind : kind + ": " + size) + "\r\n\r\n");
            for (int at = 0, n; at < size; at += n) {
                n = Math.min(30_000, size - at);
                wire.write(chunked ? Integer.toHexString(n) + "\r\n" : "").write(Arrays.copyOfRange(body, at, at + n))
                        .write(chunked ? "\r\n" : "");
            }
            wire.write(chunked ? "0\r\n\r\n" : "");
        });
        List<RawHttp> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 4; i++) {
                clients.add(RawHttp.connect("127.0.0.1", gate.port(), 4096).write(request("GET", "/x?" + i)));
            }
            List<ByteArrayOutputStream> got = clients.stream().map(client -> new ByteArrayOutputStream()).toList();
            for (RawHttp client : clients) {
                assertThat(client.readHead().status()).isEqualTo(200);
            }
            for (boolean more = true; more; ) {
                more = false;
                for (int i = 0; i < clients.size(); i++) {
                    byte[] some = clients.get(i).readSome();
                    if (some != null) {
                        got.get(i).writeBytes(some);
                        more = true;
                    }
                }
            }
            for (int i = 0; i < clients.size(); i++) {
                assertThat(Arrays.mismatch(got.get(i).toByteArray(), own("/x?" + i, size))).as("first wrong byte").isNegative();
                assertThat(clients.get(i).bodyComplete()).isTrue();
            }
        } finally {
            clients.forEach(RawHttp::close);
        }
    }

    /** Tells of every eight bytes whose they are, and where they belong. */
    private static byte[] own(String target, int size) {
        ByteBuffer body = ByteBuffer.allocate(size);
        for (int i = 0; body.hasRemaining(); i++) {
            body.putInt(target.hashCode()).putInt(i);
        }
        return body.array();
    }

    private static String filled(int size) {
        return String.valueOf(size).repeat(size).substring(0, size);
    }

    @Test
    void gzipPassesUntouchedAndAtOnce() throws IOException {
        nomad.log("compressed");
        try (RawHttp http = connect()) {
            RawHttp.Head head = http.write(request("GET", LOGS + "&plain=true", "Accept-Encoding: gzip")).readHead();
            assertThat(head.header("Content-Encoding")).isEqualTo("gzip");
            assertThat(head.header("Vary")).isEqualTo("Accept-Encoding");
            byte[] some = http.readSome();
            assertThat(new GZIPInputStream(new ByteArrayInputStream(some)).readNBytes(10)).asString().isEqualTo("compressed");
        }
        byte[] odd = {(byte) 0x1f, (byte) 0x8b, 0, 1, 2, (byte) 0xff};
        nomad.script("/x", (request, wire) ->
                wire.write("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 6\r\n\r\n").write(odd));
        assertThat(get("/x", "Accept-Encoding: gzip").body()).isEqualTo(odd);
    }

    @Test
    void aFollowerThatLeavesEndsTheFollowAtTheNextLines() throws IOException {
        nomad.log("first");
        try (RawHttp http = connect()) {
            http.write(request("GET", LOGS + "&plain=true")).readHead();
            readLine(http, "first\n");
        }
        int before = nomad.openConnections();
        await().until(() -> {
            nomad.log("another");
            return nomad.openConnections() < before;
        });
    }

    @Test
    void aBlockingQueryAnswersWithItsIndex() throws IOException {
        String index = get("/v1/jobs").header("X-Nomad-Index");
        try (RawHttp http = connect()) {
            String target = "/v1/jobs?index=" + index + "&wait=60s";
            http.write(request("GET", target));
            received(target);
            nomad.bumpIndex();
            RawHttp.Response response = http.readResponse();
            assertThat(response.status()).isEqualTo(200);
            assertThat(Long.parseLong(response.header("X-Nomad-Index"))).isGreaterThan(Long.parseLong(index));
        }
    }

    private static void readLine(RawHttp http, String line) throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.length() < line.length()) {
            byte[] some = http.readSome();
            assertThat(some).as("after " + text).isNotNull();
            text.append(new String(some));
        }
        assertThat(text.toString()).isEqualTo(line);
    }
}
