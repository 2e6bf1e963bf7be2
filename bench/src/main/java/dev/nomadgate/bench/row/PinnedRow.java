package dev.nomadgate.bench.row;

import dev.nomadgate.bench.Variant;
import dev.nomadgate.bench.peer.Peer;
import dev.nomadgate.bench.process.Subject;

/** Other work, with all threads of the proxy on one processor. What it was started with, such as workers, stays. */
final class PinnedRow implements Row {

    private final String name;
    private final String processors;
    private final LoadRow row;

    PinnedRow(String name, String processors, LoadRow row) {
        this.name = name;
        this.processors = processors;
        this.row = row;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String title() {
        return row.title() + ", the proxy on processors " + processors;
    }

    @Override
    public int every() {
        return 2;
    }

    @Override
    public boolean hasSessions() {
        return row.hasSessions();
    }

    @Override
    public boolean takes(Peer peer, Variant variant) {
        return row.takes(peer, variant);
    }

    @Override
    public boolean isInSummary() {
        return false;
    }

    @Override
    public Sample measure(Place place) throws Exception {
        Subject subject = place.standing();
        subject.process().pin(processors);
        try {
            return row.measure(subject, place.effort());
        } finally {
            subject.process().pin("0-" + (Runtime.getRuntime().availableProcessors() - 1));
        }
    }
}
