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

    private final NomadProxyServlet servlet;
    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final ResponseRelay relay;
    private volatile Response serverResponse;
    private volatile boolean whole;
    private volatile boolean clientGone;

    ResponseListener(NomadProxyServlet servlet, HttpServletRequest request, HttpServletResponse response) {
        this.servlet = servlet;
        this.request = request;
        this.response = response;
        this.relay = new ResponseRelay(request.getAsyncContext(), this);
    }

    @Override
    public void onHeaders(Response fromServer) {
        serverResponse = fromServer;
        if (ConnectionLimit.refused(fromServer)) {
            return;
        }
        ProxyExchange.of(request).markAnswered();
        response.setStatus(fromServer.getStatus());
        servlet.relayHeaders(request, response, fromServer);
        if (openEnded(fromServer)) {
            try {
                relay.flushHead();
            } catch (IOException e) {
                fromServer.abort(e);
            }
        }
    }

    /** A body whose length is not known may be long in coming: the header must not wait for it. */
    private boolean openEnded(Response fromServer) {
        int status = fromServer.getStatus();
        return !"HEAD".equals(request.getMethod())
                && status != HttpStatus.NO_CONTENT_204
                && status != HttpStatus.NOT_MODIFIED_304
                && fromServer.getHeaders().getField(HttpHeader.CONTENT_LENGTH) == null;
    }

    @Override
    public void onContent(Response fromServer, Content.Chunk chunk, Runnable demander) {
        if (!ProxyExchange.of(request).answered()) {
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
        ProxyExchange exchange = ProxyExchange.of(request);
        if (serverResponse != null && !exchange.answered()) {
            servlet.answer(request, response, servlet.proxy().failures().connectionLimit(exchange.server()));
        } else if (clientGone) {
            request.getAsyncContext().complete();
        } else if (whole) {
            // The request itself may have failed, if Nomad answered without reading its body.
            relay.end();
        } else if (!relay.started()) {
            // Nothing is on its way to the client yet, perhaps a header at most: there still is time to explain.
            servlet.fail(request, response, serverResponse, result.getFailure());
        } else {
            TruncatedResponseException.dispatch(request, exchange.server() + " broke off its answer");
        }
    }

    @Override
    public void delivered() {
        request.getAsyncContext().complete();
    }

    @Override
    public void undeliverable(Throwable cause) {
        clientGone = true;
        serverResponse.abort(cause);
    }

    private static final class ConnectionLimit {

        private static final Set<String> FIELDS = Set.of("connection", "content-type", "content-length");

        /**
         * Nomad refuses a connection over its limit with a bare response, before its API is reached:
         * no field but these.
         */
        static boolean refused(Response response) {
            return response.getStatus() == HttpStatus.TOO_MANY_REQUESTS_429
                    && response.getHeaders().contains(HttpHeader.CONNECTION, "close")
                    && response.getHeaders().stream().map(HttpField::getLowerCaseName).allMatch(
                            name -> FIELDS.contains(name));
        }
    }
}
