package dev.nomadgate.contract.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nomadgate.contract.GateUnderTest;
import dev.nomadgate.contract.containers.GateContainer;
import dev.nomadgate.standin.RawHttp;
import dev.nomadgate.standin.RecordedRequest;
import dev.nomadgate.standin.Script;
import dev.nomadgate.standin.StandInNomad;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;

/** A test class with raw bytes on both sides of the gate; it says itself on which containers it runs. */
abstract class RawContract {

    /** Answers anything with an empty 200. */
    static final Script OK = (request, wire) -> wire.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");

    static {
        Awaitility.setDefaultPollInterval(Duration.ofMillis(10));
    }

    final GateContainer gate;
    final StandInNomad nomad;
    private final int linesBefore;

    RawContract(GateUnderTest underTest) {
        gate = underTest.container();
        nomad = underTest.nomad();
        linesBefore = gate.output().size();
    }

    @AfterEach
    void logsNoStackTrace() {
        assertThat(gate.stackTraces(linesBefore)).isEmpty();
    }

    /** What the container printed since this test began. */
    List<String> log() {
        List<String> all = gate.output();
        return all.subList(linesBefore, all.size());
    }

    RawHttp connect() throws IOException {
        return RawHttp.connect("127.0.0.1", gate.port());
    }

    RawHttp.Response get(String target, String... fields) throws IOException {
        return RawHttp.get("127.0.0.1", gate.port(), target, fields);
    }

    RawHttp.Response send(String request) throws IOException {
        return RawHttp.send("127.0.0.1", gate.port(), request);
    }

    /** The text of a request to this gate, without a body. */
    String request(String method, String target, String... fields) {
        return RawHttp.request(method, "127.0.0.1", gate.port(), target, fields);
    }

    /** What Nomad received with this target. */
    RecordedRequest received(String target) {
        return nomad.awaitRequest(request -> request.rawTarget().equals(target));
    }
}
