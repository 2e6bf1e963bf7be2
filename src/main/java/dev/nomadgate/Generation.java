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
import dev.nomadgate.upstream.ServerPool;
import dev.nomadgate.upstream.tls.TlsConfigException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Everything that is built from one configuration. A request or session keeps the generation that it began with to its
 * end, however often the configuration changes meanwhile. Built here by hand, and taken down in the reverse order.
 */
final class Generation {

    private final GateConfig config;
    private final NomadClients clients;
    private final ServerPool pool;
    private final AdmissionContext admission;
    private final ProxyContext proxy;
    private final ExecContext exec;
    private final AtomicBoolean stopped = new AtomicBoolean();

    private Generation(GateConfig config, Lasting lasting, NomadClients clients, ServerPool pool) {
        this.config = config;
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
                lasting.failureAnswer(), lasting.responseHeaders(), config.exec(), config.limits());
    }

    /**
     * The first generation of a gate.
     *
     * @throws IllegalStateException if it cannot be started
     */
    static Generation first(GateConfig config, Lasting lasting) {
        return start(config, lasting, new ServerPool(config.upstream().servers(), System::nanoTime));
    }

    /**
     * The one that takes this one's place; what is known of servers that stay is kept.
     *
     * @throws IllegalStateException if it cannot be started
     */
    Generation next(GateConfig changed, Lasting lasting) {
        return start(changed, lasting, pool.with(changed.upstream().servers()));
    }

    private static Generation start(GateConfig config, Lasting lasting, ServerPool pool) {
        try {
            NomadClients clients = NomadClients.start(config.upstream(), lasting.threads(), lasting.scheduler());
            return new Generation(config, lasting, clients, pool);
        } catch (TlsConfigException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    GateConfig config() {
        return config;
    }

    /** Makes this the generation of a request, whose use of it this is. */
    void attachTo(HttpServletRequest request, Uses.Use use) {
        admission.attachTo(request);
        proxy.attachTo(request);
        exec.attachTo(request);
        RequestUse.attach(request, use);
    }

    /** Ends what it does by itself, since another takes its place; who began with it may go on. */
    void replaced() {
        // Nothing as yet.
    }

    /** Ends it, and whatever still goes on in it. Effective once. */
    void stop() {
        if (stopped.compareAndSet(false, true)) {
            replaced();
            clients.stop();
        }
    }
}
