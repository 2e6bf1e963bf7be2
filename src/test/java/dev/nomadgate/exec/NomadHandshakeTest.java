package dev.nomadgate.exec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nomadgate.exec.jetty.NomadWebSocketClient;
import dev.nomadgate.standin.DeadServer;
import dev.nomadgate.standin.StandInNomad;
import dev.nomadgate.upstream.ClientUnderTest;
import dev.nomadgate.upstream.Server;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NomadHandshakeTest {

    /**
     * Jetty tells that a request was sent some time after it sent it, and not at all if the connection ends first. A command
     * must not be started on a second server because of that.
     */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatNomadHungUpOnWasSentEvenIfJettyHadNoTimeToSaySo(boolean tls) throws Exception {
        ClientUnderTest.use(tls, (client, nomad) -> {
            noteWhatIsSentOnlyAfterTheConnectionsEnd(client);
            nomad.script("/v1/client/allocation/", (request, wire) -> wire.close());
            NomadHandshake handshake = new NomadHandshake(new Server(nomad.address(), 1, false, 0, Duration.ZERO));

            CompletableFuture<String> opened = send(handshake, client);

            assertThat(opened).failsWithin(Duration.ofSeconds(10));
            assertThat(handshake.sent()).isTrue();
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void nothingWasSentToAServerThatIsNotThere(boolean tls) throws Exception {
        ClientUnderTest.use(tls, (client, nomad) -> {
            try (DeadServer dead = new DeadServer()) {
                URI address = URI.create((tls ? "https" : "http") + "://" + dead.address().getAuthority());
                NomadHandshake handshake = new NomadHandshake(new Server(address, 1, false, 0, Duration.ZERO));

                CompletableFuture<String> opened = send(handshake, client);

                assertThat(opened).failsWithin(Duration.ofSeconds(10));
                assertThat(handshake.sent()).isFalse();
            }
        });
    }

    @Test
    void nothingWasSentWhereTlsIsNotUnderstood() throws Exception {
        ClientUnderTest.use(false, (client, nomad) -> {
            URI wrong = URI.create("https://" + nomad.address().getAuthority());
            NomadHandshake handshake = new NomadHandshake(new Server(wrong, 1, false, 0, Duration.ZERO));

            CompletableFuture<String> opened = send(handshake, client);

            assertThat(opened).failsWithin(Duration.ofSeconds(10));
            assertThat(handshake.sent()).isFalse();
        });
    }

    private static CompletableFuture<String> send(NomadHandshake handshake, HttpClient client) throws Exception {
        NomadWebSocketClient webSocket = new NomadWebSocketClient(client);
        webSocket.start();
        return handshake.send(webSocket, "/v1/client/allocation/" + StandInNomad.SCRIPT_ALLOC + "/exec", HttpFields.EMPTY,
                List.of(), new SilentListener(), Duration.ofSeconds(1));
    }

    private static void noteWhatIsSentOnlyAfterTheConnectionsEnd(HttpClient client) throws Exception {
        CompletableFuture<Connection> closed = new CompletableFuture<>();
        client.addBean(new Connection.Listener() {
            @Override
            public void onClosed(Connection connection) {
                closed.complete(connection);
            }
        });
        ByteBufferPool pool = client.getByteBufferPool();
        client.stop();
        client.setByteBufferPool(new ByteBufferPool.Wrapper(pool) {
            @Override
            public RetainableByteBuffer.Mutable acquire(int size, boolean direct) {
                RetainableByteBuffer.Mutable buffer = super.acquire(size, direct);
                return size == client.getRequestBufferSize() ? new HeldUntil(closed, buffer) : buffer;
            }
        });
        client.start();
    }

    /** What Jetty lets go of once it was sent, and before it tells. */
    private static final class HeldUntil extends RetainableByteBuffer.Mutable.Wrapper {

        private final CompletableFuture<?> event;

        private HeldUntil(CompletableFuture<?> event, RetainableByteBuffer.Mutable buffer) {
            super(buffer);
            this.event = event;
        }

        @Override
        public boolean release() {
            event.orTimeout(10, TimeUnit.SECONDS).join();
            return super.release();
        }
    }
}
