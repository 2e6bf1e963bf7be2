package dev.nomadgate.recording;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * Which recordings to find: those for which all hold that are given. Immutable.
 *
 * @param user part of the name, or of what a person would call it, in any case of letters
 * @param job part of the job's id, in any case of letters
 * @param from the earliest beginning
 * @param to the latest beginning
 */
record RecordingFilter(Optional<String> user, Optional<String> job, Optional<Instant> from, Optional<Instant> to) {

    /** What can be told without a look into the file. */
    boolean admits(RecordingName name) {
        return from.map(time -> !name.started().isBefore(time)).orElse(true)
                && to.map(time -> !name.started().isAfter(time)).orElse(true);
    }

    boolean admits(Recording recording) {
        return (isIn(user, recording.fact("user")) || isIn(user, recording.fact("label")))
                && isIn(job, recording.fact("job"));
    }

    private static boolean isIn(Optional<String> part, Optional<String> text) {
        return part.isEmpty() || text.isPresent() && lower(text.get()).contains(lower(part.get()));
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
