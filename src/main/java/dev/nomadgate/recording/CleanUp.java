package dev.nomadgate.recording;

import dev.nomadgate.config.RecordingConfig;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the recordings within {@code max-age} and {@code max-total-size}, at the start and every minute, and makes one
 * playable that broke off within a line. Thread-safe.
 */
final class CleanUp {

    /** Another gate may be writing to what this one is not: for as long a file without an end is left alone. */
    private static final Duration MAY_GO_ON = Duration.ofHours(24);
    /** On most file systems nothing takes less; and however small they are, so many are too many. */
    private static final long LEAST = 4096;
    private static final Duration QUIET = Duration.ofMinutes(1);

    private interface DiskWork {
        void run() throws IOException;
    }

    private final Logger log = LoggerFactory.getLogger(CleanUp.class);
    private final RecordingStore store;
    private final Supplier<RecordingConfig> config;
    private final Executor threads;
    private final Scheduler scheduler;
    private final InstantSource time;
    private boolean stopped;
    private Scheduler.Task next = () -> true;

    /**
     * @param threads does it, since a disk may be slow
     * @param scheduler for its intervals
     */
    CleanUp(RecordingStore store, Supplier<RecordingConfig> config, Executor threads, Scheduler scheduler,
            InstantSource time) {
        this.store = store;
        this.config = config;
        this.threads = threads;
        this.scheduler = scheduler;
        this.time = time;
    }

    void start() {
        threads.execute(() -> {
            attempt(this::mend);
            work();
        });
    }

    synchronized void stop() {
        stopped = true;
        next.cancel();
    }

    private synchronized void schedule() {
        if (!stopped) {
            next = scheduler.schedule(() -> threads.execute(this::work), 1, TimeUnit.MINUTES);
        }
    }

    private void work() {
        attempt(this::cleanUp);
        schedule();
    }

    private void attempt(DiskWork work) {
        try {
            work.run();
        } catch (IOException | RuntimeException e) {
            log.warn("The recordings could not be looked through: {}", e.toString());
        }
    }

    /** Deletes what is beyond the bounds, the oldest first. */
    void cleanUp() throws IOException {
        RecordingConfig now = config.get();
        Set<String> underWay = store.filesUnderWay();
        Instant oldest = time.instant().minus(now.maxAge());
        List<Path> files = store.files();
        long total = 0;
        for (Path file : files) {
            total += size(file);
        }
        for (int i = files.size() - 1; i >= 0; i--) {
            Path file = files.get(i);
            Instant written = written(file);
            boolean old = written.isBefore(oldest);
            if ((old || total > now.maxTotalSize()) && !underWay.contains(file.getFileName().toString())
                    && !mayGoOn(file, written)) {
                total -= size(file);
                Files.deleteIfExists(file);
                log.info("Deleted recording {}: {}", file.getFileName(), old
                        ? "it is older than nomad-gate.recording.max-age"
                        : "recordings took more than nomad-gate.recording.max-total-size");
            }
        }
    }

    /** Takes the last line off those in which it broke off: a player would stumble over it. */
    void mend() throws IOException {
        Set<String> underWay = store.filesUnderWay();
        for (Path file : store.files()) {
            Instant written = written(file);
            if (!underWay.contains(file.getFileName().toString()) && written.isBefore(time.instant().minus(QUIET))) {
                mend(file, written);
            }
        }
    }

    private static void mend(Path file, Instant written) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long whole = CastEnds.last(channel).whole();
            if (whole == channel.size()) {
                return;
            }
            channel.truncate(whole);
        } catch (NoSuchFileException e) {
            return;
        }
        Files.setLastModifiedTime(file, FileTime.from(written));
    }

    /** Of a file that may be gone by now. */
    private static long size(Path file) throws IOException {
        try {
            return Math.max(LEAST, Files.size(file));
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    private static Instant written(Path file) throws IOException {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (NoSuchFileException e) {
            return Instant.MAX;
        }
    }

    private boolean mayGoOn(Path file, Instant written) throws IOException {
        if (written.isBefore(time.instant().minus(MAY_GO_ON))) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return CastEnds.last(channel).end().isEmpty();
        } catch (NoSuchFileException e) {
            return true;
        }
    }
}
