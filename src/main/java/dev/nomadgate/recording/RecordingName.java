package dev.nomadgate.recording;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a recording is called, {@code 2026-11-26T05-10-00Z_<session>}: its file less {@code .cast}, and its id for
 * clients. Names sort by time. Immutable.
 *
 * @param text the whole of it; nothing in it means anything to a file system
 * @param started when the session began, to the second
 */
record RecordingName(String text, Instant started) {

    static final String SUFFIX = ".cast";

    private static final Pattern FORM =
            Pattern.compile("([0-9]{4}-[0-9]{2}-[0-9]{2})T([0-9]{2})-([0-9]{2})-([0-9]{2})Z_[0-9A-Za-z_-]{1,80}");
    private static final Pattern UNFIT = Pattern.compile("[^0-9A-Za-z_-]");
    private static final int LONGEST_ID = 64;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH-mm-ss'Z'").withZone(ZoneOffset.UTC);

    /**
     * The name for a session's recording.
     *
     * @param session its id, of which a client may have chosen any character
     * @param again how many of its recordings have the same name without this
     */
    static RecordingName of(Instant started, String session, int again) {
        String fit = UNFIT.matcher(session).replaceAll("-");
        return parse(TIME.format(started) + "_" + fit.substring(0, Math.min(LONGEST_ID, fit.length()))
                + (again == 0 && !fit.isEmpty() ? "" : "-" + again)).orElseThrow();
    }

    /** The name that a text is; empty for what cannot be one. */
    static Optional<RecordingName> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        try {
            String time = form.group(2) + ":" + form.group(3) + ":" + form.group(4);
            return Optional.of(new RecordingName(text, Instant.parse(form.group(1) + "T" + time + "Z")));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** The name of the recording in a file; empty for a file that is none. */
    static Optional<RecordingName> ofFile(String fileName) {
        return fileName.endsWith(SUFFIX)
                ? parse(fileName.substring(0, fileName.length() - SUFFIX.length())) : Optional.empty();
    }

    String fileName() {
        return text + SUFFIX;
    }
}
