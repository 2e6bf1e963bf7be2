package dev.nomadgate.contract.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nomadgate.contract.containers.ContainerKind;
import dev.nomadgate.standin.FaultRelay.Kind;
import dev.nomadgate.standin.FaultRelay.Moment;
import dev.nomadgate.standin.Frame;
import dev.nomadgate.standin.RawHttp;
import dev.nomadgate.standin.RawWebSocket;
import dev.nomadgate.standin.RecordedRequest;
import dev.nomadgate.standin.StandInNomad;
import dev.nomadgate.standin.WireSession;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever becomes of a browser's connection, Nomad is not left waiting for it. */
@ParameterizedClass
@EnumSource(names = {"JETTY_EMBEDDED", "TOMCAT_11"})
class FaultsTowardsBrowserIT extends FaultContract {

    FaultsTowardsBrowserIT(ContainerKind kind) {
        super(kind);
    }

    @ParameterizedTest
    @EnumSource(names = {"CUT", "RESET", "STALL"})
    void aRequestWhoseHeaderDoesNotEndNeverReachesNomad(Kind fault) throws IOException {
        String target = "/echo/" + fault + "-" + gate.port();
        toGate.plan(fault, new Moment(true, 0, 30));
        try (RawHttp http = RawHttp.connect("127.0.0.1", toGate.port())) {
            http.write(RawHttp.request("GET", "127.0.0.1", gate.port(), target));
            if (fault != Kind.STALL) {
                assertThat(http.peek()).isNegative();
            }
        }
        assertThat(RawHttp.get("127.0.0.1", gate.port(), "/echo/y").status()).isEqualTo(200);
        assertThat(nomad.requests()).extracting(RecordedRequest::rawTarget).contains("/echo/y").doesNotContain(target);
        // Not before: the end of a stall lets the rest of the header pass.
        toGate.heal();
    }

    @ParameterizedTest
    @EnumSource(names = {"CUT", "RESET", "STALL", "HALF_CLOSE"})
    void anUploadThatDoesNotEndLetsNomadGo(Kind fault) throws IOException {
        toGate.plan(fault, new Moment(true, 1, 10));
        try (RawHttp http = RawHttp.connect("127.0.0.1", toGate.port())) {
            try {
                http.write(RawHttp.request("PUT", "127.0.0.1", gate.port(), "/echo/x", "Content-Length: 20") + "x".repeat(20));
            } catch (IOException e) {
                // The relay was faster.
            }
            soon("Nomad's end").until(() -> nomad.requests().size() == 1 && nomad.openConnections() == 0);
            assertThat(nomad.requests().get(0).bodyComplete()).isFalse();
        }
        logsOneLine("/echo/x", fault == Kind.STALL ? " 408 PUT" : " PUT ");
    }

    @ParameterizedTest
    @EnumSource(names = {"CUT", "RESET"})
    void aLogThatNobodyReadsAnyMoreIsLetGo(Kind fault) throws IOException {
        toGate.plan(fault, new Moment(false, 1, 50));
        try (RawHttp http = RawHttp.connect("127.0.0.1", toGate.port())) {
            http.write(RawHttp.request("GET", "127.0.0.1", gate.port(), "/v1/client/fs/logs/" + StandInNomad.ALLOC
                    + "?follow=true&task=sh&type=stdout&plain=true"));
            soon("Nomad's end").until(() -> {
                nomad.log("another line");
                return nomad.requests().size() == 1 && nomad.openConnections() == 0;
            });
        }
        logsOneLine("/v1/client/fs/logs/" + StandInNomad.ALLOC, "the client left");
    }

    @ParameterizedTest
    @EnumSource(names = {"CUT", "RESET", "HALF_CLOSE"})
    void aBrowserThatIsGoneBeforeThe101LeavesNoSession(Kind fault) {
        toGate.plan(fault, new Moment(true, 1, 0));
        try (RawWebSocket session = open(toGate.port(), EXEC)) {
            session.awaitEof(Duration.ofSeconds(20));
        } catch (IOException e) {
            // No 101 came.
        }
        // That nothing is left is what every test here looks at in the end.
        soon("Nomad's end").until(() -> nomad.requests().size() == 1 && nomad.openSessions() == 0);
    }

    @ParameterizedTest
    @EnumSource(names = {"CUT", "RESET", "STALL", "HALF_CLOSE"})
    void aSessionWhoseBrowserIsGoneEnds(Kind fault) throws Exception {
        // Within a frame's header and within its payload; the wait for a stalled one is the same in both.
        int[] moments = fault == Kind.STALL ? new int[] {3} : new int[] {3, 9};
        for (int bytes : moments) {
            toGate.plan(fault, new Moment(true, 1, bytes));
            try (RawWebSocket session = open(toGate.port(), EXEC)) {
                WireSession nomadEnd = nomadEnd();
                try {
                    session.sendText("typed");
                } catch (IOException e) {
                    // The relay was faster.
                }
                Frame close = close(nomadEnd);
                assertThat(close.closeCode()).isEqualTo(1001);
                assertThat(nomadEnd.awaitPeerClose(Duration.ofSeconds(20))).isTrue();
            }
            toGate.heal();
        }
        soon("a line each").until(() -> log(EXEC).size() == moments.length);
        assertThat(log(EXEC)).allMatch(line -> line.contains("the browser was gone"));
    }

    @ParameterizedTest
    @EnumSource(names = {"DELAY", "ONE_BYTE_AT_A_TIME"})
    void slowBytesAreBytes(Kind slow) throws IOException {
        for (boolean towardsGate : new boolean[] {true, false}) {
            toGate.plan(slow, new Moment(towardsGate, 0, 0));
            RawHttp.Response response = RawHttp.send("127.0.0.1", toGate.port(), RawHttp.request("PUT", "127.0.0.1",
                    gate.port(), "/echo/" + towardsGate, "Content-Length: 300", "Connection: close") + "x".repeat(300));
            assertThat(response.text()).contains("\"bodyLength\":300");
            assertThat(response.bodyComplete()).isTrue();
            try (RawWebSocket session = open(toGate.port(), ECHO)) {
                converse(session);
            }
        }
    }
}
