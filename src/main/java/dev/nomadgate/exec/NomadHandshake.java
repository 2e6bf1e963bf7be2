package dev.nomadgate.exec;

import dev.nomadgate.exec.jetty.JettyLeg;
import dev.nomadgate.exec.jetty.NomadWebSocketClient;
import dev.nomadgate.proxy.AttemptConnection;
import dev.nomadgate.proxy.ConnectionLimit;
import dev.nomadgate.upstream.ResolvedAddress;
import dev.nomadgate.upstream.Server;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLEngine;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.util.thread.Scheduler;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.client.UpgradeListener;
import org.eclipse.jetty.websocket.core.exception.UpgradeException;

/**
 * Opens the WebSocket to Nomad (RFC 6455 §4.1). Offers no extension, because Nomad accepts none, and
 * sends exactly {@code Connection: Upgrade}, because some versions of Nomad accept nothing else.
 */
final class NomadHandshake {

    /** Nomad answered, but not with 101. */
    static final class RefusedException extends IOException {

        private static final long serialVersionUID = 1;
        private final transient Response response;
        private final transient byte[] body;

        private RefusedException(Response response, byte[] body) {
            super("Nomad answered " + response.getStatus());
            this.response = response;
            this.body = body;
        }

        int status() {
            return response.getStatus();
        }

        HttpFields headers() {
            return response.getHeaders();
        }

        byte[] body() {
            return body;
        }
    }

    private static final int MAX_REFUSAL_BODY = 1024 * 1024;
    /** See {@link SSLEngine#getSession}. */
    private static final String NO_CIPHER_YET = "SSL_NULL_WITH_NULL_NULL";

    private final Server server;
    private volatile AttemptConnection connection;
    private volatile boolean answered;
    private volatile Response response;
    private volatile Request request;
    private volatile boolean complete;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    NomadHandshake(Server server) {
        this.server = server;
    }

    /**
     * Whether a byte of the handshake may have reached Nomad. Jetty tells so only after it wrote them, and not at all when the
     * connection ends first; so it is whether it could begin to.
     */
    boolean sent() {
        return connection != null && (!server.secure() || tlsCameAbout(connection.connection().getEndPoint()));
    }

    private static boolean tlsCameAbout(EndPoint endPoint) {
        return endPoint instanceof SslConnection.SslEndPoint tls
                && !NO_CIPHER_YET.equals(tls.getSslConnection().getSSLEngine().getSession().getCipherSuite());
    }

    /** Whether Nomad began to answer, well or not. */
    boolean answered() {
        return answered;
    }

    /** Whether the connection ended before a byte of the answer came; Nomad runs no command before it has answered 101. */
    boolean hungUp(Throwable failure) {
        return failure instanceof IOException && connection != null && !connection.heardOf();
    }

    /** The connection on which it was sent; null if it was not. */
    AttemptConnection connection() {
        return connection;
    }

    /** Whether Nomad did not take it because the gate holds as many connections as Nomad allows. */
    boolean limited(ConnectionLimit limit, Throwable failure) {
        return response == null ? limit.explains(server, request, failure) : limit.refused(server, response);
    }

    /**
     * Sends the handshake.
     *
     * @param target path and query as the browser sent them
     * @param fields the header, without what belongs to the handshake itself
     * @param listener hears what happens on the connection
     * @param timeout bound on the time until the 101
     * @return the subprotocol that Nomad chose, empty for none; fails with {@link RefusedException} if
     *     Nomad gave another answer than 101 and gave it whole
     */
    CompletableFuture<String> send(NomadWebSocketClient client, String target, HttpFields fields,
            List<String> subprotocols, Leg.Listener listener, Duration timeout) throws IOException {
        URI address = URI.create((server.secure() ? "wss://" : "ws://") + server.authority());
        CompletableFuture<String> opened = new CompletableFuture<>();
        CompletableFuture<CoreSession> connecting =
                client.connect(new JettyLeg(listener), address, subprotocols, new Preparation(target, fields));
        // Not the request's own timeout, whose timer would hold the session until it ran out.
        Scheduler.Task bound = client.getHttpClient().getScheduler().schedule(
                () -> connecting.completeExceptionally(new TimeoutException()),
                timeout.toMillis(), TimeUnit.MILLISECONDS);
        connecting.whenComplete((session, failure) -> {
            bound.cancel();
            if (failure == null) {
                opened.complete(subprotocol(session));
            } else {
                hangUp();
                opened.completeExceptionally(
                        refused() ? new RefusedException(response, body.toByteArray()) : cause(failure));
            }
        });
        return opened;
    }

    private static String subprotocol(CoreSession session) {
        String accepted = session.getNegotiatedSubProtocol();
        return accepted == null ? "" : accepted;
    }

    private boolean refused() {
        return response != null && response.getStatus() != 101 && complete;
    }

    /** Jetty forgets the connection of an upgrade that it does not believe in. */
    private void hangUp() {
        if (response != null && response.getStatus() == 101) {
            connection.connection().close();
        }
    }

    /** What happened, without what Jetty wraps around it. */
    private static Throwable cause(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null
                && (cause instanceof CompletionException || cause instanceof UpgradeException)) {
            cause = cause.getCause();
        }
        return cause;
    }

    private final class Preparation implements UpgradeListener {

        private final String target;
        private final HttpFields fields;

        private Preparation(String target, HttpFields fields) {
            this.target = target;
            this.fields = fields;
        }

        @Override
        public void onHandshakeRequest(Request handshake) {
            request = handshake;
            ResolvedAddress.lead(request, server).path(target);
            request.headers(headers -> {
                headers.remove(HttpHeader.PRAGMA).remove(HttpHeader.CACHE_CONTROL).remove(HttpHeader.HOST);
                headers.add(fields);
            });
            request.onRequestBegin(ignored -> connection = AttemptConnection.of(request));
            request.onResponseBegin(ignored -> answered = true);
            request.onResponseContent(this::collect);
            request.onResponseSuccess(ignored -> complete = true);
        }

        @Override
        public void onHandshakeResponse(Request request, Response received) {
            response = received;
        }

        private void collect(Response received, ByteBuffer content) {
            if (body.size() + content.remaining() > MAX_REFUSAL_BODY) {
                received.abort(new IOException("Nomad's refusal is longer than " + MAX_REFUSAL_BODY + " bytes"));
                return;
            }
            byte[] bytes = new byte[content.remaining()];
            content.get(bytes);
            body.writeBytes(bytes);
        }
    }
}
