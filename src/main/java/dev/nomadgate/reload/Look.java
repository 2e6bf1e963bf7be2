package dev.nomadgate.reload;

import dev.nomadgate.config.ConfigSources;
import dev.nomadgate.config.GateConfigException;
import dev.nomadgate.config.GateConfigReader;
import dev.nomadgate.config.ReadFiles;
import dev.nomadgate.config.Reading;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A look at the whole configuration: what it says, or what is wrong with it, and what the files held that say so. */
public sealed interface Look {

    /** What the files held before they were read, so that a change meanwhile is found by the next look. */
    FileContents contents();

    /** A configuration that can be used. */
    record Right(Reading reading, FileContents contents) implements Look {

        /**
         * Whether connections that were made by one may serve the other: all that they depend on is the same, the
         * certificates and keys in their files included.
         */
        public boolean hasConnectionsOf(Right other) {
            return reading.hasConnectionsOf(other.reading)
                    && reading.config().upstream().tls().files().stream()
                            .noneMatch(contents.differences(other.contents)::contains);
        }

        /** What differs, by name: settings, and files of certificates, keys and a token. */
        public List<String> differences(Right other) {
            Set<Path> changed = contents.differences(other.contents);
            return Stream.concat(
                    reading.differences(other.reading).stream(),
                    reading.config().upstream().files().stream().filter(changed::contains).distinct()
                            .map(Path::toString)).toList();
        }
    }

    /** A configuration that cannot be used. */
    record Wrong(GateConfigException mistakes, FileContents contents) implements Look {
    }

    /**
     * The first look.
     *
     * @throws GateConfigException if the configuration cannot be used
     */
    static Right first(ConfigSources sources) {
        Look look = at(sources, Set.of(), Set.of());
        if (look instanceof Wrong wrong) {
            throw wrong.mistakes();
        }
        return (Right) look;
    }

    /**
     * Looks at the configuration.
     *
     * @param files that it is known to depend on
     * @param expected files of which those with settings have to be there
     */
    static Look at(ConfigSources sources, Set<Path> files, Set<Path> expected) {
        Set<Path> known = files;
        while (true) {
            FileContents contents = FileContents.of(known);
            ReadFiles read = new ReadFiles(expected);
            Look look;
            try {
                Reading reading = GateConfigReader.read(sources, read);
                look = new Right(reading, contents.only(read.paths()));
            } catch (GateConfigException e) {
                look = new Wrong(e, contents.only(read.paths()));
            }
            // Which files there are only the reading tells, and what they held has to be known from before.
            if (known.containsAll(read.paths())) {
                return look;
            }
            known = Stream.concat(known.stream(), read.paths().stream()).collect(Collectors.toSet());
        }
    }
}
