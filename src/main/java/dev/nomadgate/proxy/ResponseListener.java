package dev.nomadgate.proxy;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;

/** Turns what comes from Nomad for one request into what the client gets. */
final class ResponseListener implements Response.Listener, ResponseRelay.Ending {

    private static final Set<String> LIMIT_FIELDS = Set.of("connection", "content-type", "content-length");

    private final NomadProxyServlet servlet;
    private final ProxyExchange exchange;
    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final ResponseRelay relay;
    private volatile Response serverResponse;
    private volatile boolean answering;
    private volatile boolean whole;

    ResponseListener(NomadProxyServlet servlet, HttpServletRequest request, HttpServletResponse response) {
        this.servlet = servlet;
        this.exchange = ProxyExchange.of(request);
        this.request = request;
        this.response = response;
        this.relay = new ResponseRelay(response, this);
    }

    @Override
    public void onHeaders(Response fromServer) {
        serverResponse = fromServer;
        if (refusedByLimit(fromServer) || exchange.over()) {
            return;
        }
        answering = true;
        response.setStatus(fromServer.getStatus());
        servlet.onServerResponseHeaders(request, response, fromServer);
        if (openEnded(fromServer)) {
            try {
                relay.flushHead();
            } catch (IOException e) {
                fromServer.abort(e);
            }
        }
    }

    /**
     * Nomad refuses a connection over its limit with a bare response, before its API is reached: no
     * field but these.
     */
    private static boolean refusedByLimit(Response fromServer) {
        return fromServer.getStatus() == HttpStatus.TOO_MANY_REQUESTS_429
                && fromServer.getHeaders().contains(HttpHeader.CONNECTION, "close")
                && fromServer.getHeaders().stream().map(HttpField::getLowerCaseName).allMatch(LIMIT_FIELDS::contains);
    }

    /** A body whose length is not known may be long in coming: the header must not wait for it. */
    private boolean openEnded(Response fromServer) {
        int status = fromServer.getStatus();
        return !"HEAD".equals(fromServer.getRequest().getMethod())
                && status != HttpStatus.NO_CONTENT_204
                && status != HttpStatus.NOT_MODIFIED_304
                && fromServer.getHeaders().getField(HttpHeader.CONTENT_LENGTH) == null;
    }

    @Override
    public void onContent(Response fromServer, Content.Chunk chunk, Runnable demander) {
        if (!answering) {
            demander.run();
            return;
        }
        try {
            relay.write(chunk, demander);
        } catch (IOException e) {
            fromServer.abort(e);
        }
    }

    @Override
    public void onSuccess(Response fromServer) {
        whole = true;
    }

    @Override
    public void onComplete(Result result) {
        if (exchange.over()) {
            return;
        }
        if (!answering || !(whole || relay.started() || response.isCommitted())) {
            servlet.onProxyResponseFailure(request, response, serverResponse, result.getFailure());
        } else if (whole) {
            // The request itself may have failed, if Nomad answered without reading its body.
            relay.end();
        } else if (exchange.end()) {
            TruncatedResponseException.dispatch(exchange.context(), exchange.server() + " broke off its answer");
        }
    }

    @Override
    public void delivered() {
        exchange.complete();
    }

    @Override
    public void undeliverable(Throwable cause) {
        exchange.complete();
        serverResponse.abort(cause);
    }
}
