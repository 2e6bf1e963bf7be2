package dev.nomadgate.config;

import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderClasspath;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigIncluderURL;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseable;
import java.io.File;
import java.net.URL;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Includes as the library does, and notes which files that concerns. The origins of the settings would not tell: a file
 * that says nothing yet, or is not there, has none.
 */
final class Includes implements ConfigIncluder, ConfigIncluderFile, ConfigIncluderURL, ConfigIncluderClasspath {

    /** In this order the library completes a name that has none of them. */
    private static final List<String> EXTENSIONS = List.of(".conf", ".json", ".properties");

    private final Optional<Path> directory;
    private final ReadFiles files;
    private final ConfigIncluder librarys;

    /** @param directory of the file that includes; empty when it is none */
    Includes(Optional<Path> directory, ReadFiles files) {
        this(directory, files, null);
    }

    private Includes(Optional<Path> directory, ReadFiles files, ConfigIncluder librarys) {
        this.directory = directory;
        this.files = files;
        this.librarys = librarys;
    }

    @Override
    public ConfigIncluder withFallback(ConfigIncluder fallback) {
        return new Includes(directory, files, fallback);
    }

    @Override
    public ConfigObject include(ConfigIncludeContext context, String what) {
        List<String> names = EXTENSIONS.stream().anyMatch(what::endsWith)
                ? List.of(what) : EXTENSIONS.stream().map(what::concat).toList();
        for (String name : names) {
            // Where the library finds it, which one file deeper is not beside the first; else where it would.
            ConfigParseable found = context.relativeTo(name);
            if (found != null && found.origin().filename() != null) {
                files.addSettings(Path.of(found.origin().filename()));
            } else {
                directory.flatMap(beside -> resolved(beside, name)).ifPresent(files::addSettings);
            }
        }
        return librarys.include(context, what);
    }

    @Override
    public ConfigObject includeFile(ConfigIncludeContext context, File what) {
        files.addSettings(what.toPath());
        return ((ConfigIncluderFile) librarys).includeFile(context, what);
    }

    @Override
    public ConfigObject includeURL(ConfigIncludeContext context, URL what) {
        FilePath.of(what).ifPresent(files::addSettings);
        return ((ConfigIncluderURL) librarys).includeURL(context, what);
    }

    @Override
    public ConfigObject includeResources(ConfigIncludeContext context, String what) {
        return ((ConfigIncluderClasspath) librarys).includeResources(context, what);
    }

    private static Optional<Path> resolved(Path directory, String name) {
        try {
            return Optional.of(directory.resolve(name));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
