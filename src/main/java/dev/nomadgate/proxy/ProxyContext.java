package dev.nomadgate.proxy;

import dev.nomadgate.client.Admission;
import dev.nomadgate.client.Client;
import dev.nomadgate.config.UpstreamConfig;
import dev.nomadgate.sharing.BlockingWait;
import dev.nomadgate.sharing.SharedQueries;
import dev.nomadgate.ui.UiPages;
import dev.nomadgate.upstream.ServerPool;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import org.eclipse.jetty.client.HttpClient;

/**
 * What requests need on their way.
 *
 * @param httpClient reaches Nomad; started and stopped by its maker
 * @param sharedQueries lets clients wait together; stopped with the client
 * @param arrivingBodies holds requests back until there is something to send; stopped behind the client
 * @param connectionLimit recognises Nomad's
 * @param pool chooses the server
 * @param failures what can go wrong, in words
 * @param failureAnswer sends those words
 * @param events gets a line for each request that its client gave up
 * @param responseHeaders passes Nomad's header on
 * @param pages the pages of Nomad's UI
 * @param config the bounds towards Nomad
 * @param bodyTimeout how long a client may take for the next piece of a request's body
 */
public record ProxyContext(
        HttpClient httpClient,
        SharedQueries sharedQueries,
        ArrivingBodies arrivingBodies,
        ConnectionLimit connectionLimit,
        ServerPool pool,
        Failures failures,
        FailureAnswer failureAnswer,
        EventLog events,
        ResponseHeaders responseHeaders,
        UiPages pages,
        UpstreamConfig config,
        Duration bodyTimeout) {

    private static final String ATTRIBUTE = ProxyContext.class.getName();

    /** Makes this what the request gets on its way. */
    public void attachTo(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }

    static ProxyContext of(HttpServletRequest request) {
        return (ProxyContext) request.getAttribute(ATTRIBUTE);
    }

    ProxyExchange begin(HttpServletRequest request) {
        Client client = Admission.of(request);
        RawTarget target = RawTarget.of(request);
        ServerTries tries = new ServerTries(pool.route(client.address()), config.maxConnections());
        return new ProxyExchange(this, client, request.getMethod(), target, tries,
                pages.mayBeAskedFor(request.getMethod(), target.path()), RequestEnd.of(request));
    }

    /** For how long Nomad is asked to hold a query: not so long that the client would be told that it did not answer. */
    BlockingWait blockingWait() {
        Duration most = responseTimeout().multipliedBy(2).dividedBy(3);
        Duration longest = config.blockingWait().compareTo(most) < 0 ? config.blockingWait() : most;
        return new BlockingWait(longest, config.maxConnections());
    }

    Duration responseTimeout() {
        return config.responseTimeout();
    }

    /** Connecting has its own, shorter bound; what is left is the wait for a connection in use. */
    Duration connectionTimeout() {
        return config.connectTimeout().plus(config.acquireTimeout());
    }
}
