package dev.nomadgate.config;

import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Optional;

/** The path of an address, where that is one of a plain file. */
final class FilePath {

    private FilePath() {
    }

    static Optional<Path> of(URL address) {
        if (!"file".equals(address.getProtocol())) {
            return Optional.empty();
        }
        try {
            return Optional.of(Path.of(address.toURI()));
        } catch (URISyntaxException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
