package dev.nomadgate.contract.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nomadgate.contract.GateUnderTest;
import dev.nomadgate.contract.containers.ContainerKind;
import dev.nomadgate.standin.HandshakeRefused;
import dev.nomadgate.standin.RawHttp;
import dev.nomadgate.standin.RawWebSocket;
import dev.nomadgate.standin.RecordedRequest;
import dev.nomadgate.standin.StandInNomad;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One id finds a request in the gate's log, in the access log, at Nomad and with the client. */
class RequestIdIT extends HttpContract {

    private static final String ID = "X-Request-Id";
    private static final String UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
    private static final String EXEC = "/v1/client/allocation/" + StandInNomad.ECHO_ALLOC + "/exec";
    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private static final String STATE = "rojo=00f067aa0ba902b7,congo=t61rcWkgMzE";

    private final ContainerKind kind;

    RequestIdIT(ContainerKind kind) {
        super(GateUnderTest.shared(kind));
        this.kind = kind;
    }

    @Test
    void everyAnswerHasOne() throws IOException {
        nomad.script("/x", OK);
        nomad.script("/moved", (request, wire) -> wire.write(
                "HTTP/1.1 307 Temporary Redirect\r\nLocation: /ui/\r\nContent-Length: 0\r\n\r\n"));
        nomad.script("/dead", (request, wire) -> wire.close());
        Set<String> ids = new HashSet<>();
        List<RawHttp.Response> answers = new ArrayList<>();
        for (String target : List.of("/x", "/moved", "/dead", "/v1/jobs", "/ui/", "/gate/nothing", "/gate/prefix.js")) {
            answers.add(get(target));
        }
        answers.add(send(request("POST", "/v1/jobs", "Sec-Fetch-Site: cross-site", "Content-Length: 0", "Connection: close")));
        answers.add(send(request("lower", "/v1/jobs", "Connection: close")));
        answers.add(send("GET /x HTTP/1.0\r\n\r\n"));
        try (RawHttp http = connect()) {
            answers.add(http.expectNoBody().write(request("HEAD", "/x")).readResponse());
        }
        assertThat(answers).extracting(RawHttp.Response::status)
                .containsExactly(200, 307, 502, 200, 200, 404, 200, 403, 501, 200, 200);
        for (RawHttp.Response answer : answers) {
            assertThat(answer.headers(ID)).singleElement().asString().matches(UUID);
            ids.add(answer.header(ID));
        }
        assertThat(ids).hasSameSizeAs(answers);
    }

    @Test
    void nomadAndTheClientHaveTheSameOne() throws IOException {
        nomad.script("/x", (request, wire) -> wire.write(
                "HTTP/1.1 200 OK\r\nX-Request-ID: nomads\r\nx-request-id: own\r\nContent-Length: 0\r\n\r\n"));
        RawHttp.Response answer = get("/x");
        assertThat(answer.headers(ID)).singleElement().asString().matches(UUID);
        assertThat(received("/x").headers(ID)).containsExactly(answer.header(ID));
    }

    @Test
    void anotherTryHasTheSameOne() throws IOException {
        List<String> ids = new ArrayList<>();
        nomad.script("/x", (request, wire) -> {
            ids.addAll(request.headers(ID));
            if (ids.size() == 2) {
                wire.close();
            } else {
                wire.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
            }
        });
        // Only on a connection that has served before is there another try, and the first one's may not be free yet.
        await().pollInSameThread().until(() -> {
            ids.clear();
            return get("/x").status() == 200 && get("/x").header(ID).equals(ids.get(ids.size() - 1)) && ids.size() == 3;
        });
        assertThat(ids.get(0)).isNotEqualTo(ids.get(1));
        assertThat(ids.get(1)).isEqualTo(ids.get(2));
    }

    @Test
    void whatAnUntrustedClientSendsIsReplaced() throws IOException {
        nomad.script("/x", OK);
        RawHttp.Response answer = get("/x", ID + ": mine", "X_Request_Id: mine", "x_request-id: mine");
        assertThat(answer.headers(ID)).singleElement().asString().matches(UUID);
        RecordedRequest received = received("/x");
        assertThat(received.headers(ID)).containsExactly(answer.header(ID));
        assertThat(received.rawHead()).doesNotContain("mine");
    }

    @Test
    void whatATrustedProxySendsIsTaken() throws IOException {
        Gates.Cluster cluster = Gates.cluster(kind);
        cluster.nomads().forEach(server -> server.script("/x", OK));
        RawHttp.Response answer = RawHttp.get("127.0.0.1", cluster.gate().container().port(), "/x", ID + ": Proxy.s_own-1",
                "X_Request_Id: other");
        assertThat(answer.headers(ID)).containsExactly("Proxy.s_own-1");
        assertThat(cluster.nomads().stream().flatMap(server -> server.requests().stream())).singleElement()
                .satisfies(request -> assertThat(request.headers(ID)).containsExactly("Proxy.s_own-1"))
                .satisfies(request -> assertThat(request.rawHead()).doesNotContain("other"));
        try (RawWebSocket session = RawWebSocket.open("127.0.0.1", cluster.gate().container().port(), EXEC,
                Map.of(ID, "session-1"))) {
            assertThat(session.header(ID)).isEqualTo("session-1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Request-Id: a b", "X-Request-Id: <b>", "X-Request-Id:", "X-Request-Id: a,b",
        "X-Request-Id: a\r\nX-Request-Id: a", "X_Request_Id: a"})
    void whatIsNotFitForALogIsReplacedWhoeverSendsIt(String field) throws IOException {
        Gates.Cluster cluster = Gates.cluster(kind);
        RawHttp.Response answer = RawHttp.get("127.0.0.1", cluster.gate().container().port(), "/gate/nothing", field);
        assertThat(answer.headers(ID)).singleElement().asString().matches(UUID);
        assertThat(answer.text()).contains(answer.header(ID));
    }

    @Test
    void aSessionHasOneAndSoHasItsRefusal() throws IOException {
        String page = gate.uri().toString();
        try (RawWebSocket session = RawWebSocket.open("127.0.0.1", gate.port(), EXEC, Map.of("Origin", page, ID, "mine"))) {
            List<String> ids = session.headers().stream().filter(field -> field.getKey().equalsIgnoreCase(ID))
                    .map(Map.Entry::getValue).toList();
            assertThat(ids).singleElement().asString().matches(UUID);
            assertThat(received(EXEC).headers(ID)).isEqualTo(ids);
        }
        nomad.script("/v1/client/allocation/refused", (request, wire) -> wire.write(
                "HTTP/1.1 403 Forbidden\r\nX-Request-Id: nomads\r\nContent-Length: 2\r\n\r\nno"));
        assertThat(refusal("/v1/client/allocation/refused/exec", page)).matches(UUID)
                .isEqualTo(received("/v1/client/allocation/refused/exec").header(ID));
        String foreign = refusal(EXEC, "http://evil.example");
        assertThat(foreign).matches(UUID);
        gate.awaitOutput("403 .*" + foreign);
    }

    @Test
    void theTraceOfW3CPassesOnUnchanged() throws IOException {
        nomad.script("/x", OK);
        get("/x", "traceparent: " + TRACE, "tracestate: " + STATE);
        assertThat(received("/x").headers("traceparent")).containsExactly(TRACE);
        assertThat(received("/x").headers("tracestate")).containsExactly(STATE);
        RawWebSocket.open("127.0.0.1", gate.port(), EXEC, Map.of("traceparent", TRACE, "tracestate", STATE)).close();
        assertThat(received(EXEC).headers("traceparent")).containsExactly(TRACE);
        assertThat(received(EXEC).headers("tracestate")).containsExactly(STATE);
    }

    @Test
    void anAdaptedPageHasOne() throws IOException {
        GateUnderTest below = GateUnderTest.shared(kind, "/nomad-gate");
        RawHttp.Response page = RawHttp.get("127.0.0.1", below.container().port(), "/nomad-gate/ui/", "Accept: text/html");
        assertThat(page.text()).contains("/nomad-gate/gate/prefix.js");
        assertThat(page.headers(ID)).singleElement().asString().matches(UUID);
        RawHttp.Response known = RawHttp.get("127.0.0.1", below.container().port(), "/nomad-gate/ui/", "Accept: text/html",
                "If-None-Match: " + page.header("ETag"));
        assertThat(known.status()).isEqualTo(304);
        assertThat(known.headers(ID)).singleElement().asString().matches(UUID).isNotEqualTo(page.header(ID));
    }

    @Test
    void theAccessLogHasItAndNoSecret() throws IOException {
        if (kind == ContainerKind.JETTY_EMBEDDED) {
            return;
        }
        nomad.script("/x", OK);
        String id = get("/x?secret", "Referer: http://127.0.0.1/?secret", "X-Nomad-Token: secret").header(ID);
        String refused = get("/gate/nothing?secret").header(ID);
        String session = refusal(EXEC + "?command=secret", "http://evil.example");
        Awaitility.await().untilAsserted(() -> {
            List<String> lines = gate.accessLog();
            for (String each : List.of(id, refused, session)) {
                assertThat(lines).filteredOn(line -> line.endsWith(" " + each)).hasSize(1);
            }
            assertThat(lines).noneMatch(line -> line.contains("secret"));
        });
    }

    private String refusal(String target, String origin) throws IOException {
        try (RawWebSocket ignored = RawWebSocket.open("127.0.0.1", gate.port(), target, Map.of("Origin", origin))) {
            throw new AssertionError("the handshake succeeded");
        } catch (HandshakeRefused refused) {
            assertThat(refused.headers()).filteredOn(field -> field.getKey().equalsIgnoreCase(ID)).hasSize(1);
            return refused.header(ID);
        }
    }
}
