package dev.nomadgate.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigValueFactory;
import java.time.Duration;
import java.util.regex.Pattern;

/** Durations as settings write them: a number and its unit. */
public final class Durations {

    private static final Pattern BARE_NUMBER = Pattern.compile("[+-]?[0-9.]+");
    private static final String REMEDY = "Write a number with a unit, such as 500ms, 5s, 2m or 1h.";

    private Durations() {
    }

    static Duration parse(String text) throws BadValueException {
        if (BARE_NUMBER.matcher(text.strip()).matches()) {
            throw new BadValueException("The unit is missing.", REMEDY);
        }
        try {
            return ConfigValueFactory.fromAnyRef(text).atKey("duration").getDuration("duration");
        } catch (ConfigException e) {
            throw new BadValueException("This is not a duration.", REMEDY);
        }
    }

    /** The shortest text that a setting may have for this duration. */
    public static String render(Duration duration) {
        long millis = duration.toMillis();
        if (millis % 1000 != 0 || millis == 0) {
            return millis + "ms";
        }
        long seconds = millis / 1000;
        if (seconds % 3600 == 0) {
            return seconds / 3600 + "h";
        }
        return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }
}
