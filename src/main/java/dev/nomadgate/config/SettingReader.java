package dev.nomadgate.config;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Typed reading of the settings of one section. A mistake is noted, and reading goes on with a value
 * that only serves to go on: whoever reads must look at the mistakes before using what was read.
 */
final class SettingReader {

    private final String section;
    private final ConfigObject settings;
    private final List<Mistake> mistakes;

    SettingReader(String section, ConfigObject settings, List<Mistake> mistakes) {
        this.section = section;
        this.settings = settings;
        this.mistakes = mistakes;
    }

    /** The reader of a section within this one; where it is no section, nothing is in it. */
    SettingReader section(String name) {
        ConfigObject inner = settings.get(name) instanceof ConfigObject object
                ? object : ConfigFactory.empty().root();
        return new SettingReader(fullName(name), inner, mistakes);
    }

    Optional<Setting> find(String name) {
        return Optional.ofNullable(settings.get(name)).map(value -> new Setting(fullName(name), value));
    }

    Duration duration(String name, Duration shortest, Duration longest) {
        return read(name, shortest, setting -> {
            if (!isScalar(setting)) {
                throw wrongType(setting, "a duration", "Write a number with a unit, such as 5s.");
            }
            Duration duration = Durations.parse(String.valueOf(setting.value().unwrapped()));
            return inRange(duration, shortest, longest, Durations.render(shortest), Durations.render(longest));
        });
    }

    int integer(String name, int least, int most) {
        return read(name, least, setting -> {
            int number;
            try {
                number = new BigDecimal(String.valueOf(setting.value().unwrapped())).intValueExact();
            } catch (NumberFormatException e) {
                throw wrongType(setting, "a number", "Write a whole number from " + least + " to " + most + ".");
            } catch (ArithmeticException e) {
                throw new BadValueException("This is not a whole number of the range.",
                        "Write a whole number from " + least + " to " + most + ".");
            }
            return inRange(number, least, most, String.valueOf(least), String.valueOf(most));
        });
    }

    long bytes(String name, long least, long most) {
        return read(name, least, setting -> {
            if (!isScalar(setting)) {
                throw wrongType(setting, "a size", "Write a number with a unit, such as 16KiB.");
            }
            long size = Sizes.parse(String.valueOf(setting.value().unwrapped()));
            return inRange(size, least, most, Sizes.render(least), Sizes.render(most));
        });
    }

    boolean bool(String name) {
        return read(name, false, setting -> switch (String.valueOf(setting.value().unwrapped())) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new BadValueException("This is neither true nor false.", "Write true or false.");
        });
    }

    /** A text; empty when the setting is absent or the empty text. */
    Optional<Setting> text(String name) {
        return read(name, Optional.empty(), setting -> {
            if (!setting.isText()) {
                throw wrongType(setting, "text", "Write a text in double quotes.");
            }
            return setting.text().isEmpty() ? Optional.empty() : Optional.of(setting);
        });
    }

    /** The elements of a list, however it is written: as a list, by number, or as text with commas. */
    List<Setting> list(String name) {
        return read(name, List.of(), setting -> {
            List<ConfigValue> values;
            if (setting.value() instanceof ConfigList list) {
                values = list;
            } else if (setting.value() instanceof ConfigObject object && isNumbered(object)) {
                values = object.keySet().stream()
                        .sorted(Comparator.comparing(Integer::valueOf))
                        .map(object::get).toList();
            } else if (setting.isText()) {
                values = Stream.of(setting.text().split(",")).map(String::strip).filter(s -> !s.isEmpty())
                        .map(s -> ConfigValueFactory.fromAnyRef(s).withOrigin(setting.value().origin()))
                        .map(ConfigValue.class::cast).toList();
            } else {
                throw wrongType(setting, "a list", "Write a list, such as [\"one\", \"two\"].");
            }
            List<Setting> elements = new ArrayList<>();
            for (ConfigValue value : values) {
                elements.add(new Setting(setting.name() + "[" + elements.size() + "]", value));
            }
            return List.copyOf(elements);
        });
    }

    /** The elements of a list that is there; with none in it, nobody could say whether all or nothing is meant. */
    Optional<List<Setting>> some(String name) {
        return find(name).map(setting -> {
            int before = mistakes.size();
            List<Setting> elements = list(name);
            if (elements.isEmpty() && mistakes.size() == before) {
                mistakes.add(setting.mistake("There is nothing in this list.",
                        "Name at least one, or leave " + name + " out if it does not matter."));
            }
            return elements;
        });
    }

    private <T> T read(String name, T otherwise, Check<Setting, T> check) {
        Optional<Setting> setting = find(name);
        return setting.isEmpty() ? otherwise : check(setting.get(), check).orElse(otherwise);
    }

    /** What the check makes of this setting; empty, and a mistake noted, when it refuses. */
    <T> Optional<T> check(Setting setting, Check<Setting, T> check) {
        try {
            return Optional.of(check.apply(setting));
        } catch (BadValueException e) {
            mistakes.add(setting.mistake(e.getMessage(), e.remedy()));
            return Optional.empty();
        }
    }

    /** Like {@link #check}, for an element of a list that has to be text. */
    <T> Optional<T> checkText(Setting setting, Check<String, T> check) {
        return check(setting, element -> {
            if (!element.isText()) {
                throw wrongType(element, "text", "Write a text in double quotes.");
            }
            return check.apply(element.text());
        });
    }

    static BadValueException wrongType(Setting setting, String expected, String remedy) {
        return new BadValueException("This is " + setting.kind() + ", not " + expected + ".", remedy);
    }

    private static <T extends Comparable<T>> T inRange(T value, T least, T most, String from, String to)
            throws BadValueException {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new BadValueException("This is outside the range.", "Write a value from " + from + " to " + to + ".");
        }
        return value;
    }

    private static boolean isScalar(Setting setting) {
        return setting.isText() || setting.value().valueType() == ConfigValueType.NUMBER;
    }

    private static boolean isNumbered(ConfigObject object) {
        return object.keySet().stream().allMatch(key -> key.matches("[0-9]{1,9}"));
    }

    private String fullName(String name) {
        return section.isEmpty() ? name : section + "." + name;
    }

    /** Turns a value into what it says, or refuses it. */
    @FunctionalInterface
    interface Check<V, T> {
        T apply(V value) throws BadValueException;
    }
}
