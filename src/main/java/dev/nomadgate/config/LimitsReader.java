package dev.nomadgate.config;

import java.time.Duration;

/** Reads {@code limits} and {@code drain}: how much the gate takes on, and how it lets go of it. */
final class LimitsReader {

    private static final int MANY = 1_000_000;
    private static final long KIB = 1024;
    private static final Duration YEAR = Duration.ofHours(8760);

    private final SettingReader root;

    /** @param root the section that holds both */
    LimitsReader(SettingReader root) {
        this.root = root;
    }

    LimitsConfig limits() {
        SettingReader limits = root.section("limits");
        return new LimitsConfig(
                limits.integer("sessions", 1, MANY),
                limits.integer("sessions-per-client", 1, MANY),
                limits.integer("requests", 1, MANY),
                limits.bytes("header-size", KIB, KIB * KIB),
                limits.bytes("message-size", KIB, KIB * KIB * KIB),
                limits.duration("session-idle-timeout", Duration.ZERO, YEAR),
                limits.duration("session-max-age", Duration.ZERO, YEAR));
    }

    DrainConfig drain() {
        SettingReader drain = root.section("drain");
        return new DrainConfig(
                drain.duration("grace-period", Duration.ZERO, Duration.ofHours(1)),
                drain.bool("warn-sessions"));
    }
}
