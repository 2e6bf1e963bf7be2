package dev.nomadgate.bench.row;

import dev.nomadgate.bench.Variant;
import dev.nomadgate.bench.load.LogFollowers;
import dev.nomadgate.bench.load.Outcome;
import dev.nomadgate.bench.process.Running;
import dev.nomadgate.bench.process.Subject;
import java.util.List;

/** From Nomad's write of a line to the browser's read of it. */
final class LogLineRow implements Row {

    private static final int FOLLOWERS = 8;
    private static final int EVERY_MILLIS = 5;

    @Override
    public String name() {
        return "log-line";
    }

    @Override
    public String title() {
        return "Streamed log lines: " + FOLLOWERS + " followers, a line each every " + EVERY_MILLIS + " ms";
    }

    @Override
    public List<Variant> variants() {
        return List.of(Variant.values());
    }

    @Override
    public boolean takesDirect() {
        return true;
    }

    @Override
    public Sample measure(Place place) throws Exception {
        Subject subject = place.standing();
        try (LogFollowers followers = new LogFollowers(subject.endpoint(), FOLLOWERS, EVERY_MILLIS)) {
            followers.run(place.effort().approach());
            long peer = subject.cpuNanos();
            long generator = Running.ownCpuNanos();
            Outcome outcome = followers.run(place.effort().stretch());
            peer = subject.cpuNanos() - peer;
            generator = Running.ownCpuNanos() - generator;
            Sample.Builder sample = new Sample.Builder();
            if (outcome.firstFailure() != null) {
                sample.fail(outcome.firstFailure());
            }
            if (outcome.operations() == 0) {
                return sample.fail("no line came").build();
            }
            sample.add(Figure.cost("p50", "µs"), outcome.latency().getValueAtPercentile(50) * 1e-3);
            sample.add(Figure.cost("p99", "µs"), outcome.latency().getValueAtPercentile(99) * 1e-3);
            if (!subject.isDirect()) {
                sample.add(Figure.cost("CPU", "µs/line"), peer * 1e-3 / outcome.operations());
            }
            return sample.add(Figure.aside("rate", "line/s"), outcome.perSecond())
                    .add(Figure.aside("generator's CPU", "µs/line"), generator * 1e-3 / outcome.operations()).build();
        }
    }
}
