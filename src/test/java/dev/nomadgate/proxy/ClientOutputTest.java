package dev.nomadgate.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.Proxy;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How much is written at once. */
class ClientOutputTest {

    private int buffer;

    @ParameterizedTest
    @CsvSource(textBlock = """
            # buffer, length of the body, buffer to have
            8192,          100,   8192
            8192,         8192,   8192
            8192,         8193,  65536
            8192,           -1,  65536
            32768,          -1,  65536
            131072, 1000000000, 131072""")
    void aBodyThatMayBeLongGetsALargerBuffer(int before, long length, int after) throws IOException {
        buffer = before;
        ClientOutput output = ClientOutput.of(response());
        output.expect(length);
        assertThat(buffer).isEqualTo(after);
        assertThat(output.largestWrite()).as("what it holds, less a chunk's frame").isEqualTo(after - 16);
    }

    private HttpServletResponse response() {
        return (HttpServletResponse) Proxy.newProxyInstance(getClass().getClassLoader(),
                new Class<?>[] {HttpServletResponse.class}, (proxy, method, arguments) -> switch (method.getName()) {
                    case "getBufferSize" -> buffer;
                    case "setBufferSize" -> {
                        buffer = (int) arguments[0];
                        yield null;
                    }
                    case "getOutputStream" -> new Output();
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private static final class Output extends ServletOutputStream {

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            // Never told.
        }

        @Override
        public void write(int b) {
            throw new UnsupportedOperationException();
        }
    }
}
