package dev.nomadgate.config;

import dev.nomadgate.config.AuditConfig.OnFailure;
import dev.nomadgate.recording.RecordingRule;
import dev.nomadgate.session.Workload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Which sessions are recorded, and where. Immutable.
 *
 * @param enabled whether any is
 * @param directory where recordings are; present if any is made
 * @param rules a session is recorded that one of them wants
 * @param input whether what is typed is recorded too
 * @param maxSessionSize most bytes of one recording
 * @param maxTotalSize most bytes of all of them, beyond which the oldest go
 * @param maxAge how long one is kept
 * @param onFailure what becomes of a session whose recording cannot be written
 */
public record RecordingConfig(boolean enabled, Optional<Path> directory, List<RecordingRule> rules, boolean input,
        long maxSessionSize, long maxTotalSize, Duration maxAge, OnFailure onFailure) {

    public RecordingConfig {
        rules = List.copyOf(rules);
    }

    /** Whether a session in this place is to be recorded. */
    public boolean wants(Workload workload) {
        return enabled && rules.stream().anyMatch(rule -> rule.wants(workload));
    }
}
