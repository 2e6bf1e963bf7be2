package dev.nomadgate.reload;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What some files held at one moment, as digests, and which of them were not there. Immutable.
 *
 * @param digests by file; {@link #ABSENT}, or another word, where there is nothing to be read
 */
public record FileContents(Map<Path, String> digests) {

    private static final String ABSENT = "absent";
    private static final String NO_FILE = "no file";
    private static final String UNREADABLE = "unreadable";

    public FileContents {
        digests = Map.copyOf(digests);
    }

    /** What these files hold now. */
    static FileContents of(Collection<Path> files) {
        Map<Path, String> digests = new TreeMap<>();
        files.forEach(file -> digests.put(file, digest(file)));
        return new FileContents(digests);
    }

    /** What the same files hold now. */
    FileContents now() {
        return of(paths());
    }

    Set<Path> paths() {
        return digests.keySet();
    }

    /** The files that are there. */
    Set<Path> present() {
        Set<Path> present = new TreeSet<>(paths());
        present.removeIf(file -> digests.get(file).equals(ABSENT));
        return present;
    }

    FileContents only(Set<Path> files) {
        Map<Path, String> some = new TreeMap<>(digests);
        some.keySet().retainAll(files);
        return new FileContents(some);
    }

    /**
     * Whether the files are the same and hold the same. Not the record's own equality: the JDK keeps the class of one
     * that was ever compared, and with it an undeployed web application (ObjectMethods, in Java 17).
     */
    boolean same(FileContents other) {
        return other != null && digests.equals(other.digests);
    }

    /** The files of both whose contents differ. */
    SortedSet<Path> differences(FileContents other) {
        SortedSet<Path> files = new TreeSet<>(paths());
        files.retainAll(other.paths());
        files.removeIf(file -> Objects.equals(digests.get(file), other.digests.get(file)));
        return files;
    }

    private static String digest(Path file) {
        if (!Files.isRegularFile(file)) {
            // Not opened, since a pipe would make the reader wait.
            return Files.exists(file) ? NO_FILE : ABSENT;
        }
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            return UNREADABLE;
        }
    }
}
