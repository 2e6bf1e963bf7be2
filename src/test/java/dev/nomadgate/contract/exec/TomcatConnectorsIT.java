package dev.nomadgate.contract.exec;

import static dev.nomadgate.contract.exec.ExecContract.SOON;
import static dev.nomadgate.contract.exec.ExecContract.eventually;
import static dev.nomadgate.contract.exec.ExecContract.stopsAt;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nomadgate.contract.GateUnderTest;
import dev.nomadgate.contract.containers.ContainerKind;
import dev.nomadgate.contract.containers.GateContainer;
import dev.nomadgate.contract.containers.GateOptions;
import dev.nomadgate.standin.Frame;
import dev.nomadgate.standin.NomadEnds;
import dev.nomadgate.standin.RawWebSocket;
import dev.nomadgate.standin.StandInNomad;
import dev.nomadgate.standin.WireSession;
import dev.nomadgate.upstream.tls.TestPki;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

/** The gate reads and writes Tomcat's connections itself, so it has to with each kind of connector that Tomcat has. */
@ParameterizedClass
@CsvSource({
        "TOMCAT_10_1, org.apache.coyote.http11.Http11NioProtocol, true",
        "TOMCAT_10_1, org.apache.coyote.http11.Http11Nio2Protocol, false",
        "TOMCAT_11, org.apache.coyote.http11.Http11NioProtocol, true",
        "TOMCAT_11, org.apache.coyote.http11.Http11Nio2Protocol, false",
        "TOMCAT_11, org.apache.coyote.http11.Http11Nio2Protocol, true"})
@Timeout(90)
class TomcatConnectorsIT {

    private static final SSLContext PLAIN = null;
    private static final int PIECE = 10_000;
    /** More than TCP takes on the way. */
    private static final int PIECES = 2_000;

    private static final StandInNomad NOMAD = StandInNomad.start();

    private final boolean tls;
    private final GateContainer gate;
    private final NomadEnds nomadEnds;
    private final int lines;
    private RawWebSocket browser;

    TomcatConnectorsIT(ContainerKind kind, String protocol, boolean tls) {
        this.tls = tls;
        GateOptions options = GateUnderTest.options(NOMAD).jvmArgs("-Dtest.protocol=" + protocol);
        gate = kind.shared(tls ? options.jvmArgs("-Dtest.certificate=" + TestPki.pem("server"),
                "-Dtest.certificate-key=" + TestPki.pem("server-key")) : options);
        lines = gate.output().size();
        NOMAD.reset();
        nomadEnds = new NomadEnds(NOMAD);
    }

    @AfterEach
    void nothingIsLeftOpen() {
        nomadEnds.close();
        browser.close();
        eventually("sessions left open").until(() -> NOMAD.openSessions() == 0);
        assertThat(gate.stackTraces(lines)).isEmpty();
    }

    @AfterAll
    static void stop() {
        NOMAD.close();
    }

    @Test
    void framesOfAnySizeComeBackAsTheyWere() throws Exception {
        open(StandInNomad.ECHO_ALLOC, 0);
        Random random = new Random(1);
        for (int size : new int[] {0, 1, 125, 126, 8191, 8192, 8193, 16_384, 65_535, 65_536, 200_000}) {
            byte[] payload = new byte[size];
            random.nextBytes(payload);
            CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> {
                try {
                    browser.sendBinary(payload);
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            assertThat(message(browser::readFrame)).isEqualTo(payload);
            sent.get();
        }
    }

    @Test
    void aBrowserThatReadsLateGetsEverythingInOrder() throws Exception {
        WireSession session = open(StandInNomad.SCRIPT_ALLOC, 16 * 1024);
        CompletableFuture<Void> flood = CompletableFuture.runAsync(() -> {
            try {
                for (int i = 0; i < PIECES; i++) {
                    session.sendFrame(Frame.BINARY, true, piece(i));
                }
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        stopsAt(session::bytesWritten);

        for (int i = 0; i < PIECES; i++) {
            assertThat(message(browser::readFrame)).isEqualTo(piece(i));
        }
        assertThat(flood).succeedsWithin(SOON);
        browser.close(1000, "");
        assertThat(next(session::readFrame).closeCode()).isEqualTo(1000);
        session.close(1000, "");
    }

    @Test
    void aNomadThatReadsLateGetsEverythingInOrder() throws Exception {
        WireSession session = open(StandInNomad.SCRIPT_ALLOC, 0);
        AtomicLong written = new AtomicLong();
        CompletableFuture<Void> flood = CompletableFuture.runAsync(() -> {
            try {
                for (int i = 0; i < PIECES; i++) {
                    browser.sendFrame(Frame.BINARY, true, piece(i));
                    written.addAndGet(PIECE);
                }
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        stopsAt(written::get);

        for (int i = 0; i < PIECES; i++) {
            assertThat(message(session::readFrame)).isEqualTo(piece(i));
        }
        assertThat(flood).succeedsWithin(SOON);
        session.close(1001, "enough");
        assertThat(browser.readClose(SOON).closeReason()).isEqualTo("enough");
        browser.close(1001, "");
        browser.awaitEof(SOON);
        assertThat(session.awaitPeerClose(SOON)).isTrue();
    }

    @Test
    void aBrowserThatIsGoneEndsItsSession() throws Exception {
        int sockets = gate.socketCount();
        open(StandInNomad.SCRIPT_ALLOC, 0);
        browser.reset();
        eventually("Nomad's end").until(() -> NOMAD.openSessions() == 0);
        eventually("the browser's end").until(() -> gate.socketCount() <= sockets);

        WireSession session = open(StandInNomad.SCRIPT_ALLOC, 16 * 1024);
        CompletableFuture<Void> flood = CompletableFuture.runAsync(() -> {
            try {
                for (int i = 0; ; i++) {
                    session.sendFrame(Frame.BINARY, true, piece(i));
                }
            } catch (IOException e) {
                // What was waited for.
            }
        });
        stopsAt(session::bytesWritten);
        browser.reset();
        assertThat(flood).succeedsWithin(SOON);
        eventually("the browser's end under load").until(() -> gate.socketCount() <= sockets);
    }

    @Test
    void aNomadThatIsGoneEndsTheBrowsersConnection() throws Exception {
        WireSession session = open(StandInNomad.SCRIPT_ALLOC, 0);
        session.reset();
        assertThat(browser.readClose(SOON).closeCode()).isEqualTo(1012);
        // Does not answer the close, so that it is cut off.
        browser.awaitEof(SOON);
    }

    private WireSession open(String alloc, int receiveBuffer) throws IOException, InterruptedException {
        browser = RawWebSocket.open("127.0.0.1", gate.port(), ExecContract.exec(alloc), Map.of(), receiveBuffer,
                tls ? TestPki.server() : PLAIN);
        return alloc.equals(StandInNomad.SCRIPT_ALLOC) ? nomadEnds.next(SOON) : null;
    }

    private interface Source {
        Frame next() throws IOException;
    }

    /** The next frame but for the keepalive's. */
    private static Frame next(Source source) throws IOException {
        Frame frame = source.next();
        while (frame.opcode() == Frame.PING || frame.opcode() == Frame.PONG) {
            frame = source.next();
        }
        return frame;
    }

    /** The next message, in however many frames it comes. */
    private static byte[] message(Source source) throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        Frame frame;
        do {
            frame = next(source);
            message.write(frame.payload());
        } while (!frame.fin());
        return message.toByteArray();
    }

    private static byte[] piece(int i) {
        byte[] piece = new byte[PIECE];
        new Random(i).nextBytes(piece);
        return piece;
    }
}
