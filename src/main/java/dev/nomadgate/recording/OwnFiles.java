package dev.nomadgate.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;

/** Directories and files that, where the file system knows permissions, nobody but the gate's user may open. */
final class OwnFiles {

    private static final int TRIAL = 16 * 1024;

    private OwnFiles() {
    }

    /** Makes the directory, and those above it, unless it is there already. */
    static void makeDirectory(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(directory, permissions(directory, "rwx------"));
        }
    }

    /**
     * A new file, to be written.
     *
     * @throws java.nio.file.FileAlreadyExistsException if there is one of this name
     */
    static FileChannel create(Path file) throws IOException {
        return FileChannel.open(file, Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW),
                permissions(file, "rw-------"));
    }

    /** Writes a file, as much as a disk that is all but full has no room for, and deletes it. */
    static void tryOut(Path directory) throws IOException {
        makeDirectory(directory);
        Path file = directory.resolve("nomad-gate-" + UUID.randomUUID() + ".tmp");
        // A system that can do it takes the name away at once: nothing is left of it even by a crash.
        try (FileChannel channel = FileChannel.open(file, Set.of(StandardOpenOption.WRITE,
                StandardOpenOption.CREATE_NEW, StandardOpenOption.DELETE_ON_CLOSE), permissions(file, "rw-------"))) {
            ByteBuffer bytes = ByteBuffer.allocate(TRIAL);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }

    private static FileAttribute<?>[] permissions(Path path, String permissions) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))}
                : new FileAttribute<?>[0];
    }
}
