package dev.nomadgate.upstream;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.CompletableResponseListener;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.transport.internal.HttpConnectionOverHTTP;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClosedConnectionTest {

    /**
     * Jetty ends a connection that was closed in two steps: it fails the request that has it, then it closes the socket. A
     * request may get the connection in between, and go out on it; this is how it finds its socket.
     */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRequestWhoseSocketIsClosedBelowItHearsOfIt(boolean tls) throws Exception {
        ClientUnderTest.use(tls, (client, nomad) -> {
            Request request = client.newRequest(nomad.address()).path("/v1/jobs?index=" + nomad.index());
            CompletableFuture<?> answer = new CompletableResponseListener(request).send();
            await().pollInterval(Duration.ofMillis(10)).until(() -> nomad.requests().size() == 1);

            ((HttpConnectionOverHTTP) request.getConnection()).getEndPoint().close();

            assertThatThrownBy(() -> answer.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(IOException.class);
        });
    }
}
