package dev.nomadgate.bench.row;

import dev.nomadgate.bench.load.Client;
import dev.nomadgate.bench.load.ClosedLoop;
import dev.nomadgate.bench.process.Subject;
import java.time.Duration;

/**
 * Resident memory of a session in which nothing happens, over that of the same process before, which has had sessions
 * then. A JVM collects its garbage before both readings, and gives back the heap that it does not use.
 */
final class IdleSessionsRow implements Row {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Work ECHO = Works.echo();

    @Override
    public String name() {
        return "idle-sessions";
    }

    @Override
    public String title() {
        return "Memory of an idle session";
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
    public boolean hasSessions() {
        return true;
    }

    @Override
    public Sample measure(Place place) throws Exception {
        try (Subject subject = place.freshShrinking()) {
            try (ClosedLoop some = new ClosedLoop(subject.endpoint(), ECHO.clients(), ECHO.factory())) {
                some.run(Duration.ofSeconds(1));
            }
            subject.upstream().await("sessions", 0, PATIENCE);
            long before = subject.restingBytes();
            int count = place.effort().idleSessions();
            try (ClosedLoop sessions = new ClosedLoop(subject.endpoint(), count, oneFrame())) {
                long standing = subject.upstream().await("sessions", count, PATIENCE);
                double bytes = subject.restingBytes() - before;
                Sample.Builder sample = new Sample.Builder();
                if (standing < count) {
                    sample.fail((count - standing) + " of " + count + " sessions were not opened: "
                            + sessions.firstFailure());
                }
                return sample.add(Figure.cost("memory", "KiB/session"), bytes / 1024 / Math.max(1, standing))
                        .add(Figure.aside("before", "MiB"), (double) before / (1 << 20))
                        .add(Figure.aside("sessions", "open"), standing).build();
            }
        }
    }

    /** A session that has been used once, as one that is idle has been. */
    private static Client.Factory oneFrame() {
        return endpoint -> {
            Client client = ECHO.factory().open(endpoint);
            client.operate();
            return client;
        };
    }
}
