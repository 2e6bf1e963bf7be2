package dev.nomadgate.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nomadgate.config.ConnectionsConfig;
import dev.nomadgate.standin.StandInNomad;
import dev.nomadgate.upstream.tls.TestPki;
import java.time.Duration;
import org.eclipse.jetty.client.AbstractConnectionPool;
import org.eclipse.jetty.client.Destination;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
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

    private interface Opening {
        void open(HttpClient client, StandInNomad nomad) throws Exception;
    }

    private static void test(boolean tls, Opening opening) throws Exception {
        QueuedThreadPool threads = HttpClients.threads();
        threads.start();
        try (StandInNomad nomad = tls ? StandInNomad.start(TestPki.server(), false) : StandInNomad.start()) {
            HttpClient client = HttpClients.create(
                    new ConnectionsConfig(Duration.ofSeconds(5), Duration.ofSeconds(60), 4),
                    new SslContextFactory.Client(true), threads, new ConnectionRegister());
            client.start();
            try {
                opening.open(client, nomad);

                nomad.resetConnections();

                await().pollInterval(Duration.ofMillis(10)).atMost(Duration.ofSeconds(5)).until(() -> kept(client) == 0);
            } finally {
                client.stop();
            }
        } finally {
            threads.stop();
        }
    }

    private static int kept(HttpClient client) {
        return client.getDestinations().stream()
                .mapToInt(destination -> ((AbstractConnectionPool) destination.getConnectionPool()).getConnectionCount())
                .sum();
    }
}
