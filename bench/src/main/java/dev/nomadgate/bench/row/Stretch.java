package dev.nomadgate.bench.row;

import dev.nomadgate.bench.load.ClosedLoop;
import dev.nomadgate.bench.load.Outcome;
import dev.nomadgate.bench.process.Running;
import dev.nomadgate.bench.process.Subject;
import java.io.IOException;
import java.time.Duration;

/** What a stretch of work cost whom, processor time in nanoseconds. */
record Stretch(Outcome outcome, long peerNanos, long generatorNanos, long upstreamNanos) {

    static Stretch of(ClosedLoop loop, Subject subject, Duration length) throws IOException, InterruptedException {
        long peer = subject.cpuNanos();
        long upstream = subject.upstream().process().cpuNanos();
        long generator = Running.ownCpuNanos();
        Outcome outcome = loop.run(length);
        return new Stretch(outcome, subject.cpuNanos() - peer, Running.ownCpuNanos() - generator,
                subject.upstream().process().cpuNanos() - upstream);
    }
}
