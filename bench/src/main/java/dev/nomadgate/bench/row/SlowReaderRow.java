package dev.nomadgate.bench.row;

import dev.nomadgate.bench.load.ClosedLoop;
import dev.nomadgate.bench.load.Outcome;
import dev.nomadgate.bench.load.SlowReader;
import dev.nomadgate.bench.process.Subject;
import java.time.Duration;

/**
 * Clients that read almost nothing of large downloads: what a proxy takes in for them, and whether it serves the others
 * meanwhile. A JVM's heap is small here.
 */
final class SlowReaderRow implements Row {

    private static final long BYTES = 1L << 30;
    private static final int PIECES = 8;
    private static final double MIB = 1 << 20;
    private static final Work OTHERS = Works.small().with(8);

    @Override
    public String name() {
        return "slow-reader";
    }

    @Override
    public String title() {
        return "One client takes 10 KiB/s of 1 GiB, while 8 others get answers of 1 KiB";
    }

    @Override
    public boolean isRare() {
        return true;
    }

    @Override
    public boolean usesStanding() {
        return false;
    }

    @Override
    public Sample measure(Place place) throws Exception {
        Sample.Builder sample = new Sample.Builder();
        try (Subject subject = place.freshSmall();
                ClosedLoop others = new ClosedLoop(subject.endpoint(), OTHERS.clients(), OTHERS.factory())) {
            others.run(place.effort().hold());
            long before = subject.restingBytes();
            try (SlowReader reader = new SlowReader(subject.endpoint(), BYTES)) {
                measure(place.effort().hold(), subject, before, others, reader, sample);
            }
        }
        return sample.build();
    }

    private static void measure(Duration length, Subject subject, long before, ClosedLoop others, SlowReader reader,
            Sample.Builder sample) throws Exception {
        long most = before;
        double rate = 0;
        double slowest = 0;
        for (int i = 0; i < PIECES; i++) {
            Outcome outcome = others.run(length.dividedBy(PIECES));
            if (!subject.isAlive()) {
                sample.fail("it died: " + subject.process().lastWords());
                return;
            }
            if (outcome.failures() > 0) {
                sample.fail(outcome.failures() + " requests of the others failed: " + outcome.firstFailure());
            }
            most = Math.max(most, subject.process().residentBytes());
            rate += outcome.perSecond() / PIECES;
            slowest = Math.max(slowest, outcome.latency().getValueAtPercentile(99) * 1e-3);
        }
        if (reader.failure() != null) {
            sample.fail("the slow reader was cut off: " + reader.failure());
        }
        sample.add(Figure.aside("memory kept", "MiB"), (subject.restingBytes() - before) / MIB)
                .add(Figure.aside("growth at most", "MiB"), (most - before) / MIB)
                .add(Figure.rate("rate of the others", "request/s"), rate)
                .add(Figure.cost("worst p99 of the others", "µs"), slowest);
    }
}
