package dev.nomadgate.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** What became of changes of the configuration. Thread-safe. */
final class ReloadMeters {

    private final Counter done;
    private final Counter refused;
    private volatile long lastDone = System.currentTimeMillis();
    private volatile boolean lastWasRefused;

    ReloadMeters(MeterRegistry registry) {
        done = counter("done", registry);
        refused = counter("refused", registry);
        Gauge.builder("nomad.gate.config.last.reload.timestamp.seconds", () -> lastDone / 1e3)
                .description("When the configuration in force was read, since 1970").register(registry);
        Gauge.builder("nomad.gate.config.last.reload.successful", () -> lastWasRefused ? 0 : 1)
                .description("0 while a change waits to be mended, and the configuration before it is in force")
                .register(registry);
    }

    private static Counter counter(String outcome, MeterRegistry registry) {
        return Counter.builder("nomad.gate.config.reloads").tag("outcome", outcome)
                .description("Changes of the configuration that the gate saw").register(registry);
    }

    void done() {
        lastDone = System.currentTimeMillis();
        lastWasRefused = false;
        done.increment();
    }

    void refused() {
        lastWasRefused = true;
        refused.increment();
    }
}
