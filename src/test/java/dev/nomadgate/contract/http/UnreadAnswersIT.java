package dev.nomadgate.contract.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nomadgate.contract.GateUnderTest;
import dev.nomadgate.contract.containers.ContainerKind;
import dev.nomadgate.standin.RawHttp;
import dev.nomadgate.standin.Script;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients that send one request after the other and read no answer, until not even a short one can be written to them. */
@ParameterizedClass(name = "{0}")
@EnumSource(names = {"JETTY_EMBEDDED", "TOMCAT_11"})
class UnreadAnswersIT extends RawContract {

    private static final int PIPELINED = 4000;
    private static final int SMALL_BUFFER = 4096;
    private static final int OTHERS = 20;

    /** Each is sent by one of the threads that read from Nomad, which are few. */
    enum Answer {
        NOMADS("HTTP/1.1 200 OK\r\nContent-Length: 4000\r\n\r\n" + "x".repeat(4000)),
        FAILURE("HTTP/1.1 101 Switching Protocols\r\nUpgrade: other\r\nConnection: Upgrade\r\n\r\n");

        private final Script script;

        Answer(String bytes) {
            script = (request, wire) -> wire.write(bytes);
        }
    }

    UnreadAnswersIT(ContainerKind kind) {
        super(GateUnderTest.shared(kind));
    }

    @ParameterizedTest
    @EnumSource
    void holdUpNobodyElse(Answer answer) throws IOException {
        String target = "/unread/" + answer;
        nomad.script(target, answer.script);
        String requests = request("GET", target, "Accept: text/html").repeat(PIPELINED);
        try (RawHttp silent = RawHttp.connect("127.0.0.1", gate.port(), SMALL_BUFFER)) {
            silent.write(requests);
            received(target);
            long asked = 0;
            for (int others = 0; others < OTHERS; others++) {
                assertThat(get("/echo/x").status()).isEqualTo(200);
                long now = asked(target);
                if (now != asked) {
                    asked = now;
                    others = 0;
                }
            }
            assertThat(asked).as("as many as could be answered").isLessThan(PIPELINED);
        }
    }

    private long asked(String target) {
        return nomad.requests().stream().filter(request -> request.rawTarget().equals(target)).count();
    }
}
