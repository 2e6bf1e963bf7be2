package dev.nomadgate.config;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Sources with nothing in them, to which a test adds what it is about. */
final class SourcesFixture {

    private final Map<String, String> properties = new HashMap<>();
    private final Map<String, String> parameters = new HashMap<>();
    private final Map<String, String> variables = new HashMap<>();
    private ClassLoader resources = new URLClassLoader(new URL[0], null);

    static SourcesFixture nothing() {
        return new SourcesFixture();
    }

    SourcesFixture property(String name, String value) {
        properties.put(name, value);
        return this;
    }

    SourcesFixture parameter(String name, String value) {
        parameters.put(name, value);
        return this;
    }

    SourcesFixture variable(String name, String value) {
        variables.put(name, value);
        return this;
    }

    SourcesFixture classPath(Path directory) {
        try {
            resources = new URLClassLoader(new URL[] {directory.toUri().toURL()}, null);
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
        return this;
    }

    /** The operator's file in this directory, with this text, at the place that the property names. */
    SourcesFixture file(Path directory, String text) {
        return property("nomad-gate.config", write(directory.resolve("nomad-gate.conf"), text).toString());
    }

    ConfigSources sources() {
        return new ConfigSources(properties, parameters, variables, resources);
    }

    GateConfig read() {
        return GateConfigReader.read(sources());
    }

    GateConfigException failure() {
        return catchThrowableOfType(GateConfigException.class, this::read);
    }

    List<Mistake> mistakes() {
        GateConfigException failure = failure();
        return failure == null ? List.of() : failure.mistakes();
    }

    Mistake mistake() {
        List<Mistake> mistakes = mistakes();
        if (mistakes.size() != 1) {
            throw new AssertionError("expected one mistake, not " + mistakes);
        }
        return mistakes.get(0);
    }

    static Path write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
