package dev.nomadgate.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nomadgate.played.Played;
import dev.nomadgate.played.PlayedOutput;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How much is written at once. */
class ClientOutputTest {

    private int buffer;

    @ParameterizedTest
    @CsvSource(textBlock = """
            # buffer, length of the body, its type, followed, buffer to have
            8192,          100, application/json,         false,   8192
            8192,         8192, application/json,         false,   8192
            8192,         8193, application/json,         false,  65536
            8192,           -1, application/octet-stream, false,  65536
            8192,           -1, ,                         false,  65536
            8192,           -1, text/plain,               true,    8192
            8192,           -1, application/json,         false,   8192
            8192,           -1, application/json;charset=utf-8, false, 8192
            32768,          -1, application/octet-stream, false,  65536
            131072, 1000000000, application/octet-stream, false, 131072""")
    void aBodyThatMayBeLongGetsALargerBuffer(int before, long length, String type, boolean followed, int after)
            throws IOException {
        buffer = before;
        ClientOutput output = ClientOutput.of(response());
        output.expect(length, type, followed);
        assertThat(buffer).isEqualTo(after);
        assertThat(output.largestWrite()).as("what it holds, less a chunk's frame").isEqualTo(after - 16);
    }

    private HttpServletResponse response() {
        return Played.by(HttpServletResponse.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "getBufferSize" -> buffer;
            case "setBufferSize" -> {
                buffer = (int) arguments[0];
                yield null;
            }
            case "getOutputStream" -> new Output();
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }

    private static final class Output extends PlayedOutput {

        @Override
        public void setWriteListener(WriteListener listener) {
            // Never told.
        }
    }
}
