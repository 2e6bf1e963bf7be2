package dev.nomadgate.config;

import com.typesafe.config.ConfigObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What was read, and found right. Immutable.
 *
 * @param config the configuration
 * @param interval how often to look whether its files have changed; zero: never
 * @param settings every setting's value by the setting's full name
 */
public record Reading(GateConfig config, Duration interval, Map<String, Object> settings) {

    private static final String TLS = ConfigSources.PREFIX + "tls.";

    public Reading {
        settings = Map.copyOf(settings);
    }

    static Reading of(GateConfig config, Duration interval, ConfigObject settings) {
        Map<String, Object> values = new HashMap<>();
        settings.toConfig().entrySet().forEach(entry -> values.put(entry.getKey(), entry.getValue().unwrapped()));
        return new Reading(config, interval, values);
    }

    /** Whether connections to Nomad depend on none of the settings whose values differ. */
    public boolean hasConnectionsOf(Reading other) {
        return differences(other).stream()
                .noneMatch(name -> name.startsWith(TLS) || ConnectionsConfig.SETTINGS.contains(name));
    }

    /** The full names of the settings whose values differ. */
    public SortedSet<String> differences(Reading other) {
        SortedSet<String> names = new TreeSet<>(settings.keySet());
        names.addAll(other.settings.keySet());
        names.removeIf(name -> Objects.equals(settings.get(name), other.settings.get(name)));
        return names;
    }
}
