package dev.nomadgate.metrics;

import dev.nomadgate.session.Outcome;
import dev.nomadgate.session.RefusedHandshake;
import dev.nomadgate.session.RefusedHandshake.Reason;
import dev.nomadgate.session.Session;
import dev.nomadgate.session.SessionObserver;
import dev.nomadgate.session.Traffic;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collections;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * Counts sessions. What passes in them is counted by each itself, and summed up when somebody looks: a frame costs nothing
 * here. Thread-safe.
 */
final class SessionMeters implements SessionObserver {

    private final Set<Session> open = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Counter opened;
    private final Map<Reason, Counter> refused = new EnumMap<>(Reason.class);
    private final Map<Outcome.EndedBy, Counter> ended = new EnumMap<>(Outcome.EndedBy.class);
    private final Sum bytesFromBrowser = new Sum(Session::fromBrowser, Traffic::bytes);
    private final Sum bytesFromNomad = new Sum(Session::fromNomad, Traffic::bytes);
    private final Sum framesFromBrowser = new Sum(Session::fromBrowser, Traffic::frames);
    private final Sum framesFromNomad = new Sum(Session::fromNomad, Traffic::frames);

    SessionMeters(MeterRegistry registry) {
        Gauge.builder("nomad.gate.sessions.open", this::open).description("Sessions that are open").register(registry);
        opened = Counter.builder("nomad.gate.sessions.opened")
                .description("Sessions whose connections both stood").register(registry);
        for (Reason reason : Reason.values()) {
            refused.put(reason, Counter.builder("nomad.gate.sessions.refused").tag("reason", label(reason))
                    .description("Handshakes that did not become a session").register(registry));
        }
        for (Outcome.EndedBy cause : Outcome.EndedBy.values()) {
            ended.put(cause, Counter.builder("nomad.gate.sessions.ended").tag("cause", label(cause))
                    .description("Sessions that are over, by whose doing it was").register(registry));
        }
        sum("nomad.gate.session.bytes", "browser", bytesFromBrowser, registry);
        sum("nomad.gate.session.bytes", "nomad", bytesFromNomad, registry);
        sum("nomad.gate.session.frames", "browser", framesFromBrowser, registry);
        sum("nomad.gate.session.frames", "nomad", framesFromNomad, registry);
    }

    private static String label(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static void sum(String name, String from, Sum sum, MeterRegistry registry) {
        FunctionCounter.builder(name, sum, Sum::now).tag("from", from)
                .description("What data frames carried in sessions; characters where it is text").register(registry);
    }

    @Override
    public synchronized CompletionStage<Void> began(Session session) {
        open.add(session);
        opened.increment();
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public synchronized void ended(Session session, Outcome outcome) {
        if (open.remove(session)) {
            bytesFromBrowser.keep(session);
            bytesFromNomad.keep(session);
            framesFromBrowser.keep(session);
            framesFromNomad.keep(session);
            ended.get(outcome.endedBy()).increment();
        }
    }

    @Override
    public void refused(RefusedHandshake handshake) {
        refused.get(handshake.reason()).increment();
    }

    private synchronized int open() {
        return open.size();
    }

    /** Of those that are over and those that are open: never less than before. */
    private final class Sum {

        private final Function<Session, Traffic> side;
        private final ToLongFunction<Traffic> what;
        private long over;

        private Sum(Function<Session, Traffic> side, ToLongFunction<Traffic> what) {
            this.side = side;
            this.what = what;
        }

        private long of(Session session) {
            return what.applyAsLong(side.apply(session));
        }

        private void keep(Session session) {
            over += of(session);
        }

        private double now() {
            synchronized (SessionMeters.this) {
                return over + open.stream().mapToLong(this::of).sum();
            }
        }
    }
}
