package dev.nomadgate;

import dev.nomadgate.client.ClientResolver;
import dev.nomadgate.client.HostPolicy;
import dev.nomadgate.client.OriginPolicy;
import dev.nomadgate.config.GateConfig;
import dev.nomadgate.exec.ExecContext;
import dev.nomadgate.lifetime.Uses;
import dev.nomadgate.proxy.AdmissionContext;
import dev.nomadgate.proxy.Failures;
import dev.nomadgate.proxy.ProxyContext;
import dev.nomadgate.proxy.RequestUse;
import dev.nomadgate.reload.Look;
import dev.nomadgate.upstream.ServerPool;
import dev.nomadgate.upstream.tls.TlsConfigException;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Everything that is built from one configuration. A request or session keeps the generation that it began with to its
 * end, however often the configuration changes meanwhile. Built here by hand, and taken down in the reverse order.
 */
final class Generation {

    private final Look.Right look;
    private final NomadClients clients;
    private final ServerPool pool;
    private final AdmissionContext admission;
    private final ProxyContext proxy;
    private final ExecContext exec;
    private boolean stopped;

    private Generation(Look.Right look, Lasting lasting, NomadClients clients, ServerPool pool) {
        GateConfig config = look.reading().config();
        this.look = look;
        this.clients = clients;
        this.pool = pool;
        Failures failures = new Failures(config.upstream().tls(), config.upstream().connectTimeout());
        admission = new AdmissionContext(new ClientResolver(config.client().trustedProxies()),
                new HostPolicy(config.client().allowedHosts()));
        proxy = new ProxyContext(clients.http(), pool, failures, lasting.failureAnswer(), lasting.responseHeaders(),
                lasting.pages(), config.upstream());
        exec = new ExecContext(clients.webSocket(), pool,
                new OriginPolicy(config.exec().allowedOrigins(), config.exec().requireOrigin()),
                lasting.browserUpgrade().apply(config.exec().closeTimeout()), lasting.sessions(), failures,
                lasting.failureAnswer(), lasting.responseHeaders(), config.exec());
    }

    /**
     * The first generation of a gate.
     *
     * @throws IllegalStateException if it cannot be started
     */
    static Generation first(Look.Right look, Lasting lasting) {
        GateConfig config = look.reading().config();
        return new Generation(look, lasting, clients(config, lasting),
                new ServerPool(config.upstream().servers(), System::nanoTime));
    }

    /**
     * The one that takes this one's place. What is known of servers that stay is kept, and unless the change concerns
     * them so are the connections: Nomad counts those, and each costs a handshake.
     *
     * @throws IllegalStateException if it cannot be started
     */
    Generation next(Look.Right changed, Lasting lasting) {
        GateConfig config = changed.reading().config();
        NomadClients next = changed.hasConnectionsOf(look) ? clients.share() : clients(config, lasting);
        try {
            return new Generation(changed, lasting, next, pool.with(config.upstream().servers()));
        } catch (RuntimeException e) {
            next.release();
            throw e;
        }
    }

    private static NomadClients clients(GateConfig config, Lasting lasting) {
        try {
            return NomadClients.start(config.upstream(), lasting);
        } catch (TlsConfigException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    GateConfig config() {
        return look.reading().config();
    }

    /** Makes this the generation of a request, whose use of it this is. */
    void attachTo(HttpServletRequest request, Uses.Use use) {
        admission.attachTo(request);
        proxy.attachTo(request);
        exec.attachTo(request);
        RequestUse.attach(request, use);
    }

    /** Whether it has the same connections to Nomad as another. */
    boolean sharesConnectionsWith(Generation other) {
        return clients == other.clients;
    }

    /** Ends what it does by itself, since another takes its place; who began with it may go on. */
    void replacedBy(Generation next) {
        if (!sharesConnectionsWith(next)) {
            clients.retire();
        }
    }

    /** Ends it, and whatever still goes on in it. Effective once. */
    synchronized void stop() {
        if (!stopped) {
            stopped = true;
            clients.release();
        }
    }
}
