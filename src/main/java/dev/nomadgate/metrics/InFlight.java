package dev.nomadgate.metrics;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicIntegerArray;

/** How many requests of each class are in flight. Thread-safe. */
public final class InFlight {

    private static final RequestClass[] CLASSES = RequestClass.values();

    private final AtomicIntegerArray counts = new AtomicIntegerArray(CLASSES.length);

    void begins(RequestClass kind) {
        counts.incrementAndGet(kind.ordinal());
    }

    void ends(RequestClass kind) {
        counts.decrementAndGet(kind.ordinal());
    }

    int of(RequestClass kind) {
        return counts.get(kind.ordinal());
    }

    /** The counts by {@link RequestClass#label}, all classes, in their order. */
    public Map<String, Integer> byClass() {
        Map<String, Integer> byClass = new LinkedHashMap<>();
        for (RequestClass kind : CLASSES) {
            byClass.put(kind.label(), of(kind));
        }
        return byClass;
    }
}
