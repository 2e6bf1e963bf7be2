package dev.nomadgate.contract.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nomadgate.contract.GateUnderTest;
import dev.nomadgate.contract.containers.ContainerKind;
import dev.nomadgate.standin.Payload;
import dev.nomadgate.standin.RawHttp;
import dev.nomadgate.standin.RecordedRequest;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

/** Bodies eight times the heap of the container's JVM (-Xmx128m), byte for byte. */
class SnapshotIT extends HttpContract {

    private static final long GIB = 1L << 30;
    private static final String PATH = "/v1/operator/snapshot";

    private final long size;

    SnapshotIT(ContainerKind kind) {
        super(GateUnderTest.shared(kind));
        size = kind == ContainerKind.JETTY_HOME || kind == ContainerKind.TOMCAT_11 ? GIB : GIB / 4;
    }

    @Test
    void isSaved() throws IOException {
        try (RawHttp http = connect()) {
            assertThat(http.write(request("GET", PATH + "?bytes=" + size)).readHead().status()).isEqualTo(200);
            assertThat(compare(http.bodyStream(), Payload.stream(size))).isEqualTo(size);
            assertThat(http.bodyComplete()).isTrue();
        }
    }

    @Test
    void isRestored() throws IOException {
        try (RawHttp http = connect()) {
            http.write(request("PUT", PATH, "Content-Length: " + size));
            InputStream payload = Payload.stream(size);
            byte[] buffer = new byte[64 << 10];
            for (int n; (n = payload.read(buffer)) > 0; ) {
                http.write(n == buffer.length ? buffer : java.util.Arrays.copyOf(buffer, n));
            }
            assertThat(http.readResponse().status()).isEqualTo(200);
            RecordedRequest received = received(PATH);
            assertThat(received.bodyLength()).isEqualTo(size);
            assertThat(received.bodySha256()).isEqualTo(Payload.sha256(size));
        }
    }

    /** Cheaper than two hashes. */
    private static long compare(InputStream got, InputStream expected) throws IOException {
        byte[] a = new byte[64 << 10];
        byte[] b = new byte[64 << 10];
        long total = 0;
        while (true) {
            int n = got.read(a);
            if (n < 0) {
                return total;
            }
            assertThat(expected.readNBytes(b, 0, n)).isEqualTo(n);
            if (!java.util.Arrays.equals(a, 0, n, b, 0, n)) {
                throw new AssertionError("differs within the " + n + " bytes behind " + total);
            }
            total += n;
        }
    }
}
