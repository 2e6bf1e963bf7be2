package dev.nomadgate.config;

import java.util.Map;
import java.util.TreeMap;

/** A setting with a few possible values. */
final class Choice<T> {

    private final Map<String, T> values;

    /** @param values by how they are written */
    Choice(Map<String, T> values) {
        this.values = new TreeMap<>(values);
    }

    /** The value of a setting; {@code otherwise} when it is absent, or wrong, which is then noted. */
    T read(SettingReader section, String name, T otherwise) {
        return section.find(name).flatMap(setting -> section.checkText(setting, this::parse)).orElse(otherwise);
    }

    T parse(String text) throws BadValueException {
        T value = values.get(text);
        if (value == null) {
            throw new BadValueException("There is no such value.",
                    "Write " + String.join(" or ", values.keySet()) + ".");
        }
        return value;
    }
}
