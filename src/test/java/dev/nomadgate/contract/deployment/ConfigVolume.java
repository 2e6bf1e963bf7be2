package dev.nomadgate.contract.deployment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/**
 * A directory of files that are replaced all at once, as Kubernetes mounts a secret: each is a symbolic link through
 * {@code ..data}, which is one to a directory and is swapped.
 */
final class ConfigVolume {

    private final Path directory;
    private int version;

    ConfigVolume(Path directory) {
        this.directory = directory;
    }

    /** The path by which the file is known. */
    Path file(String name) {
        return directory.resolve(name);
    }

    /** Replaces all files by these texts. */
    void publish(Map<String, String> texts) {
        try {
            Path data = Files.createDirectories(directory.resolve("..v" + ++version));
            for (Map.Entry<String, String> text : texts.entrySet()) {
                Files.writeString(data.resolve(text.getKey()), text.getValue());
                if (!Files.isSymbolicLink(file(text.getKey()))) {
                    Files.createSymbolicLink(file(text.getKey()), Path.of("..data", text.getKey()));
                }
            }
            Path link = Files.createSymbolicLink(directory.resolve("..data_tmp"), data.getFileName());
            Files.move(link, directory.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes into one file where it is, as some editors do. */
    void overwrite(String name, String text) {
        try {
            Files.writeString(file(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
