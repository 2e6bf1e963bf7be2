package dev.nomadgate.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigValueFactory;

/** Sizes as settings write them: a number of bytes, or of a unit that follows it. */
final class Sizes {

    private static final String[] UNITS = {"", "KiB", "MiB", "GiB"};
    private static final int STEP = 1024;

    private Sizes() {
    }

    static long parse(String text) throws BadValueException {
        try {
            return ConfigValueFactory.fromAnyRef(text).atKey("size").getBytes("size");
        } catch (ConfigException e) {
            throw new BadValueException("This is not a size.", "Write a number with a unit, such as 16KiB or 4MiB.");
        }
    }

    /** The shortest text that {@link #parse} reads as this size. */
    static String render(long bytes) {
        int unit = 0;
        long number = bytes;
        while (number > 0 && number % STEP == 0 && unit < UNITS.length - 1) {
            number /= STEP;
            unit++;
        }
        return number + UNITS[unit];
    }
}
