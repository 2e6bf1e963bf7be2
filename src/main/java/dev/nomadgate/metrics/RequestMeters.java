package dev.nomadgate.metrics;

import dev.nomadgate.proxy.RequestOutcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/**
 * Counts requests. All meters are made beforehand: a request costs a few additions, and looks nothing up by its labels.
 * Thread-safe.
 */
final class RequestMeters {

    private static final Duration[] AT_ONCE = millis(5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 30_000);
    /** Nomad's longest blocking query takes up to 319 s. */
    private static final Duration[] WAITING =
            millis(1000, 5000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000, 3_600_000);

    private final InFlight inFlight = new InFlight();
    private final Map<RequestClass, Timer> durations = new EnumMap<>(RequestClass.class);
    private final Map<RequestClass, Map<RequestOutcome, Counter>> counts = new EnumMap<>(RequestClass.class);

    RequestMeters(MeterRegistry registry) {
        for (RequestClass kind : RequestClass.values()) {
            Gauge.builder("nomad.gate.requests.in.flight", () -> inFlight.of(kind)).tag("class", kind.label())
                    .description("Requests that are not over yet").register(registry);
            durations.put(kind, kind.waits() ? waiting(kind, registry) : atOnce(kind, registry));
            Map<RequestOutcome, Counter> ofKind = new EnumMap<>(RequestOutcome.class);
            for (RequestOutcome outcome : RequestOutcome.values()) {
                ofKind.put(outcome, Counter.builder("nomad.gate.requests").tags("class", kind.label(), "status", outcome.label())
                        .description("Requests that are over").register(registry));
            }
            counts.put(kind, ofKind);
        }
    }

    private static Timer atOnce(RequestClass kind, MeterRegistry registry) {
        return Timer.builder("nomad.gate.request.duration").tag("class", kind.label()).serviceLevelObjectives(AT_ONCE)
                .description("From a request's header to the end of its answer, where nobody waits on purpose")
                .register(registry);
    }

    private static Timer waiting(RequestClass kind, MeterRegistry registry) {
        return Timer.builder("nomad.gate.wait.duration").tag("class", kind.label()).serviceLevelObjectives(WAITING)
                .description("The same for blocking queries and streams, which last as long as Nomad or the client wants")
                .register(registry);
    }

    private static Duration[] millis(long... bounds) {
        return LongStream.of(bounds).mapToObj(Duration::ofMillis).toArray(Duration[]::new);
    }

    InFlight inFlight() {
        return inFlight;
    }

    void begins(RequestClass kind) {
        inFlight.begins(kind);
    }

    /** @param nanos since it began */
    void ends(RequestClass kind, RequestOutcome outcome, long nanos) {
        inFlight.ends(kind);
        counts.get(kind).get(outcome).increment();
        durations.get(kind).record(nanos, TimeUnit.NANOSECONDS);
    }
}
