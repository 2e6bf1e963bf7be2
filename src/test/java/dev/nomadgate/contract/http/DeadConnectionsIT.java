package dev.nomadgate.contract.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nomadgate.contract.GateUnderTest;
import dev.nomadgate.contract.containers.ContainerKind;
import dev.nomadgate.contract.containers.GateContainer;
import dev.nomadgate.metrics.PrometheusText;
import dev.nomadgate.standin.RawHttp;
import dev.nomadgate.standin.StandInNomad;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Kept connections that are all dead, which shows only as they are used: a firewall forgot them, or the server died. */
class DeadConnectionsIT {

    /** One of the two was made for a request that another one was free for sooner. */
    @ParameterizedTest
    @EnumSource(names = {"JETTY_EMBEDDED", "TOMCAT_11"})
    void areLeftForANewOneHoweverManyThereAre(ContainerKind kind) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                StandInNomad unused = StandInNomad.start();
                GateContainer gate = kind.start(GateUnderTest.options(unused)
                        .with("servers", "http://127.0.0.1:" + server.getLocalPort()));
                RawHttp one = RawHttp.connect("127.0.0.1", gate.port());
                RawHttp two = RawHttp.connect("127.0.0.1", gate.port())) {
            get(one, gate, "/1");
            Socket used = server.accept();
            assertThat(head(used)).startsWith("GET /1 ");
            List<Socket> waiting = fillQueue(server);
            get(two, gate, "/2");
            awaitGauge(gate, server, "requests_queued", 1);
            answer(used);
            assertThat(one.readResponse().status()).isEqualTo(200);
            assertThat(head(used)).startsWith("GET /2 ");
            for (Socket each : waiting) {
                server.accept().close();
                each.close();
            }
            Socket neverUsed = server.accept();
            answer(used);
            assertThat(two.readResponse().status()).isEqualTo(200);
            awaitGauge(gate, server, "connections_in_use", 0);

            get(one, gate, "/last");
            CompletableFuture.runAsync(() -> hangUp(used));
            CompletableFuture.runAsync(() -> hangUp(neverUsed));
            CompletableFuture.runAsync(() -> answerNext(server));
            RawHttp.Response response = one.readResponse();
            assertThat(response.status()).as(response.text()).isEqualTo(200);
        }
    }

    /** Those on which Nomad refused a handshake are kept for the next one; the answer to that is no 101 here either. */
    @ParameterizedTest
    @EnumSource(names = {"JETTY_EMBEDDED", "TOMCAT_11"})
    void areLeftForANewOneByHandshakesToo(ContainerKind kind) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                StandInNomad unused = StandInNomad.start();
                GateContainer gate = kind.start(GateUnderTest.options(unused)
                        .with("servers", "http://127.0.0.1:" + server.getLocalPort()));
                RawHttp one = RawHttp.connect("127.0.0.1", gate.port());
                RawHttp two = RawHttp.connect("127.0.0.1", gate.port())) {
            Socket kept = keptByARefusedHandshake(one, gate, server);
            handshake(two, gate);
            CompletableFuture<String> last = CompletableFuture.supplyAsync(() -> hangUp(kept));
            CompletableFuture.runAsync(() -> answerNext(server));
            RawHttp.Response response = two.readResponse();
            assertThat(response.status()).as(response.text()).isEqualTo(200);
            assertThat(last.join()).startsWith("GET /v1/client/allocation/");
        }
    }

    /** Its connection ends because the gate ends: there is nobody left to send it again. */
    @ParameterizedTest
    @EnumSource(names = {"JETTY_EMBEDDED", "TOMCAT_11"})
    void aHandshakeOnAKeptOneIsAnsweredWhenTheGateEnds(ContainerKind kind) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                StandInNomad unused = StandInNomad.start();
                GateContainer gate = kind.start(GateUnderTest.options(unused)
                        .with("servers", "http://127.0.0.1:" + server.getLocalPort()));
                RawHttp one = RawHttp.connect("127.0.0.1", gate.port());
                RawHttp two = RawHttp.connect("127.0.0.1", gate.port())) {
            Socket kept = keptByARefusedHandshake(one, gate, server);
            handshake(two, gate);
            assertThat(head(kept)).startsWith("GET /v1/client/allocation/");
            gate.undeploy();
            assertThat(two.readResponse().text()).contains("Nomad closed the connection");
        }
    }

    private static Socket keptByARefusedHandshake(RawHttp http, GateContainer gate, ServerSocket server) throws IOException {
        handshake(http, gate);
        Socket kept = server.accept();
        head(kept);
        answer(kept);
        assertThat(http.readResponse().status()).isEqualTo(200);
        awaitGauge(gate, server, "connections_in_use", 0);
        return kept;
    }

    private static void handshake(RawHttp http, GateContainer gate) throws IOException {
        get(http, gate, "/v1/client/allocation/" + StandInNomad.ALLOC + "/exec?command=%5B%22sh%22%5D&task=sh&tty=true",
                "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
    }

    /** Connects until the next one would have to wait to be accepted. */
    private static List<Socket> fillQueue(ServerSocket server) throws IOException {
        List<Socket> waiting = new ArrayList<>();
        while (true) {
            Socket next = new Socket();
            try {
                next.connect(server.getLocalSocketAddress(), 200);
                waiting.add(next);
            } catch (SocketTimeoutException full) {
                next.close();
                return waiting;
            }
        }
    }

    private static void awaitGauge(GateContainer gate, ServerSocket server, String name, int value) {
        String series = "nomad_gate_upstream_" + name + "{server=\"http://127.0.0.1:" + server.getLocalPort() + "\"}";
        await(series).until(() -> PrometheusText.of(gate.port()).value(series) == value);
    }

    private static void get(RawHttp http, GateContainer gate, String target, String... header) throws IOException {
        http.write(RawHttp.request("GET", "127.0.0.1", gate.port(), target, header));
    }

    private static String head(Socket from) throws IOException {
        StringBuilder head = new StringBuilder();
        for (int next; head.indexOf("\r\n\r\n") < 0 && (next = from.getInputStream().read()) >= 0; ) {
            head.append((char) next);
        }
        return head.toString();
    }

    private static void answer(Socket to) throws IOException {
        to.getOutputStream().write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String hangUp(Socket kept) {
        try (kept) {
            return head(kept);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void answerNext(ServerSocket server) {
        try (Socket next = server.accept()) {
            head(next);
            answer(next);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
