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

/**
 * A client that sends one request after the other and reads no answer, until not even a short one can be written to it. Where
 * the container is Jetty the threads that read from Nomad write to the clients themselves, and there are few of them.
 */
@ParameterizedClass(name = "{0}")
@EnumSource(names = "JETTY_EMBEDDED")
class UnreadAnswersIT extends RawContract {

    private static final int SMALL_BUFFER = 4096;
    private static final int OTHERS = 20;

    enum Answer {
        SHORT(1500, "HTTP/1.1 200 OK\r\nContent-Length: 4000\r\n\r\n" + "x".repeat(4000)),
        LARGER(500, "HTTP/1.1 200 OK\r\nContent-Length: 20000\r\n\r\n" + "x".repeat(20_000)),
        FAILURE(4000, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: other\r\nConnection: Upgrade\r\n\r\n");

        private final int pipelined;
        private final Script script;

        Answer(int pipelined, String bytes) {
            this.pipelined = pipelined;
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
        String requests = request("GET", target, "Accept: text/html").repeat(answer.pipelined);
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
            assertThat(asked).as("as many as could be answered").isLessThan(answer.pipelined);
        }
    }

    private long asked(String target) {
        return nomad.requests().stream().filter(request -> request.rawTarget().equals(target)).count();
    }
}
