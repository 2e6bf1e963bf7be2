package dev.nomadgate.upstream.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One block of a PEM file (RFC 7468): what stands between {@code BEGIN} and {@code END}.
 *
 * <p>Read with the JDK alone. The PEM classes of ayza register BouncyCastle's provider with the
 * whole JVM when they are loaded, which an undeployed web application could not take back.
 *
 * @param label such as {@code CERTIFICATE}
 * @param encrypted whether a passphrase protects it
 * @param der the decoded bytes; empty when encrypted
 */
record PemBlock(String label, boolean encrypted, byte[] der) {

    static final String CERTIFICATE = "CERTIFICATE";

    private static final String BEGIN = "-----BEGIN ";
    private static final Pattern BLOCK =
            Pattern.compile(BEGIN + "([A-Z0-9 ]{1,40})-----(.*?)-----END \\1-----", Pattern.DOTALL);
    private static final int LARGEST_FILE = 16 * 1024 * 1024;

    /** All blocks of a file, whatever stands between them; at least one. */
    static List<PemBlock> read(Path file) throws UnusableFile {
        String text = text(file);
        List<PemBlock> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(text);
        while (matcher.find()) {
            blocks.add(parse(matcher.group(1), matcher.group(2)));
        }
        if (blocks.isEmpty()) {
            throw new UnusableFile("there is no complete PEM block (-----BEGIN … -----END …) in this file",
                    "give a file in PEM form, as nomad tls writes them; openssl converts other forms");
        }
        // A block cut short would otherwise be skipped in silence, and an authority with it.
        if (blocks.size() != text.split(BEGIN, -1).length - 1) {
            throw new UnusableFile("one of its PEM blocks is cut short",
                    "give the file as it was written, or make it again");
        }
        return blocks;
    }

    /** The labels, for a message that says what a file holds instead of what it should. */
    static String labels(List<PemBlock> blocks) {
        return blocks.stream().map(PemBlock::label).distinct().collect(Collectors.joining(", "));
    }

    private static PemBlock parse(String label, String body) throws UnusableFile {
        if (label.startsWith("ENCRYPTED") || body.contains("ENCRYPTED")) {
            return new PemBlock(label, true, new byte[0]);
        }
        try {
            return new PemBlock(label, false, Base64.getDecoder().decode(body.replaceAll("\\s", "")));
        } catch (IllegalArgumentException e) {
            throw new UnusableFile("its block " + label + " is not valid base64",
                    "give the file as it was written, or make it again");
        }
    }

    private static String text(Path file) throws UnusableFile {
        try {
            if (Files.isDirectory(file)) {
                throw new UnusableFile("this is a directory", "name the PEM file in it");
            }
            if (Files.size(file) > LARGEST_FILE) {
                throw new UnusableFile("it is larger than 16 MiB, no PEM file is", "name the PEM file");
            }
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            throw new UnusableFile("there is no such file",
                    "correct the path, or put the file there" + hint(file));
        } catch (AccessDeniedException e) {
            throw new UnusableFile("the file cannot be read, permission denied",
                    "let the user that runs the servlet container read it");
        } catch (IOException e) {
            throw new UnusableFile("the file cannot be read (" + e.getClass().getSimpleName() + ")",
                    "check the path and the file's permissions");
        }
    }

    private static String hint(Path file) {
        return file.isAbsolute() ? "" : " (a relative path, it was looked for as " + file.toAbsolutePath() + ")";
    }
}
