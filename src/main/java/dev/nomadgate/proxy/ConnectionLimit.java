package dev.nomadgate.proxy;

import dev.nomadgate.upstream.HttpClients;
import dev.nomadgate.upstream.Server;
import dev.nomadgate.upstream.tls.TlsRefusal;
import java.io.EOFException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.transport.internal.HttpConnectionOverHTTP;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;

/**
 * Nomad's {@code limits.http_max_conns_per_client}, as each server shows it. A connection over it gets a bare 429; but past
 * some ten of them a second, and mostly with TLS, it is closed without a word, as a dying server's would be. Thread-safe.
 */
public final class ConnectionLimit {

    private static final Set<String> FIELDS = Set.of("connection", "content-type", "content-length");
    /** Nomad has as many refusals to spend again after this. */
    private static final Duration LATELY = Duration.ofSeconds(10);
    /** A refused connection ends at once; one that ends later had been accepted. */
    private static final Duration AT_ONCE = Duration.ofSeconds(2);

    private final HttpClient client;
    private final LongSupplier nanoTime;
    private final Consumer<Server> keptOut;
    private final Map<Server, Long> met = new ConcurrentHashMap<>();

    /**
     * @param client holds the connections
     * @param nanoTime a monotonic clock
     * @param keptOut hears of each request that a server's limit kept out
     */
    public ConnectionLimit(HttpClient client, LongSupplier nanoTime, Consumer<Server> keptOut) {
        this.client = client;
        this.nanoTime = nanoTime;
        this.keptOut = keptOut;
    }

    /**
     * Whether Nomad refused the connection. It does so with a bare response, before its API is reached: no field but
     * these. Remembered.
     */
    public boolean refused(Server server, Response response) {
        boolean bare = response.getStatus() == HttpStatus.TOO_MANY_REQUESTS_429
                && response.getHeaders().contains(HttpHeader.CONNECTION, "close")
                && response.getHeaders().stream().map(HttpField::getLowerCaseName).allMatch(FIELDS::contains);
        if (bare) {
            met.put(server, nanoTime.getAsLong());
            keptOut.accept(server);
        }
        return bare;
    }

    /**
     * Whether the limit is why a request failed: its connection was new and was closed at once, without an answer, and the
     * server refused others lately or already holds many of the gate's.
     *
     * @param request that failed; null if it was not even sent
     */
    public boolean explains(Server server, Request request, Throwable cause) {
        boolean explains = request != null && (closedBefore(request, cause) || closedAtOnce(request)) && TlsRefusal.withoutReason(cause)
                && (lately(server) || HttpClients.connections(client, request) * 2 >= client.getMaxConnectionsPerDestination());
        if (explains) {
            keptOut.accept(server);
        }
        return explains;
    }

    /** The connection came about, but ended before the request got it. */
    private static boolean closedBefore(Request request, Throwable cause) {
        return request.getConnection() == null && Stream.iterate(cause, Objects::nonNull, Throwable::getCause)
                .anyMatch(t -> t instanceof ClosedChannelException || t instanceof EOFException);
    }

    private static boolean closedAtOnce(Request request) {
        return request.getConnection() instanceof HttpConnectionOverHTTP connection
                // Jetty drops what comes before the connection was given a request.
                && connection.getMessagesIn() == 0
                && connection.getMessagesOut() <= 1
                && System.currentTimeMillis() - connection.getEndPoint().getCreatedTimeStamp() < AT_ONCE.toMillis();
    }

    private boolean lately(Server server) {
        Long last = met.get(server);
        return last != null && nanoTime.getAsLong() - last < LATELY.toNanos();
    }
}
