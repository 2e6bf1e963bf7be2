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

    /** Whether it takes long, or is steady, so that every second round is enough. */
    default boolean isRare() {
        return false;
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

    default boolean takes(Peer peer) {
        return peer.takes(this);
    }

    Sample measure(Place place) throws Exception;
}
