package dev.nomadgate.bench.row;

import dev.nomadgate.bench.load.ClosedLoop;
import dev.nomadgate.bench.load.Endpoint;
import dev.nomadgate.bench.load.Outcome;
import dev.nomadgate.bench.load.SlowReader;
import dev.nomadgate.bench.process.Subject;
import java.io.IOException;
import java.time.Duration;

/**
 * One client that is sent 1 GiB and reads almost nothing of it: what the proxy takes in for it, and whether it serves
 * others meanwhile. A JVM's heap is small here, and cold: what others get shows that they are served, not how fast.
 */
final class SlowReaderRow implements Row {

    private static final long BYTES = 1L << 30;
    private static final int PIECES = 8;
    private static final double MIB = 1 << 20;
    private static final Work OTHERS = Works.small().with(8);

    private final String name;
    private final String what;
    private final Kind kind;

    @FunctionalInterface
    private interface Kind {

        SlowReader open(Endpoint endpoint, long bytes) throws IOException;
    }

    private SlowReaderRow(String name, String what, Kind kind) {
        this.name = name;
        this.what = what;
        this.kind = kind;
    }

    static SlowReaderRow download() {
        return new SlowReaderRow("slow-reader", "a download", SlowReader::download);
    }

    static SlowReaderRow terminal() {
        return new SlowReaderRow("slow-terminal", "terminal output", SlowReader::terminal);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String title() {
        return "One client reads 40 KiB/s of 1 GiB of " + what + ", while 8 others get answers of 1 KiB";
    }

    @Override
    public int every() {
        return Integer.MAX_VALUE;
    }

    @Override
    public boolean hasSessions() {
        return name.equals("slow-terminal");
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
        Sample.Builder sample = new Sample.Builder();
        Duration length = place.effort().hold();
        try (Subject subject = place.freshSmall();
                ClosedLoop others = new ClosedLoop(subject.endpoint(), OTHERS.clients(), OTHERS.factory())) {
            others.run(length.dividedBy(2));
            long before = subject.restingBytes();
            long sent = subject.upstream().count("bulk");
            try (SlowReader reader = kind.open(subject.endpoint(), BYTES)) {
                long most = load(length, subject, others, sample);
                if (reader.failure() != null) {
                    sample.fail("the slow reader was cut off: " + reader.failure());
                }
                sample.add(Figure.cost("taken from Nomad", "MiB"), (subject.upstream().count("bulk") - sent) / MIB)
                        .add(Figure.aside("memory's growth at most", "MiB"), (Math.max(before, most) - before) / MIB);
                if (subject.isAlive()) {
                    sample.add(Figure.aside("memory kept", "MiB"), (subject.restingBytes() - before) / MIB);
                } else {
                    sample.fail("it died: " + subject.process().lastWords());
                }
            }
        }
        return sample.build();
    }

    /** The most resident memory that was seen. */
    private static long load(Duration length, Subject subject, ClosedLoop others, Sample.Builder sample)
            throws Exception {
        long most = 0;
        double rate = 0;
        for (int i = 0; i < PIECES; i++) {
            Outcome outcome = others.run(length.dividedBy(PIECES));
            if (subject.process().said("OutOfMemoryError")) {
                sample.fail("OutOfMemoryError");
            }
            if (outcome.failures() > 0) {
                sample.fail(outcome.failures() + " requests of others failed: " + outcome.firstFailure());
            }
            rate += outcome.perSecond() / PIECES;
            if (subject.isAlive()) {
                most = Math.max(most, subject.process().residentBytes());
            }
        }
        sample.add(Figure.aside("others", "request/s"), rate);
        return most;
    }
}
