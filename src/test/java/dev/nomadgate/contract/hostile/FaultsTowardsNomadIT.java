package dev.nomadgate.contract.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nomadgate.contract.containers.ContainerKind;
import dev.nomadgate.standin.FaultRelay.Kind;
import dev.nomadgate.standin.FaultRelay.Moment;
import dev.nomadgate.standin.Frame;
import dev.nomadgate.standin.HandshakeRefused;
import dev.nomadgate.standin.RawHttp;
import dev.nomadgate.standin.RawWebSocket;
import dev.nomadgate.standin.WireSession;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever becomes of a connection to Nomad, the client hears of it. The gate's side of it is the same in all containers. */
class FaultsTowardsNomadIT extends FaultContract {

    private static final Kind[] FATAL = {Kind.STALL, Kind.CUT, Kind.RESET, Kind.HALF_CLOSE};

    FaultsTowardsNomadIT() {
        super(ContainerKind.JETTY_EMBEDDED);
    }

    /** Where a request may be when it happens. */
    enum RequestPhase {
        CONNECTED(new Moment(true, 0, 0)),
        WITHIN_THE_REQUESTS_HEADER(new Moment(true, 0, 30)),
        BEFORE_THE_ANSWER(new Moment(false, 0, 0)),
        WITHIN_THE_STATUS_LINE(new Moment(false, 0, 10)),
        WITHIN_THE_ANSWERS_HEADER(new Moment(false, 0, 40)),
        WITHIN_THE_ANSWERS_BODY(new Moment(false, 1, 20));

        private final Moment moment;

        RequestPhase(Moment moment) {
            this.moment = moment;
        }
    }

    static Stream<Arguments> requests() {
        return Arrays.stream(RequestPhase.values())
                .flatMap(phase -> Arrays.stream(FATAL).map(kind -> Arguments.of(phase, kind)));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void aRequestIsAnswered(RequestPhase phase, Kind fault) throws IOException {
        toNomad.plan(fault, phase.moment);
        RawHttp.Response response = RawHttp.get("127.0.0.1", gate.port(), "/echo/x");
        if (phase == RequestPhase.WITHIN_THE_ANSWERS_BODY) {
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.bodyComplete()).isFalse();
            assertThat(response.body()).hasSizeLessThan(60);
            logsOneLine("/echo/x", fault == Kind.STALL ? "fell silent within its answer" : "broke off its answer");
        } else {
            assertThat(response.status()).isIn(fault == Kind.STALL ? new Integer[] {504} : new Integer[] {502, 503});
            logsOneLine("/echo/x", " " + response.status() + " GET");
        }
        toNomad.heal();
        assertThat(RawHttp.get("127.0.0.1", gate.port(), "/echo/y").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource(names = {"DELAY", "ONE_BYTE_AT_A_TIME"})
    void slowBytesAreBytes(Kind slow) throws IOException {
        for (boolean towardsNomad : new boolean[] {true, false}) {
            toNomad.dropAll();
            toNomad.plan(slow, new Moment(towardsNomad, 0, 0));
            // Finds out which connections were dropped: what may have been acted on is not sent again.
            assertThat(RawHttp.get("127.0.0.1", gate.port(), "/echo/x").status()).isEqualTo(200);
            RawHttp.Response response = RawHttp.send("127.0.0.1", gate.port(), RawHttp.request("PUT", "127.0.0.1",
                    gate.port(), "/echo/" + towardsNomad, "Content-Length: 300", "Connection: close") + "x".repeat(300));
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.bodyComplete()).isTrue();
            assertThat(response.text()).contains("\"bodyLength\":300");
            try (RawWebSocket session = open(gate.port(), ECHO)) {
                converse(session);
            }
        }
    }

    /** Where a session may be when it happens. */
    enum SessionPhase {
        CONNECTED(new Moment(true, 0, 0)),
        WITHIN_THE_HANDSHAKE(new Moment(true, 0, 30)),
        BEFORE_THE_101(new Moment(false, 0, 0)),
        WITHIN_THE_101(new Moment(false, 0, 20)),
        BEHIND_THE_101(new Moment(false, 1, 0)),
        WITHIN_A_FRAMES_HEADER(new Moment(false, 1, 3)),
        WITHIN_A_PAYLOAD(new Moment(false, 1, 400)),
        BETWEEN_TWO_FRAMES(new Moment(false, 1, 504)),
        WHILE_THE_BROWSER_TYPES(new Moment(true, 1, 3));

        private final Moment moment;

        SessionPhase(Moment moment) {
            this.moment = moment;
        }

        boolean opens() {
            return compareTo(BEHIND_THE_101) >= 0;
        }
    }

    static Stream<Arguments> sessions() {
        return Arrays.stream(SessionPhase.values())
                .flatMap(phase -> Arrays.stream(FATAL).map(kind -> Arguments.of(phase, kind)));
    }

    @ParameterizedTest
    @MethodSource("sessions")
    void aSessionThatLostItsServerSaysSo(SessionPhase phase, Kind fault) throws Exception {
        toNomad.plan(fault, phase.moment);
        if (!phase.opens()) {
            HandshakeRefused refused = null;
            try (RawWebSocket session = open(gate.port(), EXEC)) {
                throw new AssertionError("the handshake succeeded");
            } catch (HandshakeRefused e) {
                refused = e;
            }
            assertThat(refused.status()).isIn(fault == Kind.STALL ? new Integer[] {503, 504} : new Integer[] {502, 503});
            logsOneLine(EXEC, " " + refused.status() + " GET");
            return;
        }
        try (RawWebSocket session = open(gate.port(), EXEC)) {
            WireSession nomadEnd = nomadEnd();
            try {
                // The second one begins behind 504 bytes: four of its header and 500.
                nomadEnd.sendBinary(new byte[500]);
                session.sendText("typed");
                nomadEnd.sendBinary(new byte[500]);
            } catch (IOException e) {
                // It is gone already.
            }
            Frame close = close(session);
            assertThat(close.closeCode()).isEqualTo(1012);
            try {
                session.close(1012, "");
            } catch (IOException e) {
                // The gate waits for this answer for a moment only, and has cut the connection.
            }
            session.awaitEof(Duration.ofSeconds(20));
        }
        logsOneLine(EXEC, "Nomad dropped the session");
    }
}
