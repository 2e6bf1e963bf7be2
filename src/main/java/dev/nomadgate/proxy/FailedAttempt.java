package dev.nomadgate.proxy;

import dev.nomadgate.client.SafeRequests;
import dev.nomadgate.upstream.Server;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;

/**
 * An attempt to have a request answered by one server, which failed: what may be tried next, and what the client is told
 * when nothing may.
 *
 * @param exchange the request, still with that server
 * @param answered whether an answer had begun
 * @param cause what the client towards Nomad reports
 */
record FailedAttempt(ProxyExchange exchange, boolean answered, Throwable cause) {

    /** The server changed to another protocol, which the gate had not asked for. */
    static final class SwitchedProtocolsException extends IOException {
        private static final long serialVersionUID = 1;
    }

    /** Nomad holds as many connections of the gate's as it allows, and closed this one unread. */
    boolean limited() {
        return !stopping() && !brokenByClient() && !timedOut() && !answered
                && exchange.proxy().connectionLimit().explains(exchange.server(), exchange.progress().request(), cause);
    }

    /** Nothing of the request was sent: the connection, or its TLS handshake, did not come about. */
    boolean unreachable() {
        return !stopping() && !brokenByClient() && !noneFree() && !timedOut() && (!exchange.progress().begun() || neverTaken());
    }

    /** The connection ended before a byte of the answer came. Nomad may have acted on the request. */
    boolean hungUp() {
        return !stopping() && !brokenByClient() && !timedOut() && !answered && exchange.progress().begun() && !neverTaken()
                && !exchange.progress().heardOf()
                && cause instanceof IOException;
    }

    /**
     * Such a request deserves another try, but has to be a safe one, not just idempotent: Nomad takes PUT for POST, also
     * where that starts something.
     */
    boolean repeatable() {
        return exchange.body() == null && SafeRequests.contains(exchange.method(), exchange.target().path());
    }

    /** What the client is told, in case the servers that are left cannot be reached either. */
    Failure explain() {
        ProxyContext proxy = exchange.proxy();
        if (stopping()) {
            return proxy.failures().stopping();
        }
        Server server = exchange.server();
        if (server == null) {
            return proxy.failures().unreachable(exchange.tries().route());
        }
        if (brokenByClient() && exchange.body().stalled()) {
            return proxy.failures().requestStalled(proxy.bodyTimeout(), exchange.progress().begun());
        }
        if (brokenByClient()) {
            return proxy.failures().requestBroken(exchange.progress().begun());
        }
        if (timedOut()) {
            return proxy.failures().timedOut(server, proxy.responseTimeout(),
                    "nomad-gate.upstream.response-timeout");
        }
        if (cause instanceof SwitchedProtocolsException) {
            return proxy.failures().switchedProtocols(server);
        }
        return noneFree()
                ? proxy.failures().poolExhausted(server, proxy.httpClient().getMaxConnectionsPerDestination())
                : proxy.failures().broken(server, cause);
    }

    /** The gate is being taken down, and its requests with it. */
    private boolean stopping() {
        return !exchange.proxy().httpClient().isRunning();
    }

    private boolean brokenByClient() {
        return exchange.body() != null && exchange.body().broken();
    }

    private boolean timedOut() {
        return cause instanceof ResponseDeadline.ResponseTimeoutException;
    }

    private boolean noneFree() {
        return !exchange.progress().begun() && (cause instanceof ResponseDeadline.PoolExhaustedException
                || cause instanceof RejectedExecutionException);
    }

    private boolean neverTaken() {
        return cause instanceof ResponseDeadline.ConnectTimeoutException
                || Stream.iterate(cause, Objects::nonNull, Throwable::getCause)
                        .anyMatch(SSLHandshakeException.class::isInstance);
    }
}
