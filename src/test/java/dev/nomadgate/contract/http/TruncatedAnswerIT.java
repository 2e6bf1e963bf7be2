package dev.nomadgate.contract.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nomadgate.contract.GateUnderTest;
import dev.nomadgate.contract.containers.ContainerKind;
import dev.nomadgate.standin.RawHttp;
import dev.nomadgate.standin.Script;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An answer that breaks off at Nomad breaks off at the client: it must never look whole. */
class TruncatedAnswerIT extends HttpContract {

    enum Framing {
        CHUNKED("Transfer-Encoding: chunked\r\n\r\n", "4\r\nhalf\r\n"),
        INSIDE_A_CHUNK("Transfer-Encoding: chunked\r\n\r\n", "8\r\nhalf"),
        LENGTH("Content-Length: 8\r\n\r\n", "half"),
        CLOSE("Connection: close\r\n\r\n", "half");

        final String head;
        final String body;

        Framing(String fields, String body) {
            this.head = "HTTP/1.1 200 OK\r\n" + fields;
            this.body = body;
        }
    }

    TruncatedAnswerIT(ContainerKind kind) {
        super(GateUnderTest.shared(kind));
    }

    /** Where only the end of the connection ends the body, a clean one says that it is whole. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CLOSE")
    void nomadClosesInTheMiddle(Framing framing) throws IOException {
        breaksOff(framing, true, (request, wire) -> wire.close());
    }

    @ParameterizedTest
    @EnumSource
    void nomadResetsInTheMiddle(Framing framing) throws IOException {
        breaksOff(framing, true, (request, wire) -> wire.reset());
    }

    /** Without a length the header is long gone; with one, it is not too late to say what happened. */
    @ParameterizedTest
    @EnumSource(names = {"CHUNKED", "LENGTH"})
    void nomadClosesBeforeTheFirstByte(Framing framing) throws IOException {
        if (framing == Framing.LENGTH) {
            nomad.script("/x", (request, wire) -> wire.write(framing.head).close());
            RawHttp.Response response = get("/x");
            assertThat(response.status()).isEqualTo(502);
            assertThat(response.text()).contains(nomad.address().toString());
        } else {
            breaksOff(framing, false, (request, wire) -> wire.close());
        }
    }

    @Test
    void aBadChunkBreaksTheAnswerOff() throws IOException {
        breaksOff(Framing.CHUNKED, true, (request, wire) -> wire.write("what?\r\nis this\r\n"));
    }

    @Test
    void itEndsBrokenForAClientThatReadsLate() throws IOException {
        CountDownLatch broken = new CountDownLatch(1);
        nomad.script("/x", (request, wire) -> {
            wire.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            try {
                byte[] chunk = ("10000\r\n" + "x".repeat(0x10000) + "\r\n").getBytes();
                for (int i = 0; i < 40; i++) {
                    wire.write(chunk);
                }
            } finally {
                wire.close();
                broken.countDown();
            }
        });
        try (RawHttp http = RawHttp.connect("127.0.0.1", gate.port(), 4096)) {
            http.write(request("GET", "/x"));
            received("/x");
            byte[] body = http.readResponse().body();
            assertThat(body.length).isLessThanOrEqualTo(40 * 0x10000);
            assertThat(http.bodyComplete()).isFalse();
        }
    }

    @Test
    void theNextRequestsAreServed() throws IOException {
        nomad.script("/ok", OK);
        for (int i = 0; i < 20; i++) {
            breaksOff(Framing.CHUNKED, true, (request, wire) -> wire.reset());
            assertThat(get("/ok").status()).isEqualTo(200);
        }
    }

    private void breaksOff(Framing framing, boolean withBody, Script end) throws IOException {
        CountDownLatch read = new CountDownLatch(1);
        int before = log().size();
        nomad.script("/x", (request, wire) -> {
            wire.write(framing.head + (withBody ? framing.body : ""));
            Waits.until(read);
            end.answer(request, wire);
            wire.close();
        });
        try (RawHttp http = connect()) {
            RawHttp.Head head = http.write(request("GET", "/x")).readHead();
            assertThat(head.status()).isEqualTo(200);
            if (withBody) {
                assertThat(http.readSome()).asString().isEqualTo("half");
            }
            read.countDown();
            assertThat(http.readToEnd()).isEmpty();
            assertThat(http.bodyComplete()).isFalse();
        }
        await().until(() -> log().stream().skip(before).anyMatch(line -> line.contains("GET /x from 127.0.0.1: ")
                && line.contains("broke off its answer")));
    }
}
