package dev.nomadgate;

import dev.nomadgate.client.ClientResolver;
import dev.nomadgate.client.CrossSitePolicy;
import dev.nomadgate.client.HostPolicy;
import dev.nomadgate.client.OriginPolicy;
import dev.nomadgate.config.GateConfig;
import dev.nomadgate.config.HealthConfig;
import dev.nomadgate.exec.ExecContext;
import dev.nomadgate.identity.Identity;
import dev.nomadgate.lifetime.Uses;
import dev.nomadgate.policy.ExecPolicy;
import dev.nomadgate.proxy.AdmissionContext;
import dev.nomadgate.proxy.ConnectionLimit;
import dev.nomadgate.proxy.Failures;
import dev.nomadgate.proxy.ProxyContext;
import dev.nomadgate.proxy.RequestUse;
import dev.nomadgate.reload.Look;
import dev.nomadgate.upstream.ConnectionRegister;
import dev.nomadgate.upstream.HealthChecks;
import dev.nomadgate.upstream.ServerPool;
import dev.nomadgate.upstream.ServerState;
import dev.nomadgate.upstream.discovery.Discovery;
import dev.nomadgate.upstream.tls.TlsConfigException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;

/**
 * Everything that is built from one configuration. A request or session keeps the generation that it began with to its
 * end, however often the configuration changes meanwhile. Built here by hand, and taken down in the reverse order.
 */
final class Generation {

    private final Look.Right look;
    private final NomadClients clients;
    private final ServerPool pool;
    private final Discovery discovery;
    private final HealthChecks checks;
    private final AdmissionContext admission;
    private final ProxyContext proxy;
    private final ExecContext exec;
    private boolean stopped;

    private Generation(Look.Right look, Lasting lasting, NomadClients clients) {
        GateConfig config = look.reading().config();
        this.look = look;
        this.clients = clients;
        Failures failures = new Failures(config.upstream().tls(), config.upstream().connectTimeout());
        HealthConfig health = config.upstream().health();
        pool = new ServerPool(List.of(), health.slowStart(), failures::reason, System::nanoTime,
                lasting.metrics()::movedOn);
        discovery = new Discovery(config.upstream(), clients.http(), pool);
        checks = new HealthChecks(clients.http(), pool, health);
        admission = new AdmissionContext(new ClientResolver(config.client().trustedProxies()),
                new HostPolicy(config.client().allowedHosts()),
                new CrossSitePolicy(config.client().allowedOrigins()));
        ConnectionLimit limit = new ConnectionLimit(clients.http(), System::nanoTime, lasting.metrics()::limited);
        proxy = new ProxyContext(clients.http(), clients.sharedQueries(), clients.arrivingBodies(), limit, pool,
                failures, lasting.failureAnswer(), lasting.events(), lasting.responseHeaders(), lasting.pages(),
                config.upstream(), config.client().bodyTimeout());
        exec = new ExecContext(clients.webSocket(), limit, pool,
                new OriginPolicy(config.exec().allowedOrigins(), config.exec().requireOrigin()),
                lasting.browserUpgrade(), lasting.sessions(), lasting.live(),
                lasting.observers(), new Identity(config.identity(), clients.http()), new ExecPolicy(config.policy()),
                failures, lasting.failureAnswer(), lasting.sessionEnds(), lasting.responseHeaders(), config.exec(),
                config.limits());
    }

    /**
     * The first generation of a gate.
     *
     * @throws IllegalStateException if it cannot be started
     */
    static Generation first(Look.Right look, Lasting lasting) {
        return new Generation(look, lasting, clients(look.reading().config(), lasting)).started(Optional.empty());
    }

    /**
     * The one that takes this one's place. What is known of servers that stay is kept, and unless the change concerns
     * them so are the connections: Nomad counts those, and each costs a handshake.
     *
     * @throws IllegalStateException if it cannot be started
     */
    Generation next(Look.Right changed, Lasting lasting) {
        NomadClients next = changed.hasConnectionsOf(look)
                ? clients.share() : clients(changed.reading().config(), lasting);
        try {
            return new Generation(changed, lasting, next).started(Optional.of(this));
        } catch (RuntimeException e) {
            next.release();
            throw e;
        }
    }

    private Generation started(Optional<Generation> before) {
        discovery.start(before.map(replaced -> replaced.discovery));
        before.ifPresent(replaced -> pool.inherit(replaced.pool));
        checks.start();
        return this;
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

    /** The servers, and how they do. */
    ServerPool pool() {
        return pool;
    }

    /** How each of its servers is, in their order. */
    List<ServerState> servers(ConnectionRegister connections) {
        return pool.states(connections, config().upstream().maxConnections());
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
        endOwnWork();
        if (!sharesConnectionsWith(next)) {
            clients.retire();
        }
    }

    /** Ends it, and whatever still goes on in it. Effective once. */
    synchronized void stop() {
        if (!stopped) {
            stopped = true;
            endOwnWork();
            clients.release();
        }
    }

    private void endOwnWork() {
        checks.stop();
        discovery.stop();
    }
}
