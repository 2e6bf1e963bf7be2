package dev.nomadgate;

import dev.nomadgate.config.UpstreamConfig;
import dev.nomadgate.upstream.HttpClients;
import dev.nomadgate.upstream.tls.TlsConfigException;
import dev.nomadgate.upstream.tls.UpstreamTls;
import java.util.concurrent.Executor;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;
import org.eclipse.jetty.websocket.client.WebSocketClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connections to Nomad: those of requests, and those of sessions. */
final class NomadClients {

    private final Logger log = LoggerFactory.getLogger(NomadClients.class);
    private final HttpClient http;
    private final WebSocketClient webSocket;

    private NomadClients(HttpClient http, WebSocketClient webSocket) {
        this.http = http;
        this.webSocket = webSocket;
    }

    /**
     * Clients that are ready for use.
     *
     * @param threads runs what they have to do; running, since otherwise they would stop it with themselves
     * @param scheduler for their timeouts; running likewise
     */
    static NomadClients start(UpstreamConfig config, Executor threads, Scheduler scheduler) throws TlsConfigException {
        HttpClient http = HttpClients.create(config, UpstreamTls.clientFactory(config.tls()), threads);
        http.setScheduler(scheduler);
        start(http);
        // Only behind a client that runs does it take that one's threads; it would have a pool of its own.
        WebSocketClient webSocket = new WebSocketClient(http);
        start(webSocket);
        return new NomadClients(http, webSocket);
    }

    private static void start(LifeCycle client) {
        try {
            client.start();
        } catch (Exception e) {
            throw new IllegalStateException("nomad-gate could not start: " + e.getMessage(), e);
        }
    }

    HttpClient http() {
        return http;
    }

    WebSocketClient webSocket() {
        return webSocket;
    }

    void stop() {
        stop(webSocket);
        stop(http);
    }

    private void stop(LifeCycle client) {
        try {
            client.stop();
        } catch (Exception e) {
            log.warn("{} did not stop cleanly: {}", client.getClass().getSimpleName(), e.toString());
        }
    }
}
