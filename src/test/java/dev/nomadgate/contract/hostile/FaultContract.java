package dev.nomadgate.contract.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nomadgate.contract.containers.ContainerKind;
import dev.nomadgate.contract.containers.GateContainer;
import dev.nomadgate.standin.FaultRelay;
import dev.nomadgate.standin.Frame;
import dev.nomadgate.standin.NomadEnds;
import dev.nomadgate.standin.RawWebSocket;
import dev.nomadgate.standin.StandInNomad;
import dev.nomadgate.standin.WireSession;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** A gate between two relays, and both ends of what goes through it. */
@Timeout(90)
abstract class FaultContract {

    static final String EXEC = "/v1/client/allocation/" + StandInNomad.SCRIPT_ALLOC + "/exec";
    static final String ECHO = "/v1/client/allocation/" + StandInNomad.ECHO_ALLOC + "/exec";

    final GateContainer gate;
    final StandInNomad nomad;
    final FaultRelay toNomad;
    final FaultRelay toGate;
    private final NomadEnds nomadEnds;
    private final int lines;

    FaultContract(ContainerKind kind) {
        HostileGates.Relayed relayed = HostileGates.relayed(kind);
        gate = relayed.container();
        nomad = relayed.nomad();
        toNomad = relayed.toNomad();
        toGate = relayed.toGate();
        nomadEnds = new NomadEnds(nomad);
        lines = gate.output().size();
    }

    @AfterEach
    void nothingIsLeft() {
        nomadEnds.close();
        toNomad.heal();
        toGate.heal();
        soon("sessions").until(() -> nomad.openSessions() == 0);
        soon("connections to Nomad").until(() -> nomad.openConnections() == 0);
        // The one that listens, and what a selector holds until its next event.
        soon("sockets of the gate").until(() -> gate.socketCount() <= 4);
        assertThat(gate.stackTraces(lines)).isEmpty();
    }

    static ConditionFactory soon(String what) {
        return await(what).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(20)).atMost(Duration.ofSeconds(30));
    }

    /** What the gate itself printed about this path since the test began. */
    List<String> log(String path) {
        List<String> all = gate.output();
        return all.subList(lines, all.size()).stream().filter(line -> line.contains(path + " from 127.0.0.1")).toList();
    }

    void logsOneLine(String path, String... words) {
        soon("a line").until(() -> !log(path).isEmpty());
        assertThat(log(path)).hasSize(1).allSatisfy(line -> assertThat(line).contains(words));
    }

    RawWebSocket open(int port, String target) throws IOException {
        return RawWebSocket.open("127.0.0.1", port, target, Map.of());
    }

    WireSession nomadEnd() throws InterruptedException {
        return nomadEnds.next(Duration.ofSeconds(20));
    }

    /** The close that comes to Nomad, pings answered; null if TCP ends without one. */
    static Frame close(WireSession session) throws IOException {
        Frame frame = session.readFrame();
        while (frame != null && !frame.isClose()) {
            if (frame.opcode() == Frame.PING) {
                session.sendFrame(Frame.PONG, true, frame.payload());
            }
            frame = session.readFrame();
        }
        return frame;
    }

    /** The close that comes to the browser, pings answered; null if TCP ends without one. */
    static Frame close(RawWebSocket session) throws IOException {
        Frame frame = next(session);
        while (frame != null && !frame.isClose()) {
            frame = next(session);
        }
        return frame;
    }

    /** The next frame, as a browser sees it. */
    private static Frame next(RawWebSocket session) throws IOException {
        Frame frame = session.readFrame();
        while (frame != null && frame.opcode() == Frame.PING) {
            session.sendFrame(Frame.PONG, true, frame.payload());
            frame = session.readFrame();
        }
        return frame;
    }

    /** Some messages go to the echoing allocation, and come back as they were. */
    static void converse(RawWebSocket session) throws IOException {
        for (int i = 1; i < 600; i *= 3) {
            String text = "\u00e4".repeat(i);
            session.sendText(text);
            Frame frame = next(session);
            StringBuilder back = new StringBuilder(frame.text());
            while (!frame.fin()) {
                frame = next(session);
                back.append(frame.text());
            }
            assertThat(back).hasToString(text);
        }
    }
}
