package dev.nomadgate.recording;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The recordings that there are. Only files whose names are those of recordings count, and nothing that a client sends
 * is part of a path unless it is such a name. Thread-safe; reads from disk.
 */
public final class RecordingStore {

    static final int PAGE = 50;

    private final Supplier<Optional<Path>> directory;
    private final Supplier<Set<String>> underWay;

    /**
     * @param directory where they are, if anywhere
     * @param underWay the names of those being made
     */
    RecordingStore(Supplier<Optional<Path>> directory, Supplier<Set<String>> underWay) {
        this.directory = directory;
        this.underWay = underWay;
    }

    /**
     * A part of a list.
     *
     * @param more whether there is a further page
     */
    record Page(List<Recording> recordings, boolean more) {
    }

    /**
     * Those that the filter admits, newest first.
     *
     * @param number from 1
     */
    Page page(RecordingFilter filter, int number) throws IOException {
        Set<String> open = underWay.get();
        long before = (number - 1L) * PAGE;
        List<Recording> found = new ArrayList<>();
        for (Path file : files()) {
            RecordingName name = RecordingName.ofFile(file.getFileName().toString()).orElseThrow();
            Optional<Recording> recording = filter.admits(name) ? read(file, name, open) : Optional.empty();
            if (recording.filter(filter::admits).isEmpty() || before-- > 0) {
                continue;
            }
            if (found.size() == PAGE) {
                return new Page(found, true);
            }
            found.add(recording.get());
        }
        return new Page(found, false);
    }

    /** The one with this name, if there is; of any text, however hostile, it only asks whether it is one. */
    Optional<Path> find(String name) {
        return RecordingName.parse(name).flatMap(parsed -> directory.get().map(path -> path.resolve(parsed.fileName())))
                .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS));
    }

    /** All files of recordings, newest first. */
    List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        Optional<Path> path = directory.get().filter(Files::isDirectory);
        if (path.isPresent()) {
            try (DirectoryStream<Path> all = Files.newDirectoryStream(path.get())) {
                for (Path file : all) {
                    if (RecordingName.ofFile(file.getFileName().toString()).isPresent()
                            && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                        files.add(file);
                    }
                }
            } catch (DirectoryIteratorException e) {
                throw e.getCause();
            }
        }
        files.sort(Comparator.comparing((Path file) -> file.getFileName().toString()).reversed());
        return files;
    }

    /** The files of those being made. */
    Set<String> filesUnderWay() {
        return underWay.get().stream().map(name -> name + RecordingName.SUFFIX).collect(Collectors.toSet());
    }

    private static Optional<Recording> read(Path file, RecordingName name, Set<String> open) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            CastEnds.Last last = CastEnds.last(channel);
            return Optional.of(new Recording(name, CastEnds.header(channel), last.whole(), last.seconds(), last.end(),
                    last.end().isEmpty() && open.contains(name.text())));
        } catch (NoSuchFileException e) {
            // Deleted meanwhile.
            return Optional.empty();
        }
    }
}
