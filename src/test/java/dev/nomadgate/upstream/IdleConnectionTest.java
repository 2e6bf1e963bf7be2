package dev.nomadgate.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.eclipse.jetty.client.AbstractConnectionPool;
import org.eclipse.jetty.client.Destination;
import org.eclipse.jetty.client.HttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A connection that ended while nobody used it is nobody's next one: a PUT on it would fail, and may not be repeated. */
class IdleConnectionTest {

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void oneThatIsResetIsNotKept(boolean tls) throws Exception {
        test(tls, (client, nomad) -> {
            assertThat(client.newRequest(nomad.address()).path("/v1/jobs").send().getStatus()).isEqualTo(200);
            assertThat(kept(client)).isEqualTo(1);
        });
    }

    /** One opened for a request that got another one, which became free meanwhile. With TLS it greets only when it is used. */
    @Test
    void oneThatIsResetBeforeItWasUsedIsNotKept() throws Exception {
        test(false, (client, nomad) -> {
            Destination destination = client.resolveDestination(client.newRequest(nomad.address()));
            ((AbstractConnectionPool) destination.getConnectionPool()).preCreateConnections(1).get();
            await().until(() -> kept(client) == 1 && nomad.openConnections() == 1);
        });
    }

    private static void test(boolean tls, ClientUnderTest.Use opening) throws Exception {
        ClientUnderTest.use(tls, (client, nomad) -> {
            opening.of(client, nomad);

            nomad.resetConnections();

            await().pollInterval(Duration.ofMillis(10)).atMost(Duration.ofSeconds(5)).until(() -> kept(client) == 0);
        });
    }

    private static int kept(HttpClient client) {
        return client.getDestinations().stream()
                .mapToInt(destination -> ((AbstractConnectionPool) destination.getConnectionPool()).getConnectionCount())
                .sum();
    }
}
