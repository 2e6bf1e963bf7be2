package dev.nomadgate.bench.row;

import dev.nomadgate.bench.Variant;
import dev.nomadgate.bench.load.ClosedLoop;
import dev.nomadgate.bench.load.Outcome;
import dev.nomadgate.bench.peer.Peer;
import dev.nomadgate.bench.process.Subject;
import java.time.Duration;
import java.util.List;

/** Clients that work without a pause, and what each unit of it costs the proxy. */
public final class LoadRow implements Row {

    private static final double MICRO = 1e-3;

    private final String name;
    private final String title;
    private final Work work;
    private final List<Variant> variants;
    private final Kind kind;

    /** What is worth telling. */
    public enum Kind {

        /** Costs, rate and latencies, over a stretch of time. */
        STEADY,
        /** Costs and rate, over a stretch of time. */
        BULK,
        /** Costs and rate of a single operation for each client. */
        ONCE,
        /** As STEADY, for one of several numbers of clients. */
        GROWTH
    }

    public LoadRow(String name, String title, Work work, List<Variant> variants, Kind kind) {
        this.name = name;
        this.title = title;
        this.work = work;
        this.variants = variants;
        this.kind = kind;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public List<Variant> variants() {
        return variants;
    }

    @Override
    public int every() {
        return kind == Kind.GROWTH ? 4 : 1;
    }

    @Override
    public boolean takesDirect() {
        return kind != Kind.GROWTH;
    }

    @Override
    public boolean isInSummary() {
        return kind != Kind.GROWTH;
    }

    @Override
    public boolean takes(Peer peer, Variant variant) {
        return Row.super.takes(peer, variant) && (kind != Kind.GROWTH || peer.passesSessions());
    }

    @Override
    public boolean hasSessions() {
        return work.session();
    }

    @Override
    public Sample measure(Place place) throws Exception {
        return measure(place.standing(), place.effort());
    }

    Sample measure(Subject subject, Effort effort) throws Exception {
        try (ClosedLoop loop = new ClosedLoop(subject.endpoint(), work.clients(), work.factory())) {
            if (kind == Kind.ONCE) {
                return sample(Stretch.of(loop, subject, Duration.ZERO), subject);
            }
            loop.run(effort.approach());
            return sample(Stretch.of(loop, subject, effort.stretch()), subject);
        }
    }

    /**
     * A stretch that only warms.
     *
     * @param cost microseconds of the peer, or of all who work where there is none, for each unit
     * @param compiling the part of it that went into compiling
     */
    public record Warmth(double cost, double compiling) {
    }

    public Warmth warm(Subject subject, Duration length) throws Exception {
        try (ClosedLoop loop = new ClosedLoop(subject.endpoint(), work.clients(), work.factory())) {
            long compiler = subject.compilerNanos();
            Stretch stretch = Stretch.of(loop, subject, length);
            compiler = subject.compilerNanos() - compiler;
            subject.letCompile();
            long nanos = subject.isDirect() ? stretch.generatorNanos() + stretch.upstreamNanos() : stretch.peerNanos();
            return new Warmth(nanos * MICRO / Math.max(1, stretch.outcome().operations() * work.units()),
                    (double) compiler / Math.max(1, nanos));
        }
    }

    /** Whether it takes part in warming: what comes again in another row, or takes as long as it takes, does not. */
    public boolean warms() {
        return kind == Kind.STEADY || kind == Kind.BULK;
    }

    private Sample sample(Stretch stretch, Subject subject) {
        Outcome outcome = stretch.outcome();
        Sample.Builder sample = new Sample.Builder();
        if (outcome.failures() > 0) {
            sample.fail(outcome.failures() + " of " + (outcome.operations() + outcome.failures()) + " failed: "
                    + outcome.firstFailure());
        }
        double units = outcome.operations() * work.units();
        if (units == 0) {
            return sample.fail("nothing was done").build();
        }
        if (!subject.isDirect()) {
            sample.add(Figure.cost("CPU", "µs/" + work.unit()), stretch.peerNanos() * MICRO / units);
        }
        sample.add(Figure.rate("rate", work.unit() + "/s"), outcome.perSecond() * work.units());
        if (kind == Kind.STEADY || kind == Kind.GROWTH) {
            sample.add(Figure.cost("p50", "µs"), outcome.latency().getValueAtPercentile(50) * MICRO);
            sample.add(Figure.cost("p99", "µs"), outcome.latency().getValueAtPercentile(99) * MICRO);
        }
        sample.add(Figure.aside("generator's CPU", "µs/" + work.unit()), stretch.generatorNanos() * MICRO / units);
        sample.add(Figure.aside("stand-in's CPU", "µs/" + work.unit()), stretch.upstreamNanos() * MICRO / units);
        return sample.build();
    }
}
