package dev.nomadgate.audit;

import dev.nomadgate.config.AuditConfig;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.logging.ErrorManager;
import java.util.logging.FileHandler;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/**
 * The files of the audit log, the current one for its owner only. Rotation is {@link FileHandler}'s. Used by one thread
 * at a time.
 */
final class AuditFile implements AutoCloseable {

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private final FileHandler handler;
    private final Path current;
    private Exception failure;

    /** @param pattern with {@code %g} where the number goes */
    AuditFile(String pattern, AuditConfig config) throws IOException {
        current = Path.of(pattern.replace("%g", "0")).toAbsolutePath();
        refuseIfInUse();
        create();
        endTornLine();
        handler = new FileHandler(pattern, config.maxSize(), config.files(), true);
        handler.setLevel(Level.ALL);
        handler.setEncoding(StandardCharsets.UTF_8.name());
        handler.setFormatter(new Formatter() {
            @Override
            public String format(LogRecord line) {
                return line.getMessage() + "\n";
            }
        });
        handler.setErrorManager(new ErrorManager() {
            @Override
            public synchronized void error(String message, Exception cause, int code) {
                failure = cause == null ? new IOException(message) : cause;
            }
        });
    }

    /**
     * Appends a line, which is with the operating system afterwards.
     *
     * @throws IOException if it is not, or may not be
     */
    void append(String line) throws IOException {
        failure = null;
        LogRecord wrapped = new LogRecord(Level.INFO, line);
        if (!handler.isLoggable(wrapped)) {
            throw new IOException("the file could not be opened again");
        }
        handler.publish(wrapped);
        if (failure != null) {
            throw new IOException(failure.getMessage(), failure);
        }
        if (!Files.exists(current)) {
            throw new IOException("somebody else has taken it away");
        }
        keepPrivate();
    }

    private void create() throws IOException {
        try {
            Files.createFile(current);
        } catch (FileAlreadyExistsException e) {
            // Appended to.
        }
        keepPrivate();
    }

    /** Otherwise the handler would write another file than this one, whose rights nobody looks after. */
    private void refuseIfInUse() throws IOException {
        Path lock = Path.of(current + ".lck");
        if (!Files.exists(lock)) {
            return;
        }
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE); FileLock taken = channel.tryLock()) {
            if (taken != null) {
                return;
            }
        } catch (OverlappingFileLockException e) {
            // Another gate's, in this very JVM.
        }
        throw new IOException("another gate writes it: give each an audit.file of its own, by %c for one");
    }

    /** A full disk, or a kill, may leave half a line: the next one is not to be lost with it. */
    private void endTornLine() throws IOException {
        try (FileChannel channel = FileChannel.open(current, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer last = ByteBuffer.allocate(1);
            if (Files.isRegularFile(current) && channel.size() > 0
                    && channel.read(last, channel.size() - 1) == 1 && last.get(0) != '\n') {
                channel.write(ByteBuffer.wrap(new byte[] {'\n'}), channel.size());
            }
        }
    }

    /** The file that a rotation begins has the rights that the process gives to any; a pipe or a device keeps its own. */
    private void keepPrivate() throws IOException {
        if (current.getFileSystem().supportedFileAttributeViews().contains("posix") && Files.isRegularFile(current)
                && !Files.getPosixFilePermissions(current).equals(OWNER_ONLY)) {
            Files.setPosixFilePermissions(current, OWNER_ONLY);
        }
    }

    @Override
    public void close() {
        handler.close();
    }
}
