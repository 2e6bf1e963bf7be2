package dev.nomadgate.bench.row;

import dev.nomadgate.bench.load.HeldPolls;
import dev.nomadgate.bench.process.Subject;
import java.time.Duration;

/** Long polls that Nomad holds: what they cost while nothing happens, and whether all of them are answered at last. */
final class LongPollsRow implements Row {

    private static final int POLLS = 1000;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final double MIB = 1 << 20;

    @Override
    public String name() {
        return "long-polls";
    }

    @Override
    public String title() {
        return POLLS + " long polls held, then answered all at once";
    }

    @Override
    public int every() {
        return 2;
    }

    @Override
    public boolean usesStanding() {
        return false;
    }

    @Override
    public Sample measure(Place place) throws Exception {
        try (Subject subject = place.freshShrinking()) {
            long before = subject.restingBytes();
            try (HeldPolls polls = new HeldPolls(subject.endpoint(), POLLS)) {
                long held = subject.upstream().await("polls", POLLS, PATIENCE);
                double memory = subject.restingBytes() - before;
                long begun = System.nanoTime();
                long cpu = subject.cpuNanos();
                Thread.sleep(place.effort().hold().toMillis());
                double seconds = (System.nanoTime() - begun) * 1e-9;
                double milliseconds = (subject.cpuNanos() - cpu) * 1e-6;
                long released = System.nanoTime();
                subject.upstream().release();
                int answers = polls.receiveAll();
                double answered = (System.nanoTime() - released) * 1e-6;
                Sample.Builder sample = new Sample.Builder();
                if (held < POLLS || answers < POLLS) {
                    sample.fail(held + " of " + POLLS + " were held, " + answers + " were answered");
                }
                return sample.add(Figure.cost("memory", "KiB/poll"), memory / 1024 / POLLS)
                        .add(Figure.aside("CPU while held", "ms/s"), milliseconds / seconds)
                        .add(Figure.aside("until all are answered", "ms"), answered)
                        .add(Figure.aside("before", "MiB"), before / MIB).build();
            }
        }
    }
}
