package dev.nomadgate.bench.row;

import dev.nomadgate.bench.Variant;
import dev.nomadgate.bench.peer.Peer;
import java.util.List;

/** A kind of work that peers are compared by. */
public interface Row {

    String name();

    /** The first figure of its samples is the one that it is about. */
    String title();

    default List<Variant> variants() {
        return List.of(Variant.PLAIN);
    }

    /** 1 for every round; more for what takes long, or is steady: every second one, and so on, with the first. */
    default int every() {
        return 1;
    }

    /** Whether its ratio to nginx belongs beside those of the others. */
    default boolean isInSummary() {
        return true;
    }

    /** Whether it measures the process that lives as long as the run, and not one of its own. */
    default boolean usesStanding() {
        return true;
    }

    /** Whether it is about WebSocket sessions, which not every peer can pass on. */
    default boolean hasSessions() {
        return false;
    }

    /** Whether it makes sense without a proxy. */
    default boolean takesDirect() {
        return false;
    }

    default boolean takes(Peer peer, Variant variant) {
        return variants().contains(variant) && peer.takes(this, variant);
    }

    Sample measure(Place place) throws Exception;
}
