package dev.nomadgate.proxy;

import dev.nomadgate.upstream.Server;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.ee10.proxy.AsyncProxyServlet;
import org.eclipse.jetty.http.HttpStatus;

/**
 * Forwards every request to the Nomad server of its client and relays the answer as it comes.
 *
 * <p>What Jetty's servlet does is kept where it is right for Nomad; each overridden method says in
 * its comment why it is not.
 */
public final class NomadProxyServlet extends AsyncProxyServlet {

    private static final long serialVersionUID = 1;

    private final transient ProxyContext proxy;

    /** @param proxy what requests need on their way; outlives the servlet */
    public NomadProxyServlet(ProxyContext proxy) {
        this.proxy = proxy;
    }

    /** The client is shared with the exec bridge, and was made and tuned for both. */
    @Override
    protected HttpClient createHttpClient() {
        return proxy.httpClient();
    }

    /** Who made the shared client stops it. */
    @Override
    public void destroy() {
    }

    /** Decides who the client is and which server it gets before anything is rewritten. */
    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        if (request.getDispatcherType() == DispatcherType.ASYNC) {
            throw TruncatedResponseException.of(request);
        }
        ProxyExchange exchange = proxy.begin(request);
        exchange.attachTo(request);
        if (!exchange.nextServer()) {
            throw new IllegalStateException("configuration left no server to choose");
        }
        super.service(request, response);
    }

    /** The target goes out as it came in; Jetty's would be decoded and normalised. */
    @Override
    protected String rewriteTarget(HttpServletRequest request) {
        return ProxyExchange.of(request).target().toString();
    }

    /** Jetty's would parse server and target as one URI, and cut the connection while Nomad is silent. */
    @Override
    protected Request newProxyRequest(HttpServletRequest request, String target) {
        return getHttpClient().newRequest(ProxyExchange.of(request).server().address())
                .path(target)
                .method(request.getMethod())
                .idleTimeout(0, TimeUnit.MILLISECONDS);
    }

    /** One rule for all header fields, forwarding ones included, in one place. */
    @Override
    protected void copyRequestHeaders(HttpServletRequest request, Request proxyRequest) {
        ProxyExchange exchange = ProxyExchange.of(request);
        proxyRequest.headers(headers -> headers.clear()
                .add(RequestHeaders.rewrite(request, exchange.client(), exchange.server())));
    }

    /** Jetty would add forwarding fields behind what the client sent; only {@code Via} is left to add. */
    @Override
    protected void addProxyHeaders(HttpServletRequest request, Request proxyRequest) {
        addViaHeader(request, proxyRequest);
    }

    /** An HTTP/2 request may have a body without either header field that Jetty's looks for. */
    @Override
    protected boolean hasContent(HttpServletRequest request) {
        return super.hasContent(request)
                || (request.getContentLengthLong() < 0
                        && request.getProtocol().startsWith("HTTP/2")
                        && switch (request.getMethod()) {
                            case "GET", "HEAD", "OPTIONS", "TRACE" -> false;
                            default -> true;
                        });
    }

    /** The body is not read before it is wanted, so {@code 100 Continue} needs no special way. */
    @Override
    protected boolean expects100Continue(HttpServletRequest request) {
        return false;
    }

    /** Jetty's begins to read at once, which spoils the body for another attempt. */
    @Override
    protected Request.Content proxyRequestContent(
            HttpServletRequest request, HttpServletResponse response, Request proxyRequest) {
        RequestBody body = new RequestBody(request);
        ProxyExchange.of(request).body(body);
        return body;
    }

    /** Jetty's only bound is one on the whole exchange, which would end every stream. */
    @Override
    protected void sendProxyRequest(HttpServletRequest request, HttpServletResponse response, Request proxyRequest) {
        ProxyExchange exchange = ProxyExchange.of(request);
        exchange.attempt(proxyRequest, request.getAsyncContext());
        Duration answer = FollowPaths.contains(exchange.target().path()) ? null : proxy.responseTimeout();
        ResponseDeadline.set(proxyRequest, getHttpClient().getScheduler(), proxy.connectionTimeout(), answer);
        proxyRequest.timeout(0, TimeUnit.MILLISECONDS);
        proxyRequest.send(newProxyResponseListener(request, response));
    }

    /** Jetty's never flushes, and ends a broken answer as if it were whole. */
    @Override
    protected Response.Listener newProxyResponseListener(HttpServletRequest request, HttpServletResponse response) {
        return new ResponseListener(this, request, response);
    }

    /** Jetty's splits and joins values again, which is not what Nomad sent. */
    @Override
    protected void onServerResponseHeaders(
            HttpServletRequest request, HttpServletResponse response, Response serverResponse) {
        ResponseHeaders.copy(serverResponse.getHeaders(), ProxyExchange.of(request).server(),
                request.getContextPath(), response);
    }

    /** Tries the next server while nothing was sent; answers in plain words when there is none. */
    @Override
    protected void onProxyResponseFailure(
            HttpServletRequest request, HttpServletResponse response, Response serverResponse, Throwable cause) {
        ProxyExchange exchange = ProxyExchange.of(request);
        boolean retry = serverResponse == null && !exchange.sent() && !gaveUp(exchange, cause);
        if (retry) {
            exchange.route().unreachable(cause);
        }
        if (retry && exchange.nextServer()) {
            sendAgain(request, response);
        } else {
            answer(request, response, failure(exchange, serverResponse, cause));
        }
    }

    /** Whether the server was not at fault, but every connection to it in use. */
    private static boolean gaveUp(ProxyExchange exchange, Throwable cause) {
        return !exchange.begun() && (cause instanceof ResponseDeadline.PoolExhaustedException
                || cause instanceof RejectedExecutionException);
    }

    private Failure failure(ProxyExchange exchange, Response serverResponse, Throwable cause) {
        Server server = exchange.server();
        if (server == null) {
            return proxy.failures().unreachable(exchange.route().failures());
        }
        if (serverResponse != null && serverResponse.getStatus() == HttpStatus.TOO_MANY_REQUESTS_429) {
            return proxy.failures().connectionLimit(server);
        }
        if (cause instanceof ResponseDeadline.ResponseTimeoutException) {
            return proxy.failures().timedOut(server, proxy.responseTimeout());
        }
        if (gaveUp(exchange, cause)) {
            return proxy.failures().poolExhausted(server, getHttpClient().getMaxConnectionsPerDestination());
        }
        return exchange.body() != null && exchange.body().brokenByClient()
                ? proxy.failures().brokenBody()
                : proxy.failures().broken(server);
    }

    private void sendAgain(HttpServletRequest request, HttpServletResponse response) {
        Request proxyRequest = newProxyRequest(request, rewriteTarget(request));
        copyRequestHeaders(request, proxyRequest);
        addProxyHeaders(request, proxyRequest);
        RequestBody body = ProxyExchange.of(request).body();
        if (body != null) {
            proxyRequest.body(body);
        }
        sendProxyRequest(request, response, proxyRequest);
    }

    private void answer(HttpServletRequest request, HttpServletResponse response, Failure failure) {
        ProxyExchange exchange = ProxyExchange.of(request);
        try {
            proxy.failureAnswer().send(request, response, failure);
        } catch (IOException | IllegalStateException e) {
            _log.debug("client left before it could be told: {}", failure.title());
        } finally {
            exchange.complete();
        }
    }
}
