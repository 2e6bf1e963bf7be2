package dev.nomadgate.proxy;

import dev.nomadgate.ui.PageFields;
import dev.nomadgate.upstream.ResolvedAddress;
import dev.nomadgate.upstream.Server;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.ee10.proxy.AsyncProxyServlet;
import org.eclipse.jetty.http.HttpFields;

/**
 * Forwards every request to the Nomad server of its client and relays the answer as it comes.
 *
 * <p>What Jetty's servlet does is kept where it is right for Nomad; each overridden method says in
 * its comment why it is not.
 */
public final class NomadProxyServlet extends AsyncProxyServlet {

    private static final long serialVersionUID = 1;

    /** There is none for all: each request has the client of the configuration that it began with. */
    @Override
    protected HttpClient createHttpClient() {
        return null;
    }

    /** Who made the clients stops them. */
    @Override
    public void destroy() {
    }

    /** Decides who the client is and which server it gets before anything is rewritten. */
    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        if (request.getDispatcherType() == DispatcherType.ASYNC) {
            RequestEnd.of(request).tell();
            throw TruncatedResponseException.of(request);
        }
        ProxyContext proxy = ProxyContext.of(request);
        ProxyExchange exchange = proxy.begin(request);
        if (Set.of("CONNECT", "TRACE").contains(request.getMethod())) {
            proxy.failureAnswer().send(request, response, proxy.failures().notForwarded(request.getMethod()));
            return;
        }
        if (!exchange.target().isRaw()) {
            proxy.failureAnswer().send(request, response, proxy.failures().notUri());
            return;
        }
        exchange.attachTo(request);
        if (!exchange.tries().next()) {
            proxy.failureAnswer().send(request, response, proxy.failures().unreachable(exchange.tries().route()));
            return;
        }
        super.service(request, response);
    }

    /** The target goes out as it came in; Jetty's would be decoded and normalised. */
    @Override
    protected String rewriteTarget(HttpServletRequest request) {
        return ProxyExchange.of(request).target().toString();
    }

    /**
     * Jetty's would parse server and target as one URI, and cut the connection while Nomad is silent. A page is asked
     * for as a whole even if the client wants only its header: nothing else tells the length of the adapted one.
     */
    @Override
    protected Request newProxyRequest(HttpServletRequest request, String target) {
        ProxyExchange exchange = ProxyExchange.of(request);
        Server server = exchange.server();
        return ResolvedAddress.lead(exchange.proxy().httpClient().newRequest(server.address()), server)
                .path(target)
                .method(exchange.mayBePage() ? "GET" : request.getMethod())
                .idleTimeout(0, TimeUnit.MILLISECONDS);
    }

    /** One rule for all header fields, forwarding ones included, in one place. */
    @Override
    protected void copyRequestHeaders(HttpServletRequest request, Request proxyRequest) {
        ProxyExchange exchange = ProxyExchange.of(request);
        HttpFields fields = RequestHeaders.rewrite(request, exchange.client(), exchange.server());
        proxyRequest.headers(headers -> headers.clear()
                .add(exchange.mayBePage() ? PageFields.request(fields) : fields));
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

    /** The container says {@code 100 Continue} when the body is first read, which is when Nomad wants it. */
    @Override
    protected boolean expects100Continue(HttpServletRequest request) {
        return false;
    }

    /** Jetty's begins to read at once, which spoils the body for another attempt. */
    @Override
    protected Request.Content proxyRequestContent(
            HttpServletRequest request, HttpServletResponse response, Request proxyRequest) {
        ProxyContext proxy = ProxyExchange.of(request).proxy();
        RequestBody body = new RequestBody(request, proxy.httpClient(), proxy.bodyTimeout());
        ProxyExchange.of(request).body(body);
        return body;
    }

    /**
     * Jetty's only bound is one on the whole exchange, which would end every stream. And it takes a connection to Nomad
     * before there is anything of a body to send: clients that send none would soon hold all of them.
     */
    @Override
    protected void sendProxyRequest(HttpServletRequest request, HttpServletResponse response, Request proxyRequest) {
        ProxyExchange exchange = ProxyExchange.of(request);
        ContainerWatch.begin(request, exchange,
                () -> answer(exchange, request, response, exchange.proxy().failures().stopping()));
        exchange.output(output(response));
        Attempt attempt = attempt(exchange, request, response, proxyRequest);
        RequestBody body = exchange.body();
        int most = exchange.proxy().config().maxConnections() / 2;
        if (body == null || exchange.proxy().arrivingBodies().mayAsk(body, most)) {
            attempt.send();
            return;
        }
        exchange.proxy().arrivingBodies().await(body, () -> {
            if (body.failure() != null) {
                failed(exchange, request, response, false, body.failure());
            } else {
                attempt.send();
            }
        });
    }

    private static ClientOutput output(HttpServletResponse response) {
        try {
            return ClientOutput.of(response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Jetty's listener never flushes, and ends a broken answer as if it were whole. */
    private Attempt attempt(
            ProxyExchange exchange, HttpServletRequest request, HttpServletResponse response, Request proxyRequest) {
        proxyRequest.timeout(0, TimeUnit.MILLISECONDS);
        return new Attempt(exchange, proxyRequest, new ResponseListener(this, exchange, request, response));
    }

    /**
     * Tries again where that is safe; answers in plain words where it is not. The exchange may have ended meanwhile, and
     * the request be another client's.
     */
    void failed(ProxyExchange exchange, HttpServletRequest request, HttpServletResponse response, boolean answered,
            Throwable cause) {
        FailedAttempt failed = new FailedAttempt(exchange, answered, cause);
        if (failed.limited()) {
            answer(exchange, request, response, exchange.proxy().failures().connectionLimit(exchange.server()));
            return;
        }
        if (failed.unreachable()) {
            exchange.tries().unreachable(exchange.progress(), cause);
            if (exchange.tries().next()) {
                sendAgain(exchange, request, response);
                return;
            }
        } else if (failed.hungUp()) {
            boolean mayHaveBeenIdle = exchange.tries().sameAgain(exchange.progress().connection());
            if (!mayHaveBeenIdle) {
                exchange.tries().unreachable(exchange.progress(), cause);
            }
            if (failed.repeatable() && (mayHaveBeenIdle || exchange.tries().otherOnce())) {
                sendAgain(exchange, request, response);
                return;
            }
        }
        answer(exchange, request, response, failed.explain());
    }

    private void sendAgain(ProxyExchange exchange, HttpServletRequest request, HttpServletResponse response) {
        exchange.unlessEnded(() -> {
            Request proxyRequest = newProxyRequest(request, rewriteTarget(request));
            copyRequestHeaders(request, proxyRequest);
            addProxyHeaders(request, proxyRequest);
            if (exchange.body() != null) {
                proxyRequest.body(exchange.body());
            }
            return attempt(exchange, request, response, proxyRequest);
        }).ifPresent(Attempt::send);
    }

    void answer(ProxyExchange exchange, HttpServletRequest request, HttpServletResponse response, Failure failure) {
        exchange.output().writeWith(() -> exchange.end(() -> FinalAnswer.send(exchange, request, response, failure)));
    }
}
