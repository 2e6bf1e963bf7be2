package dev.nomadgate.contract.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nomadgate.contract.GateUnderTest;
import dev.nomadgate.contract.containers.ContainerKind;
import dev.nomadgate.contract.containers.GateContainer;
import dev.nomadgate.metrics.PrometheusText;
import dev.nomadgate.standin.RawHttp;
import dev.nomadgate.standin.RawWebSocket;
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
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Kept connections that are all dead, which shows only as they are used: a firewall forgot them, or the server died. */
@ParameterizedClass(name = "{0}")
@EnumSource(names = {"JETTY_EMBEDDED", "TOMCAT_11"})
class DeadConnectionsIT {

    private final ContainerKind kind;
    private ServerSocket server;
    private StandInNomad unused;
    private GateContainer gate;
    private RawHttp one;
    private RawHttp two;

    DeadConnectionsIT(ContainerKind kind) {
        this.kind = kind;
    }

    @BeforeEach
    void start() throws IOException {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        unused = StandInNomad.start();
        gate = kind.start(GateUnderTest.options(unused).with("servers", "http://127.0.0.1:" + server.getLocalPort()));
        one = RawHttp.connect("127.0.0.1", gate.port());
        two = RawHttp.connect("127.0.0.1", gate.port());
    }

    @AfterEach
    void stop() throws IOException {
        two.close();
        one.close();
        gate.close();
        unused.close();
        server.close();
    }

    /** One of the two was made for a request that another one was free for sooner. */
    @Test
    void areLeftForANewOneHoweverManyThereAre() throws IOException {
        get(one, "/1");
        Socket used = server.accept();
        assertThat(head(used)).startsWith("GET /1 ");
        List<Socket> waiting = fillQueue(server);
        get(two, "/2");
        awaitGauge("requests_queued", 1);
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
        awaitGauge("connections_in_use", 0);

        get(one, "/last");
        CompletableFuture.runAsync(() -> hangUp(used));
        CompletableFuture.runAsync(() -> hangUp(neverUsed));
        CompletableFuture.runAsync(() -> answerNext(server));
        RawHttp.Response response = one.readResponse();
        assertThat(response.status()).as(response.text()).isEqualTo(200);
    }

    /** Those on which Nomad refused a handshake are kept for the next one; the answer to that is no 101 here either. */
    @Test
    void areLeftForANewOneByHandshakesToo() throws IOException {
        Socket kept = keptByARefusedHandshake();
        handshake(two);
        CompletableFuture<String> last = CompletableFuture.supplyAsync(() -> hangUp(kept));
        CompletableFuture.runAsync(() -> answerNext(server));
        RawHttp.Response response = two.readResponse();
        assertThat(response.status()).as(response.text()).isEqualTo(200);
        assertThat(last.join()).startsWith("GET /v1/client/allocation/");
    }

    /** Its connection ends because the gate ends: there is nobody left to send it again. */
    @Test
    void aHandshakeOnAKeptOneIsAnsweredWhenTheGateEnds() throws IOException {
        Socket kept = keptByARefusedHandshake();
        handshake(two);
        assertThat(head(kept)).startsWith("GET /v1/client/allocation/");
        gate.undeploy();
        assertThat(two.readResponse().text()).contains("Nomad closed the connection");
    }

    private Socket keptByARefusedHandshake() throws IOException {
        handshake(one);
        Socket kept = server.accept();
        head(kept);
        answer(kept);
        assertThat(one.readResponse().status()).isEqualTo(200);
        awaitGauge("connections_in_use", 0);
        return kept;
    }

    private void handshake(RawHttp http) throws IOException {
        http.write(RawWebSocket.handshake("127.0.0.1:" + gate.port(), "/v1/client/allocation/" + StandInNomad.ALLOC
                + "/exec?command=%5B%22sh%22%5D&task=sh&tty=true", "dGhlIHNhbXBsZSBub25jZQ==", Map.of()));
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

    private void awaitGauge(String name, int value) {
        String series = "nomad_gate_upstream_" + name + "{server=\"http://127.0.0.1:" + server.getLocalPort() + "\"}";
        await(series).until(() -> PrometheusText.of(gate.port()).value(series) == value);
    }

    private void get(RawHttp http, String target) throws IOException {
        http.write(RawHttp.request("GET", "127.0.0.1", gate.port(), target));
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
