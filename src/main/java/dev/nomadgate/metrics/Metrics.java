package dev.nomadgate.metrics;

import dev.nomadgate.session.SessionObserver;
import dev.nomadgate.upstream.Server;
import dev.nomadgate.upstream.ServerState;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * All that one gate counts, from its deployment to its end; outlives every change of configuration. Each part of the gate
 * is given the one thing that it has to call. Thread-safe.
 */
public final class Metrics implements AutoCloseable {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final RequestMeters requests = new RequestMeters(registry);
    private final SessionMeters sessions = new SessionMeters(registry);
    private final UpstreamMeters upstream = new UpstreamMeters(registry);
    private final ReloadMeters reloads = new ReloadMeters(registry);
    private final Counter auditFailures = counter("nomad.gate.audit.failures", "Lines that the audit log could not take");
    private final Counter recordingFailures =
            counter("nomad.gate.recording.failures", "Recordings that could not be begun, or broke off");
    private final Counter recordingDropped = Counter.builder("nomad.gate.recording.dropped")
            .description("What sessions showed and their recordings lack").baseUnit(BaseUnits.BYTES).register(registry);
    private final long began = System.nanoTime();
    private volatile Optional<MetricsBean> bean = Optional.empty();

    /**
     * @param version of the gate
     * @param container what it runs in, as that calls itself
     */
    public Metrics(String version, String container) {
        gauge("nomad.gate.build.info", "Always 1", () -> 1, "version", version, "container", container,
                "java", System.getProperty("java.version"));
        gauge("nomad.gate.uptime.seconds", "Since the gate was deployed", () -> (System.nanoTime() - began) / 1e9);
        // Asked for, not listened to: the JDK's beans would keep a listener of an undeployed web application.
        Runtime jvm = Runtime.getRuntime();
        gauge("nomad.gate.jvm.heap.used.bytes", "Of the whole JVM, garbage included", () -> jvm.totalMemory() - jvm.freeMemory());
        gauge("nomad.gate.jvm.heap.max.bytes", "Of the whole JVM", jvm::maxMemory);
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }

    private void gauge(String name, String description, Supplier<Number> value, String... tags) {
        Gauge.builder(name, value).description(description).tags(tags).register(registry);
    }

    /** Counts requests; comes before every filter that may answer. */
    public Filter requestFilter() {
        return new RequestMetersFilter(requests);
    }

    /** The requests in flight. */
    public InFlight inFlight() {
        return requests.inFlight();
    }

    /** Counts sessions, and handshakes that become none. */
    public SessionObserver sessions() {
        return sessions;
    }

    /** @param servers tells those of the configuration in force */
    public void watch(Supplier<List<ServerState>> servers) {
        upstream.watch(servers);
    }

    /** A request or handshake went on to the next server. */
    public void movedOn() {
        upstream.movedOn();
    }

    /** A request or handshake was kept out by a server's limit of connections. */
    public void limited(Server server) {
        upstream.limited(server);
    }

    /** A changed configuration is in force. */
    public void reloaded() {
        reloads.done();
    }

    /** A changed configuration was refused. */
    public void reloadRefused() {
        reloads.refused();
    }

    /** The audit log could not take a line. */
    public void auditFailure() {
        auditFailures.increment();
    }

    /** A recording could not be begun, or broke off. */
    public void recordingFailure() {
        recordingFailures.increment();
    }

    /** A recording lacks so many bytes of what its session showed. */
    public void recordingDropped(long bytes) {
        recordingDropped.increment(bytes);
    }

    /** Everything as it is now. */
    MetricSnapshots scrape() {
        // Who looks at the same time would see a server's series while they are being replaced.
        synchronized (upstream) {
            upstream.refresh();
            return registry.getPrometheusRegistry().scrape();
        }
    }

    RequestMeters requests() {
        return requests;
    }

    /**
     * Shows all of it in JMX, until {@link #close}.
     *
     * @param host the name that the container has for the virtual host, or null
     * @param contextPath empty for the root
     */
    public void publish(String host, String contextPath) {
        bean = Optional.of(MetricsBean.register(this, host, contextPath));
    }

    /** The page at {@code gate/metrics}. */
    public HttpServlet page() {
        return new MetricsPage(this);
    }

    @Override
    public void close() {
        bean.ifPresent(MetricsBean::close);
        registry.close();
    }
}
