package dev.nomadgate.contract.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.nomadgate.contract.GateUnderTest;
import dev.nomadgate.contract.containers.ContainerKind;
import dev.nomadgate.contract.containers.GateContainer;
import dev.nomadgate.standin.Frame;
import dev.nomadgate.standin.HandshakeRefused;
import dev.nomadgate.standin.RawHttp;
import dev.nomadgate.standin.RawWebSocket;
import dev.nomadgate.standin.Script;
import dev.nomadgate.standin.StandInNomad;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A gate that is stopped begins nothing new, and ends what it has begun. */
class DrainIT {

    private static final Duration SOON = Duration.ofSeconds(15);
    private static final String SHELL = "/v1/client/allocation/" + StandInNomad.SCRIPT_ALLOC + "/exec?task=sh";

    private final CountDownLatch nomadAnswers = new CountDownLatch(1);
    private StandInNomad nomad;

    /** How an operator ends a gate. */
    enum End {
        UNDEPLOY {
            @Override
            void begin(GateContainer gate) {
                gate.undeploy();
            }
        },
        SIGTERM {
            @Override
            void begin(GateContainer gate) {
                ProcessHandle process = ProcessHandle.of(gate.pid()).orElseThrow();
                process.destroy();
                process.onExit().join();
            }
        };

        /** Returns when it has ended. */
        abstract void begin(GateContainer gate);

        CompletableFuture<Void> beginInBackground(GateContainer gate) {
            return CompletableFuture.runAsync(() -> begin(gate));
        }
    }

    @BeforeEach
    void startNomad() {
        nomad = StandInNomad.start();
        nomad.sessionScript(session -> {
            session.sendText("{\"stdout\":{\"data\":\"" + base64("ready") + "\"}}");
            awaitLeave();
        });
        nomad.script("/v1/slow", answering("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ndo", "ne"));
        nomad.script("/v1/stream", answering("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nbegin\r\n", "3\r\nend\r\n0\r\n\r\n"));
        nomad.script("/v1/silent", answering("", "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nnews"));
    }

    private Script answering(String atOnce, String later) {
        return (request, wire) -> {
            wire.write(atOnce);
            awaitLeave();
            wire.write(later);
        };
    }

    private void awaitLeave() {
        try {
            nomadAnswers.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterEach
    void stopNomad() {
        nomadAnswers.countDown();
        nomad.close();
    }

    @ParameterizedTest
    @CsvSource({"JETTY_EMBEDDED, UNDEPLOY", "TOMCAT_11, UNDEPLOY", "JETTY_HOME, SIGTERM", "TOMCAT_11, SIGTERM"})
    void whatIsInFlightFinishesAndSessionsAreWarned(ContainerKind kind, End end) throws Exception {
        try (GateContainer gate = kind.start(GateUnderTest.options(nomad).with("drain.grace-period", "10s"));
                RawHttp slow = open(gate, "/v1/slow");
                RawHttp stream = open(gate, "/v1/stream");
                RawHttp silent = open(gate, "/v1/silent");
                RawHttp idle = open(gate, "/v1/status/leader");
                RawWebSocket terminal = session(gate, SHELL + "&tty=true");
                RawWebSocket pipe = session(gate, SHELL + "&tty=false")) {
            assertThat(idle.readResponse().status()).isEqualTo(200);
            assertThat(slow.readHead().status()).isEqualTo(200);
            assertThat(stream.readHead().status()).isEqualTo(200);
            nomad.awaitRequest(request -> request.rawTarget().equals("/v1/silent"));
            assertThat(terminal.readText(SOON)).contains("stdout");
            assertThat(pipe.readText(SOON)).contains("stdout");

            int lines = gate.output().size();
            CompletableFuture<Void> ended = end.beginInBackground(gate);

            assertThat(line(terminal.readText(SOON), "stdout")).contains("nomad-gate is being stopped", "10 s");
            assertThat(line(pipe.readText(SOON), "stderr")).contains("nomad-gate is being stopped", "10 s");
            refusesWhatIsNew(gate, end);
            assertThat(ended).isNotDone();
            nomadAnswers.countDown();
            assertThat(slow.readToEnd()).asString().isEqualTo("done");
            assertThat(stream.readToEnd()).asString().isEqualTo("beginend");
            assertThat(stream.bodyComplete()).isTrue();
            assertThat(silent.readResponse().text()).isEqualTo("news");
            terminal.close(1000, "");
            pipe.close(1000, "");
            assertThat(ended).succeedsWithin(SOON);
            assertThat(gate.stackTraces(lines)).isEmpty();
        }
    }

    private static void refusesWhatIsNew(GateContainer gate, End end) throws IOException {
        if (end == End.SIGTERM) {
            assertThatThrownBy(() -> RawHttp.connect("127.0.0.1", gate.port())).isInstanceOf(ConnectException.class);
            return;
        }
        RawHttp.Response refused = RawHttp.get("127.0.0.1", gate.port(), "/v1/jobs");
        // Jetty asks a web application nothing any more from the moment on in which it begins to stop it.
        int status = gate.kind().isTomcat() ? 503 : 404;
        assertThat(refused.status()).isEqualTo(status);
        if (gate.kind().isTomcat()) {
            assertThat(refused.text()).contains("The gate is being stopped");
            assertThat(refused.header("Retry-After")).isNotNull();
        }
        try (RawWebSocket ignored = session(gate, SHELL)) {
            throw new AssertionError("a session began");
        } catch (HandshakeRefused refusal) {
            assertThat(refusal.status()).isEqualTo(status);
        }
    }

    @ParameterizedTest
    @CsvSource({"JETTY_EMBEDDED, UNDEPLOY", "TOMCAT_11, UNDEPLOY", "JETTY_HOME, SIGTERM", "TOMCAT_11, SIGTERM"})
    void whatIsNotOverAfterTheGracePeriodIsEnded(ContainerKind kind, End end) throws Exception {
        try (GateContainer gate = kind.start(GateUnderTest.options(nomad).with("drain.grace-period", "300ms"));
                RawHttp stream = open(gate, "/v1/stream");
                RawHttp silent = open(gate, "/v1/silent");
                RawWebSocket terminal = session(gate, SHELL + "&tty=true")) {
            assertThat(stream.readHead().status()).isEqualTo(200);
            assertThat(stream.readChunk()).asString().isEqualTo("begin");
            nomad.awaitRequest(request -> request.rawTarget().equals("/v1/silent"));
            assertThat(terminal.readText(SOON)).contains("stdout");

            CompletableFuture<Void> ended = end.beginInBackground(gate);

            Frame close = terminal.readClose(SOON);
            assertThat(close).isNotNull();
            assertThat(close.closeCode()).isEqualTo(1001);
            terminal.close(1001, "");
            RawHttp.Response answer = silent.readResponse();
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.header("Retry-After")).isNotNull();
            assertThat(answer.text()).contains("The gate is being stopped");
            stream.readToEnd();
            assertThat(stream.bodyComplete()).as("a broken answer looks whole").isFalse();
            assertThat(ended).succeedsWithin(SOON);
            await().atMost(SOON).until(() -> nomad.openConnections() == 0);
        }
    }

    private static RawHttp open(GateContainer gate, String target) throws IOException {
        return RawHttp.connect("127.0.0.1", gate.port())
                .write(RawHttp.request("GET", "127.0.0.1", gate.port(), target));
    }

    private static RawWebSocket session(GateContainer gate, String target) throws IOException {
        return RawWebSocket.open("127.0.0.1", gate.port(), target, Map.of());
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The line in a frame of output. */
    private static String line(String frame, String stream) {
        Matcher matcher = Pattern.compile("\\{\"" + stream + "\":\\{\"data\":\"([^\"]*)\"}}").matcher(frame);
        assertThat(matcher.matches()).as(frame).isTrue();
        return new String(Base64.getDecoder().decode(matcher.group(1)), StandardCharsets.UTF_8);
    }
}
