package dev.nomadgate.bench.run;

import dev.nomadgate.bench.Variant;
import dev.nomadgate.bench.peer.Peer;
import dev.nomadgate.bench.process.Launcher;
import dev.nomadgate.bench.process.Subject;
import dev.nomadgate.bench.row.Effort;
import dev.nomadgate.bench.row.Place;
import dev.nomadgate.bench.row.Row;

/** The place of one peer: its process lives as long as the run, and is started and warmed when it is first needed. */
final class Standing implements Place {

    private final Peer peer;
    private final Variant variant;
    private final Launcher launcher;
    private final Warming warming;
    private final Effort effort;
    private Subject subject;

    /** @param peer null for the stand-in itself */
    Standing(Peer peer, Variant variant, Launcher launcher, Warming warming, Effort effort) {
        this.peer = peer;
        this.variant = variant;
        this.launcher = launcher;
        this.warming = warming;
        this.effort = effort;
    }

    String name() {
        return peer == null ? "direct" : peer.name();
    }

    boolean isFor(Row row) {
        return peer == null ? row.takesDirect() && row.variants().contains(variant) : row.takes(peer, variant);
    }

    Variant variant() {
        return variant;
    }

    @Override
    public Effort effort() {
        return effort;
    }

    @Override
    public Subject standing() throws Exception {
        if (subject == null || !subject.isAlive()) {
            subject = peer == null ? launcher.direct(variant) : launcher.start(peer, variant);
            warming.warm(subject, peer);
        }
        return subject;
    }

    @Override
    public Subject fresh() throws Exception {
        return launcher.start(peer, variant);
    }

    @Override
    public Subject freshSmall() throws Exception {
        return launcher.startSmall(peer, variant);
    }

    @Override
    public Subject freshShrinking() throws Exception {
        return launcher.startShrinking(peer, variant);
    }
}
