package dev.nomadgate.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The operator's file, {@code nomad-gate.conf}: where it is, and what it says. */
final class OperatorFile {

    static final String NAME = "nomad-gate.conf";

    private final ConfigSources sources;
    private final ReadFiles files;
    private final List<Mistake> mistakes;

    OperatorFile(ConfigSources sources, ReadFiles files, List<Mistake> mistakes) {
        this.sources = sources;
        this.files = files;
        this.mistakes = mistakes;
    }

    /** Where the file is, in words; empty when there is none. */
    static Optional<String> location(ConfigSources sources) {
        return given(sources).map(Given::path)
                .or(() -> resource(sources).map(URL::toString))
                .or(() -> containers(sources).map(Path::toString));
    }

    /** What the file says, not yet resolved; empty, and a mistake noted, when it cannot be read. */
    Config layer() {
        try {
            Optional<Given> given = given(sources);
            if (given.isPresent()) {
                return given(given.get());
            }
            candidates(sources).forEach(files::addSettings);
            Optional<URL> resource = resource(sources);
            if (resource.isPresent()) {
                FilePath.of(resource.get()).ifPresent(files::addSettings);
                return parse(resource.get());
            }
            return containers(sources).map(this::parse).orElseGet(ConfigFactory::empty);
        } catch (ConfigException e) {
            mistakes.add(ParserMistake.of(e, location(sources).orElse(NAME)));
            return ConfigFactory.empty();
        }
    }

    private Config given(Given given) {
        try {
            Path file = Path.of(given.path());
            files.add(file);
            if (Files.isRegularFile(file) && Files.isReadable(file)) {
                return parse(file);
            }
            mistakes.add(given.mistake("There is no file that can be read at " + file.toAbsolutePath() + "."));
        } catch (InvalidPathException e) {
            mistakes.add(given.mistake("This is not a path."));
        }
        return ConfigFactory.empty();
    }

    private Config parse(Path file) {
        return ConfigFactory.parseFile(file.toFile(),
                options(Optional.ofNullable(file.getParent())).setAllowMissing(false));
    }

    private Config parse(URL resource) {
        try {
            URLConnection connection = resource.openConnection();
            connection.setUseCaches(false); // a cached JAR would stay open after undeployment
            try (Reader reader = new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8)) {
                return ConfigFactory.parseReader(reader, options(FilePath.of(resource).map(Path::getParent))
                        .setOriginDescription(resource.toString()));
            }
        } catch (IOException e) {
            throw new ConfigException.IO(null, resource + " cannot be read: " + e.getMessage(), e);
        }
    }

    private ConfigParseOptions options(Optional<Path> directory) {
        return ConfigParseOptions.defaults().setSyntax(ConfigSyntax.CONF).setClassLoader(sources.resources())
                .setIncluder(new Includes(directory, files));
    }

    private static Optional<Given> given(ConfigSources sources) {
        String name = ConfigSources.FILE_LOCATION;
        String property = sources.systemProperties().get(name);
        if (property != null) {
            return Optional.of(new Given("system property " + name, property));
        }
        return Optional.ofNullable(sources.contextParameters().get(name))
                .map(parameter -> new Given("context parameter " + name, parameter));
    }

    private static Optional<URL> resource(ConfigSources sources) {
        return Optional.ofNullable(sources.resources().getResource(NAME));
    }

    private static Optional<Path> containers(ConfigSources sources) {
        return candidates(sources).filter(Files::exists).findFirst();
    }

    private static Stream<Path> candidates(ConfigSources sources) {
        Stream<Path> jetty = base(sources, "jetty.base").map(base -> base.resolve(NAME));
        Stream<Path> tomcat = base(sources, "catalina.base").map(base -> base.resolve("conf").resolve(NAME));
        return Stream.concat(jetty, tomcat);
    }

    private static Stream<Path> base(ConfigSources sources, String property) {
        return Stream.ofNullable(sources.systemProperties().get(property)).map(Path::of);
    }

    /** A path that the operator gave, and where. */
    private record Given(String origin, String path) {

        Mistake mistake(String problem) {
            return new Mistake(origin, ConfigSources.FILE_LOCATION, path, problem,
                    "Give the path of an existing file, or remove it to go without.");
        }
    }
}
