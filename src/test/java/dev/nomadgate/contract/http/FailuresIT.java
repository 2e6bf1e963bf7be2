package dev.nomadgate.contract.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nomadgate.contract.GateUnderTest;
import dev.nomadgate.contract.containers.ContainerKind;
import dev.nomadgate.standin.RawHttp;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client is told when Nomad gives no usable answer. */
class FailuresIT extends HttpContract {

    FailuresIT(ContainerKind kind) {
        super(GateUnderTest.shared(kind));
    }

    @ParameterizedTest
    @ValueSource(strings = {"close", "reset"})
    void aConnectionThatEndsWithoutAnswerIs502(String how) throws IOException {
        nomad.script("/x", (request, wire) -> {
            if (how.equals("close")) {
                wire.close();
            } else {
                wire.reset();
            }
        });
        // The connection of one answer is idle a moment after it, and only then it is the next request's.
        await("a GET on an idle connection, which may end at that moment, to be tried twice").until(() -> {
            get("/echo/x");
            nomad.clear();
            explained(get("/x"), 502, nomad.address().toString());
            return nomad.requests().size() == 2;
        });

        for (String method : List.of("POST", "PUT", "DELETE")) {
            nomad.clear();
            explained(send(request(method, "/x", "Content-Length: 0")), 502, nomad.address().toString());
            assertThat(nomad.requests()).as("%s may have been acted on", method).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "SSH-2.0-OpenSSH_9.2\r\n", "HTTP/9.9 huh\r\n\r\n", "HTTP/1.1 abc\r\n\r\n", "\u0015\u0003\u0001\u0000\u0002\u0002\u0016",
        "HTTP/1.1 200 OK\r\nno colon here\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello", "HTTP/1.1 200 OK\r\nX: "})
    void whatIsNoHttpIs502(String bytes) throws IOException {
        nomad.script("/x", (request, wire) -> wire.write(bytes).close());
        explained(get("/x"), 502, nomad.address().toString());
    }

    @Test
    void aHeaderOfMoreThan64KiBIs502() throws IOException {
        nomad.script("/x", (request, wire) ->
                wire.write("HTTP/1.1 200 OK\r\nX-Long: " + "x".repeat(70_000) + "\r\nContent-Length: 0\r\n\r\n"));
        explained(get("/x"), 502, nomad.address().toString());
    }

    @Test
    void aRateLimitThatNomadsApiAnswersPassesAsItIs() throws IOException {
        nomad.script("/x", (request, wire) -> wire.write("HTTP/1.1 429 Too Many Requests\r\nContent-Type: text/plain\r\n"
                + "Vary: Accept-Encoding\r\nContent-Length: 4\r\nConnection: close\r\n\r\nslow").close());
        RawHttp.Response response = get("/x");
        assertThat(response.status()).isEqualTo(429);
        assertThat(response.text()).isEqualTo("slow");
    }

    @Test
    void aBrowserGetsAPage() throws IOException {
        nomad.script("/x", (request, wire) -> wire.close());
        RawHttp.Response response = get("/x", "Accept: text/html,application/xhtml+xml;q=0.9,*/*;q=0.8");
        assertThat(response.status()).isEqualTo(502);
        assertThat(response.header("Content-Type")).startsWith("text/html");
        assertThat(response.text()).startsWith("<!DOCTYPE html>")
                .contains(nomad.address().toString(), response.header("X-Request-Id"));
        assertThat(response.header("Content-Security-Policy")).contains("default-src 'none'");
        assertThat(response.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void theAnswerHasNothingOfNomads() throws IOException {
        nomad.script("/x", (request, wire) -> wire.write("HTTP/1.1 200 OK\r\nX-Nomad-Index: 5\r\nSet-Cookie: a=b\r\n"
                + "Content-Encoding: gzip\r\nContent-Length: 500\r\n\r\n").close());
        RawHttp.Response response = get("/x");
        explained(response, 502, nomad.address().toString());
        assertThat(response.header("X-Nomad-Index")).isNull();
        assertThat(response.header("Set-Cookie")).isNull();
        assertThat(response.header("Content-Encoding")).isNull();
    }

    @Test
    void aHeadRequestIsToldByTheStatusAlone() throws IOException {
        nomad.script("/x", (request, wire) -> wire.close());
        nomad.script("/y", OK);
        try (RawHttp http = connect()) {
            assertThat(http.expectNoBody().write(request("HEAD", "/x")).readResponse().status()).isEqualTo(502);
            assertThat(http.write(request("GET", "/y")).readResponse().status()).isEqualTo(200);
        }
    }

    @Test
    void pagesOfTheGateAreNotNomads() throws IOException {
        explained(get("/gate/nothing"), 404, "gate/");
        assertThat(nomad.requests()).isEmpty();
    }

    private void explained(RawHttp.Response response, int status, String named) {
        assertThat(response.status()).isEqualTo(status);
        assertThat(response.header("Content-Type")).isEqualTo("application/json");
        assertThat(response.bodyComplete()).isTrue();
        assertThat(response.text()).contains("\"status\":" + status, named).doesNotContain("Exception", "org.eclipse");
        String id = response.header("X-Request-Id");
        assertThat(response.text()).contains("\"id\":\"" + id + "\"");
        assertThat(gate.awaitOutput(id)).contains(Integer.toString(status));
    }
}
