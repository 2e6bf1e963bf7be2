package dev.nomadgate.config;

import java.time.Duration;

/** Reads {@code health}. */
final class HealthReader {

    private static final Duration MOMENT = Duration.ofMillis(100);
    private static final int MOST = 100;

    private HealthReader() {
    }

    static HealthConfig read(SettingReader health) {
        return new HealthConfig(
                health.bool("enabled"),
                health.duration("interval", MOMENT, Duration.ofHours(1)),
                health.duration("timeout", MOMENT, Duration.ofMinutes(1)),
                health.integer("fails", 1, MOST),
                health.integer("passes", 1, MOST),
                health.duration("slow-start", Duration.ZERO, Duration.ofHours(1)));
    }
}
