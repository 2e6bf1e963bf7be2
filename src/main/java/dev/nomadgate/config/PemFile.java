package dev.nomadgate.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Looks whether a file can be what a TLS setting needs. What it holds never reaches a message. */
enum PemFile {

    CERTIFICATE("a certificate", Pattern.compile("-----BEGIN [A-Z0-9 ]*CERTIFICATE-----")),
    PRIVATE_KEY("a private key", Pattern.compile("-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----"));

    private static final Pattern ENCRYPTED = Pattern.compile("BEGIN ENCRYPTED PRIVATE KEY|Proc-Type: 4,ENCRYPTED");
    private static final long LARGEST = 16 << 20;

    private final String what;
    private final Pattern begin;

    PemFile(String what, Pattern begin) {
        this.what = what;
        this.begin = begin;
    }

    Path check(String text) throws BadValueException {
        if (text.contains("-----BEGIN")) {
            throw new BadValueException("This is the content of a file, not its path.",
                    "Store it in a file which only the gate may read, and give the path.");
        }
        Path file = existing(text);
        String content = content(file);
        if (!begin.matcher(content).find()) {
            throw new BadValueException("The file holds no " + what.substring(2) + " in PEM form.",
                    "Give a file with " + what + " in it, beginning with -----BEGIN …-----.");
        }
        if (this == PRIVATE_KEY && ENCRYPTED.matcher(content).find()) {
            throw new BadValueException("The private key is encrypted, and there is no setting for a passphrase.",
                    "Decrypt it (openssl pkey -in … -out …) into a file which only the gate may read.");
        }
        return file;
    }

    private static Path existing(String text) throws BadValueException {
        Path file;
        try {
            file = Path.of(text);
        } catch (InvalidPathException e) {
            throw new BadValueException("This is not a path.", "Give the path of a PEM file.");
        }
        if (!Files.exists(file)) {
            throw new BadValueException("There is no such file" + whereSought(file) + ".",
                    "Correct the path, or create the file.");
        }
        if (!Files.isRegularFile(file)) {
            throw new BadValueException("This is not a file.", "Give the path of a PEM file.");
        }
        return file;
    }

    private static String whereSought(Path file) {
        return file.isAbsolute() ? "" : " (" + file.toAbsolutePath() + ")";
    }

    private static String content(Path file) throws BadValueException {
        try {
            if (Files.size(file) > LARGEST) {
                throw new BadValueException("The file is too large for a PEM file.", "Give the path of a PEM file.");
            }
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new BadValueException("The file cannot be read (" + e.getClass().getSimpleName() + ").",
                    "Let the user " + System.getProperty("user.name") + ", as which this JVM runs, read it.");
        }
    }
}
