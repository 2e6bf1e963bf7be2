package dev.nomadgate.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** The path of a PEM file. What the file holds is looked at by the room that uses it. */
final class PemPath {

    private PemPath() {
    }

    /** The path; refuses what is no path, above all a key that was pasted instead of its file's name. */
    static Path parse(String text) throws BadValueException {
        if (text.contains("-----BEGIN")) {
            throw new BadValueException("This is the content of a file, not its path.",
                    "Store it in a file which only the gate may read, and give the path.");
        }
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new BadValueException("This is not a path.", "Give the path of a PEM file.");
        }
    }
}
