package dev.nomadgate.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A token of the gate's own, given by {@code token} or in the file that {@code token-file} names. */
final class TokenSetting {

    private final SettingReader section;
    private final List<Mistake> mistakes;

    TokenSetting(SettingReader section, List<Mistake> mistakes) {
        this.section = section;
        this.mistakes = mistakes;
    }

    Optional<String> token() {
        Optional<Setting> token = section.text("token");
        Optional<Setting> file = section.text("token-file");
        if (token.isPresent() && file.isPresent()) {
            mistakes.add(file.get().mistake("There is a token besides this file.", "Set one of the two."));
        }
        return token.map(setting -> setting.text().strip())
                .or(() -> file.flatMap(setting -> section.checkText(setting, TokenSetting::firstLine)));
    }

    /** None for what is no path, which reading the token has told. */
    Optional<Path> file() {
        return section.text("token-file").map(Setting::text).flatMap(TokenSetting::path);
    }

    private static Optional<Path> path(String text) {
        try {
            return Optional.of(Path.of(text));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static String firstLine(String path) throws BadValueException {
        try {
            String line = Files.readString(Path.of(path), StandardCharsets.UTF_8).lines().findFirst().orElse("").strip();
            if (line.isEmpty()) {
                throw new BadValueException("There is no token in its first line.", "Write the token's secret id there.");
            }
            return line;
        } catch (IOException | RuntimeException e) {
            throw new BadValueException("This file cannot be read.", "Give a file that the gate may read.");
        }
    }
}
