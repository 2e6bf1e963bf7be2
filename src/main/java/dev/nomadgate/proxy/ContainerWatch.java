package dev.nomadgate.proxy;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import java.io.EOFException;

/**
 * Hears from the container that the client is gone, and ends the exchange at once. Otherwise Tomcat would run its
 * own error handling and recycle the request, while Nomad's answer still comes in for it.
 */
final class ContainerWatch implements AsyncListener {

    private final ProxyExchange exchange;
    private final Runnable stopping;

    private ContainerWatch(ProxyExchange exchange, Runnable stopping) {
        this.exchange = exchange;
        this.stopping = stopping;
    }

    /**
     * Watches over a request that was made asynchronous.
     *
     * @param stopping ends the exchange with the answer that the gate is being stopped
     */
    static void begin(HttpServletRequest request, ProxyExchange exchange, Runnable stopping) {
        request.getAsyncContext().addListener(new ContainerWatch(exchange, stopping));
    }

    /**
     * Tomcat reports a failed write from another thread while the failing one still marks the response as broken. Were
     * the exchange over before that, the mark would be on the response of the next client.
     */
    @Override
    public void onError(AsyncEvent event) {
        Throwable cause = event.getThrowable();
        if (exchange.endGone(event.getAsyncContext())) {
            exchange.abort(cause);
        }
    }

    @Override
    public void onComplete(AsyncEvent event) {
        if (exchange.endedByContainer()) {
            exchange.noteClientGone();
            exchange.abort(new EOFException("the container ended the request"));
        }
    }

    /** There is no timeout: this is how Tomcat ends requests to an application that it is about to stop, with a 500. */
    @Override
    public void onTimeout(AsyncEvent event) {
        if (!exchange.answered()) {
            stopping.run();
            exchange.abort(new EOFException("the gate is being stopped"));
        }
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // Once only.
    }
}
