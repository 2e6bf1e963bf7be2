package dev.nomadgate.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigResolver;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Lays the sources over each other, in the order that {@code reference.conf} tells. */
final class Layers {

    private Layers() {
    }

    /** All settings, substitutions resolved. What cannot be parsed is left out, and a mistake noted. */
    static ConfigObject merge(
            ConfigSources sources, ConfigObject reference, ReadFiles files, List<Mistake> mistakes) {
        ConfigResolveOptions substitutions = ConfigResolveOptions.noSystem().appendResolver(new Names(sources));
        Config named = new NamedValues("system property", substitutions, mistakes)
                .layer(sources.systemProperties())
                .withFallback(new NamedValues("context parameter", substitutions, mistakes)
                        .layer(sources.contextParameters()));
        Config file = new OperatorFile(sources, files, mistakes).layer();
        Config rest = NomadVariables.layer(sources.environment()).withFallback(reference);
        try {
            return named.withFallback(file).withFallback(rest).resolve(substitutions).root();
        } catch (ConfigException e) {
            mistakes.add(ParserMistake.of(e, OperatorFile.location(sources).orElse(OperatorFile.NAME)));
            return named.withFallback(rest).root();
        }
    }

    /** The defaults, from the {@code reference.conf} that lies beside these classes. */
    static ConfigObject reference() {
        try (InputStream stream = Layers.class.getResourceAsStream("/reference.conf")) {
            return ConfigFactory.parseReader(new InputStreamReader(stream, StandardCharsets.UTF_8),
                    ConfigParseOptions.defaults().setOriginDescription("reference.conf")).root();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What <code>${NAME}</code> in a file may stand for beside other settings. */
    private record Names(ConfigSources sources) implements ConfigResolver {

        @Override
        public ConfigValue lookup(String name) {
            String property = sources.systemProperties().get(name);
            if (property != null) {
                return ConfigValueFactory.fromAnyRef(property, "system property " + name);
            }
            String variable = sources.environment().get(name);
            return variable == null ? null : ConfigValueFactory.fromAnyRef(variable, "environment variable " + name);
        }

        @Override
        public ConfigResolver withFallback(ConfigResolver fallback) {
            return this;
        }
    }
}
