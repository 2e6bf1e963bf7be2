package dev.nomadgate.bench.row;

import dev.nomadgate.bench.process.Subject;

/** From the start of the process to its first answer. */
final class ColdStartRow implements Row {

    @Override
    public String name() {
        return "cold-start";
    }

    @Override
    public String title() {
        return "From the start of the process to its first answer";
    }

    @Override
    public boolean usesStanding() {
        return false;
    }

    @Override
    public boolean isInSummary() {
        return false;
    }

    @Override
    public Sample measure(Place place) throws Exception {
        try (Subject subject = place.fresh()) {
            return new Sample.Builder()
                    .add(Figure.cost("time", "ms"), subject.startNanos() * 1e-6)
                    .add(Figure.cost("CPU", "ms"), subject.cpuNanos() * 1e-6)
                    .add(Figure.cost("memory", "MiB"), (double) subject.process().residentBytes() / (1 << 20))
                    .build();
        }
    }
}
