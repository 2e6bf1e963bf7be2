package dev.nomadgate.contract.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nomadgate.contract.containers.ContainerKind;
import dev.nomadgate.standin.RawHttp;
import dev.nomadgate.ui.NomadsPage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A gate at /a/b that may be called gate.example only. */
class NestedGateIT extends HttpContract {

    NestedGateIT(ContainerKind kind) {
        super(Gates.nested(kind));
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "gate.example.evil.example", "127.0.0.1", "gate.example:x", "<script>", ""})
    void callsByAnotherNameAreRefused(String host) throws IOException {
        RawHttp.Response response = send("GET /a/b/v1/jobs HTTP/1.1\r\nHost: " + host
                + "\r\nAccept: text/html\r\nConnection: close\r\n\r\n");
        assertThat(response.status()).isIn(400, 403);
        assertThat(response.text()).doesNotContain("<script>");
        assertThat(nomad.requests()).isEmpty();
    }

    @Test
    void callsByItsNamePass() throws IOException {
        assertThat(call("GET", "/v1/job/a%2Fb", "Connection: close").status()).isNotEqualTo(403);
        assertThat(nomad.requests()).extracting(request -> request.rawTarget()).containsExactly("/v1/job/a%2Fb");
    }

    @Test
    void redirectsToTheServerStayBelowTheContextPath() throws IOException {
        nomad.script("/x", (request, wire) -> wire.write("HTTP/1.1 307 Temporary Redirect\r\nLocation: "
                + nomad.address() + "/ui/\r\nContent-Length: 0\r\n\r\n"));
        assertThat(call("GET", "/x", "Connection: close").header("Location")).isEqualTo("/a/b/ui/");
    }

    @Test
    void nomadsPageWorksHere() throws IOException {
        nomad.script("/ui/jobs", (request, wire) -> wire.write("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
                .write(NomadsPage.TEXT.getBytes(StandardCharsets.UTF_8)).close());
        assertThat(new String(call("GET", "/ui/jobs", "Connection: close").body(), StandardCharsets.UTF_8))
                .isEqualTo(NomadsPage.below("/a/b"));
        assertThat(call("GET", "/gate/prefix.js", "Connection: close").status()).isEqualTo(200);
    }

    @Test
    void aRefusalWithAnUnreadBodyDoesNotSpoilTheConnection() throws IOException {
        try (RawHttp http = connect()) {
            http.write("POST /a/b/v1/jobs HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 4\r\n\r\nfour"
                    + "GET /a/b/echo/x HTTP/1.1\r\nHost: gate.example\r\n\r\n");
            assertThat(http.readResponse().status()).isEqualTo(403);
            assertThat(http.readResponse().status()).isEqualTo(200);
        }
    }

    @Test
    void abandonedLongPollsHoldNoThread() throws IOException {
        String index = call("GET", "/v1/jobs", "Connection: close").header("X-Nomad-Index");
        String target = "/v1/jobs?index=" + index + "&wait=60s";
        int before = gate.threadNames().size();
        List<RawHttp> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 200; i++) {
                RawHttp http = connect();
                clients.add(http);
                http.write("GET /a/b" + target + "&n=" + i + " HTTP/1.1\r\nHost: gate.example\r\n\r\n");
                received(target + "&n=" + i);
            }
            // Threads that the requests needed for a moment may still be in the pools, but none per poll.
            assertThat(gate.threadNames().size() - before).isLessThan(50);
        } finally {
            clients.forEach(RawHttp::close);
        }
        assertThat(gate.threadNames().size() - before).isLessThan(50);
        nomad.bumpIndex();
        await().until(() -> call("GET", "/v1/jobs", "Connection: close").status() == 200);
    }

    private RawHttp.Response call(String method, String path, String... fields) throws IOException {
        return send(method + " /a/b" + path + " HTTP/1.1\r\nHost: gate.example\r\n" + String.join("\r\n", fields) + "\r\n\r\n");
    }
}
