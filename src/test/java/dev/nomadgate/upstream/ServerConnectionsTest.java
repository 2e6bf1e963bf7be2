package dev.nomadgate.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nomadgate.config.ConnectionsConfig;
import dev.nomadgate.standin.StandInNomad;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionFactory;
import org.eclipse.jetty.client.CompletableResponseListener;
import org.eclipse.jetty.client.ContentResponse;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How many connections a server sees while one client takes another's place. */
class ServerConnectionsTest {

    private static final int MOST = 4;

    private final StandInNomad nomad = StandInNomad.start();
    private final QueuedThreadPool threads = HttpClients.threads();
    private final ConnectionRegister register = new ConnectionRegister();
    private final List<HttpClient> clients = new ArrayList<>();

    @BeforeEach
    void startThreads() throws Exception {
        threads.start();
    }

    @AfterEach
    void stop() throws Exception {
        for (HttpClient client : clients) {
            client.stop();
        }
        threads.stop();
        nomad.close();
    }

    private HttpClient client() throws Exception {
        HttpClient client = HttpClients.create(
                new ConnectionsConfig(Duration.ofSeconds(5), Duration.ofSeconds(60), MOST),
                new SslContextFactory.Client(), threads, register);
        client.start();
        clients.add(client);
        return client;
    }

    private CompletableFuture<ContentResponse> send(HttpClient client, String target) {
        return new CompletableResponseListener(client.newRequest(nomad.address()).path(target)).send();
    }

    private CompletableFuture<ContentResponse> poll(HttpClient client) {
        return send(client, "/v1/jobs?index=" + nomad.index());
    }

    /** Asks this stand-in, as one of the addresses of a name. */
    private CompletableFuture<ContentResponse> pollAddress(HttpClient client, StandInNomad one) throws Exception {
        Request request = client.newRequest(URI.create("http://nomad.test:4646")).path("/v1/jobs?index=" + one.index());
        URI address = URI.create("http://nomad.test:" + one.port());
        return new CompletableResponseListener(ResolvedAddress.lead(request, new Server(address,
                Optional.of(InetAddress.getLoopbackAddress()), 1, false, false, 1, Duration.ofSeconds(1)))).send();
    }

    private static ConditionFactory soon() {
        return await().pollInterval(Duration.ofMillis(10)).atMost(Duration.ofSeconds(10));
    }

    @Test
    void aClientThatIsRetiredClosesWhatIsIdleAtOnceAndTheRestAfterItsRequest() throws Exception {
        HttpClient client = client();
        CompletableFuture<ContentResponse> poll = poll(client);
        send(client, "/v1/jobs").get();
        soon().until(() -> nomad.openConnections() == 2);

        register.retire(client);
        soon().until(() -> nomad.openConnections() == 1);
        nomad.bumpIndex();
        assertThat(poll.get().getStatus()).isEqualTo(200);
        soon().until(() -> nomad.openConnections() == 0);

        assertThat(send(client, "/v1/jobs").get().getStatus()).as("a retry of an old request").isEqualTo(200);
        soon().until(() -> nomad.openConnections() == 0);
    }

    @Test
    void whatTheOldOneHoldsTheNewOneDoesWithoutUntilItIsFree() throws Exception {
        List<CompletableFuture<Void>> answers = new ArrayList<>();
        for (int i = 0; i < MOST + 1; i++) {
            CompletableFuture<Void> answer = new CompletableFuture<Void>().orTimeout(20, TimeUnit.SECONDS);
            answers.add(answer);
            nomad.script("/v1/held/" + i, (request, wire) -> {
                answer.join();
                wire.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
            });
        }
        HttpClient before = client();
        for (int i = 0; i < MOST - 1; i++) {
            send(before, "/v1/held/" + i);
        }
        soon().until(() -> nomad.requests().size() == MOST - 1);
        register.retire(before);

        HttpClient after = client();
        send(after, "/v1/held/" + (MOST - 1));
        CompletableFuture<ContentResponse> waiting = send(after, "/v1/held/" + MOST);
        soon().until(() -> nomad.requests().size() == MOST);
        assertThat(nomad.openConnections()).isEqualTo(MOST);

        answers.get(0).complete(null);
        soon().until(() -> nomad.requests().size() == MOST + 1);
        assertThat(nomad.openConnections()).isEqualTo(MOST);
        answers.forEach(answer -> answer.complete(null));
        assertThat(waiting.get().getStatus()).isEqualTo(200);
    }

    @Test
    void eachAddressOfANameMayHaveAsMany() throws Exception {
        try (StandInNomad other = StandInNomad.start()) {
            for (StandInNomad one : List.of(nomad, other)) {
                HttpClient client = client();
                for (int i = 0; i < MOST; i++) {
                    pollAddress(client, one);
                }
                soon().until(() -> one.openConnections() == MOST);
            }
        }
    }

    @Test
    void whatTheGateAsksByItselfTakesNoPlaceOfARequest() throws Exception {
        HttpClient client = client();
        client.newRequest(nomad.address()).path("/v1/agent/health").tag(HealthChecks.class).send();
        for (int i = 0; i < MOST; i++) {
            poll(client);
        }
        soon().until(() -> nomad.openConnections() == MOST + 1);
    }

    @Test
    void aHeaderAsLargeAsTheGateMayLetPassIsSent() throws Exception {
        assertThat(client().newRequest(nomad.address()).path("/echo/x")
                .headers(headers -> headers.put("X-Long", "x".repeat(1024 * 1024))).send().getStatus()).isEqualTo(200);
    }

    @Test
    void aNewClientAlwaysGetsOne() throws Exception {
        HttpClient before = client();
        for (int i = 0; i < MOST; i++) {
            poll(before);
        }
        soon().until(() -> nomad.openConnections() == MOST);
        register.retire(before);
        assertThat(send(client(), "/v1/jobs").get().getStatus()).isEqualTo(200);
    }
}
