package dev.nomadgate.proxy;

import dev.nomadgate.client.Client;
import dev.nomadgate.upstream.Route;
import dev.nomadgate.upstream.Server;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.client.Request;

/**
 * One client request on its way: who sent it, the server that it is with, and whether the container
 * still has it. Nomad's and the container's threads both get here; whoever ends the exchange first
 * has ended it, because Tomcat gives request and response to somebody else afterwards.
 */
final class ProxyExchange implements AsyncListener {

    private static final String ATTRIBUTE = ProxyExchange.class.getName();

    private final Client client;
    private final RawTarget target;
    private final Route route;
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile AsyncContext context;
    private volatile Server server;
    private volatile Request request;
    private volatile RequestBody body;
    private volatile boolean begun;
    private volatile boolean committed;

    ProxyExchange(Client client, RawTarget target, Route route) {
        this.client = client;
        this.target = target;
        this.route = route;
    }

    static ProxyExchange of(HttpServletRequest request) {
        return (ProxyExchange) request.getAttribute(ATTRIBUTE);
    }

    void attachTo(HttpServletRequest clientRequest) {
        clientRequest.setAttribute(ATTRIBUTE, this);
    }

    Client client() {
        return client;
    }

    RawTarget target() {
        return target;
    }

    Route route() {
        return route;
    }

    Server server() {
        return server;
    }

    RequestBody body() {
        return body;
    }

    void body(RequestBody requestBody) {
        body = requestBody;
    }

    /** Moves on to the next server; false when none is left. */
    boolean nextServer() {
        begun = false;
        server = route.next().orElse(null);
        return server != null;
    }

    /** Watches how far this attempt gets, and ends it with the exchange. */
    void attempt(Request proxyRequest, AsyncContext asyncContext) {
        request = proxyRequest;
        if (context == null) {
            context = asyncContext;
            asyncContext.addListener(this);
        }
        proxyRequest.onRequestBegin(ignored -> begun = true);
        proxyRequest.onRequestCommit(ignored -> {
            committed = true;
            route.reached();
        });
    }

    /** Whether the attempt got a connection. */
    boolean begun() {
        return begun;
    }

    /** Whether a byte of the request may have reached a server, or was taken from the client's body. */
    boolean sent() {
        return committed || (body != null && body.consumed());
    }

    AsyncContext context() {
        return context;
    }

    /** Whether request and response must not be touched any more. */
    boolean over() {
        return over.get();
    }

    /** Takes the exchange to its end, unless somebody else did; only who gets true may touch it. */
    boolean end() {
        return over.compareAndSet(false, true);
    }

    /** Ends the exchange as far as the client is concerned. */
    void complete() {
        if (end()) {
            context.complete();
        }
    }

    @Override
    public void onError(AsyncEvent event) {
        complete();
        Throwable cause = event.getThrowable();
        request.abort(cause == null ? new IOException("the client's connection failed") : cause);
    }

    @Override
    public void onComplete(AsyncEvent event) {
        over.set(true);
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        onError(event);
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
    }
}
