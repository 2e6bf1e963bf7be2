package dev.nomadgate;

import dev.nomadgate.config.UpstreamConfig;
import dev.nomadgate.exec.jetty.NomadWebSocketClient;
import dev.nomadgate.lifetime.Uses;
import dev.nomadgate.proxy.ArrivingBodies;
import dev.nomadgate.sharing.SharedQueries;
import dev.nomadgate.upstream.ConnectionRegister;
import dev.nomadgate.upstream.HttpClients;
import dev.nomadgate.upstream.tls.TlsConfigException;
import dev.nomadgate.upstream.tls.UpstreamTls;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.util.component.LifeCycle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections to Nomad: those of requests, and those of sessions. Generations that differ in nothing that
 * connections depend on share them; they stop after the last of those.
 */
final class NomadClients {

    private final Logger log = LoggerFactory.getLogger(NomadClients.class);
    private final HttpClient http;
    private final NomadWebSocketClient webSocket;
    private final ConnectionRegister register;
    private final SharedQueries sharedQueries;
    private final ArrivingBodies arrivingBodies = new ArrivingBodies();
    private final Uses uses = new Uses(this::stop);

    private NomadClients(HttpClient http, NomadWebSocketClient webSocket, Lasting lasting) {
        this.http = http;
        this.webSocket = webSocket;
        this.register = lasting.connections();
        this.sharedQueries = new SharedQueries(lasting.threads(), lasting.scheduler(), System::nanoTime);
    }

    /** Clients that are ready for use. */
    static NomadClients start(UpstreamConfig config, Lasting lasting) throws TlsConfigException {
        HttpClient http = HttpClients.create(config.connections(), UpstreamTls.clientFactory(config.tls()),
                lasting.threads(), lasting.connections());
        http.setScheduler(lasting.scheduler());
        start(http);
        // Only behind a client that runs does it take that one's threads; it would have a pool of its own.
        NomadWebSocketClient webSocket = new NomadWebSocketClient(http);
        NomadClients clients = new NomadClients(http, webSocket, lasting);
        try {
            start(webSocket);
            return clients;
        } catch (RuntimeException e) {
            clients.release();
            throw e;
        }
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

    NomadWebSocketClient webSocket() {
        return webSocket;
    }

    /** The queries that are under way on these connections. */
    SharedQueries sharedQueries() {
        return sharedQueries;
    }

    /** The requests that wait for something to send on these connections. */
    ArrivingBodies arrivingBodies() {
        return arrivingBodies;
    }

    /** These for one more generation. */
    NomadClients share() {
        uses.begin().orElseThrow(() -> new IllegalStateException("the gate is being stopped"));
        return this;
    }

    /** No request will begin with these any more, so they keep no connection for the next. */
    void retire() {
        register.retire(http);
    }

    /** Ends the use of one generation. */
    void release() {
        uses.release();
    }

    private void stop() {
        stop(webSocket);
        stop(http);
        // Told like those that it stopped, which it has to have done.
        arrivingBodies.stop();
        register.forget(http);
    }

    private void stop(LifeCycle client) {
        try {
            client.stop();
        } catch (Exception e) {
            log.warn("{} did not stop cleanly: {}", client.getClass().getSimpleName(), e.toString());
        }
    }
}
