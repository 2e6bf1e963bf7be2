package dev.nomadgate.upstream;

import dev.nomadgate.config.ConnectionsConfig;
import dev.nomadgate.standin.StandInNomad;
import dev.nomadgate.upstream.tls.TestPki;
import java.time.Duration;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The client towards Nomad, before a stand-in, for the length of one test. */
public final class ClientUnderTest {

    public interface Use {
        void of(HttpClient client, StandInNomad nomad) throws Exception;
    }

    private ClientUnderTest() {
    }

    public static void use(boolean tls, Use use) throws Exception {
        QueuedThreadPool threads = HttpClients.threads();
        threads.start();
        try (StandInNomad nomad = tls ? StandInNomad.start(TestPki.server(), false) : StandInNomad.start()) {
            HttpClient client = HttpClients.create(
                    new ConnectionsConfig(Duration.ofSeconds(5), Duration.ofSeconds(60), 4),
                    new SslContextFactory.Client(true), threads, new ConnectionRegister());
            client.start();
            try {
                use.of(client, nomad);
            } finally {
                client.stop();
            }
        } finally {
            threads.stop();
        }
    }
}
