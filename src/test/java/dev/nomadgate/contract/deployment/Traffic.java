package dev.nomadgate.contract.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nomadgate.contract.containers.GateContainer;
import dev.nomadgate.standin.Frame;
import dev.nomadgate.standin.RawHttp;
import dev.nomadgate.standin.RawWebSocket;
import dev.nomadgate.standin.StandInNomad;
import dev.nomadgate.ui.NomadsPage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Something of everything that a gate does, on each of its servers; what stays open, stays open. The
 * gate trusts 127.0.0.1, so that this can speak for clients whom the hash sends to different servers.
 */
final class Traffic implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final GateContainer gate;
    private final List<RawWebSocket> sessions = new ArrayList<>();
    private final List<RawHttp> requests = new ArrayList<>();

    private Traffic(GateContainer gate) {
        this.gate = gate;
    }

    static Traffic start(GateContainer gate, StandInNomad... nomads) throws IOException {
        Traffic traffic = new Traffic(gate);
        for (StandInNomad nomad : nomads) {
            traffic.through(nomad);
        }
        return traffic;
    }

    private void through(StandInNomad nomad) throws IOException {
        String client = clientOf(nomad);
        String forwarded = "X-Forwarded-For: " + client;
        nomad.script("/v1/status/peers", (request, wire) -> wire.reset());
        try (RawHttp lost = open("PUT", "/v1/status/peers", forwarded, "Content-Length: 0")) {
            assertThat(lost.readResponse().status()).isBetween(502, 503);
        }
        assertThat(get("/v1/jobs", forwarded).status()).isEqualTo(200);
        nomad.script("/ui/", (request, wire) -> wire.write("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
                .write(NomadsPage.TEXT.getBytes(StandardCharsets.UTF_8)).close());
        assertThat(get("/ui/", forwarded).text()).contains(path("/gate/prefix.js"));
        assertThat(get("/gate/prefix.js", forwarded).status()).isEqualTo(200);

        RawHttp follow = open("/v1/client/fs/logs/" + StandInNomad.ALLOC + "?task=sh&type=stdout&follow=true", forwarded);
        assertThat(follow.readHead().status()).isEqualTo(200);
        open("/v1/jobs?index=" + nomad.index() + "&wait=60s", forwarded);
        open("PUT", "/v1/operator/snapshot", forwarded, "Content-Length: 4");

        RawWebSocket session = RawWebSocket.open("127.0.0.1", gate.port(),
                path("/v1/client/allocation/") + StandInNomad.ALLOC + "/exec?task=sh&tty=true&command=[\"/bin/sh\"]",
                Map.of("X-Forwarded-For", client));
        sessions.add(session);
        session.sendText("{\"version\":1,\"auth_token\":\"\"}");
        session.readText(PATIENCE);
    }

    /** An address that the hash sends to this server. */
    private String clientOf(StandInNomad nomad) throws IOException {
        for (int i = 0; i < 50; i++) {
            String client = "10.0." + i + ".1";
            nomad.clear();
            assertThat(get("/v1/agent/health", "X-Forwarded-For: " + client).status()).isEqualTo(200);
            if (!nomad.requests().isEmpty()) {
                return client;
            }
        }
        throw new AssertionError("no client's requests came to " + nomad.address());
    }

    /** Reads each open session's close code to the client. */
    List<Integer> closeCodes() throws IOException {
        List<Integer> codes = new ArrayList<>();
        for (RawWebSocket session : sessions) {
            Frame close = session.readClose(PATIENCE);
            codes.add(close == null ? null : close.closeCode());
            if (close != null) {
                session.close(close.closeCode(), "");
            }
        }
        return codes;
    }

    private RawHttp.Response get(String target, String header) throws IOException {
        return RawHttp.get("127.0.0.1", gate.port(), path(target), header);
    }

    private RawHttp open(String target, String header) throws IOException {
        RawHttp http = open("GET", target, header);
        requests.add(http);
        return http;
    }

    private RawHttp open(String method, String target, String... headers) throws IOException {
        return RawHttp.connect("127.0.0.1", gate.port())
                .write(RawHttp.request(method, "127.0.0.1", gate.port(), path(target), headers));
    }

    private String path(String target) {
        return gate.uri().getPath() + target;
    }

    @Override
    public void close() {
        sessions.forEach(RawWebSocket::close);
        requests.forEach(RawHttp::close);
    }
}
