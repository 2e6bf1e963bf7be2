package dev.nomadgate.identity;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** What was found out a while ago, at most so much of it and for so long. Thread-safe. */
final class Remembered<V> {

    private static final int MOST = 10_000;

    private final Map<String, Entry<V>> entries = new LinkedHashMap<>();
    private final long lifetime;
    private final LongSupplier nanoTime;

    private record Entry<V>(V value, long since) {
    }

    Remembered(Duration lifetime, LongSupplier nanoTime) {
        this.lifetime = lifetime.toNanos();
        this.nanoTime = nanoTime;
    }

    synchronized Optional<V> find(String key) {
        Entry<V> entry = entries.get(key);
        return entry == null || nanoTime.getAsLong() - entry.since() > lifetime ? Optional.empty() : Optional.of(entry.value());
    }

    synchronized void keep(String key, V value) {
        entries.remove(key);
        entries.put(key, new Entry<>(value, nanoTime.getAsLong()));
        if (entries.size() > MOST) {
            Iterator<String> oldest = entries.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }
}
