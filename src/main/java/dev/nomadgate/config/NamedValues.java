package dev.nomadgate.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * System properties or context parameters as settings. A value is plain text, unless it begins with
 * a bracket or a brace: then it is a list or an object as in the file.
 */
final class NamedValues {

    private final String kind;
    private final ConfigResolveOptions substitutions;
    private final List<Mistake> mistakes;

    NamedValues(String kind, ConfigResolveOptions substitutions, List<Mistake> mistakes) {
        this.kind = kind;
        this.substitutions = substitutions;
        this.mistakes = mistakes;
    }

    Config layer(Map<String, String> values) {
        Config layer = ConfigFactory.empty();
        for (Map.Entry<String, String> entry : new TreeMap<>(values).entrySet()) {
            String name = entry.getKey();
            if (name.startsWith(ConfigSources.PREFIX) && !name.equals(ConfigSources.FILE_LOCATION)) {
                layer = layer.withFallback(setting(name, entry.getValue().strip()));
            }
        }
        return layer;
    }

    private Config setting(String name, String text) {
        String origin = kind + " " + name;
        try {
            return value(text, origin).atPath(ConfigUtil.joinPath(List.of(name.split("\\.", -1))));
        } catch (ConfigException e) {
            mistakes.add(new Mistake(origin, name, "", Shown.parserMessage(ParserMistake.detail(e)),
                    "Write the list or object as in the file; mind the quotes that a shell takes away."));
            return ConfigFactory.empty();
        }
    }

    private ConfigValue value(String text, String origin) {
        if (!text.startsWith("[") && !text.startsWith("{")) {
            return ConfigValueFactory.fromAnyRef(text, origin);
        }
        return named(ConfigFactory.parseString("value = " + text).resolve(substitutions).getValue("value"), origin);
    }

    /** The same value, every part of which says that it comes from this origin. */
    private static ConfigValue named(ConfigValue value, String origin) {
        return ConfigValueFactory.fromAnyRef(value.unwrapped(), origin);
    }
}
