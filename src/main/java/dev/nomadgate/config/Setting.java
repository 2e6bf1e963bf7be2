package dev.nomadgate.config;

import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;

/**
 * One value with its full name, for example {@code nomad-gate.servers[1]}.
 */
record Setting(String name, ConfigValue value) {

    boolean isText() {
        return value.valueType() == ConfigValueType.STRING;
    }

    /** The value of a setting that {@link #isText()}. */
    String text() {
        return (String) value.unwrapped();
    }

    Mistake mistake(String problem, String remedy) {
        return new Mistake(value.origin().description(), name, Shown.value(name, value), problem, remedy);
    }

    /** The same for what no setting is meant to hold: it may be a secret whose name is misspelt. */
    Mistake mistakeUnseen(String problem, String remedy) {
        return new Mistake(value.origin().description(), Shown.text(name), "", problem, remedy);
    }

    /** What kind of value this is, in the words of a message. */
    String kind() {
        return switch (value.valueType()) {
            case OBJECT -> "an object";
            case LIST -> "a list";
            case NUMBER -> "a number";
            case BOOLEAN -> "true or false";
            case NULL -> "null";
            case STRING -> "text";
        };
    }
}
