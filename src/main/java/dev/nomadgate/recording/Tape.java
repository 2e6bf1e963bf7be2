package dev.nomadgate.recording;

import java.io.IOException;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What the threads that move a session's frames have of its recording: it takes their messages, and has them written in
 * their order. Thread-safe; but for what the writer's thread is to do it never blocks.
 */
final class Tape {

    /** Nomad's are below 6 KiB; of input only a paste is large. Others than these only tell the size of a terminal. */
    private static final int OUTPUT_MESSAGE = 256 * 1024;
    private static final int INPUT_MESSAGE = 1024 * 1024;
    private static final int OTHER_MESSAGE = 4 * 1024;
    private static final String TOO_LONG = "a message is larger than any of Nomad's";
    private static final String UNREADABLE = "a message cannot be read";

    private final RecordingWriter.Share writer;
    private final RecordingFigures figures;
    private final LongSupplier nanoTime;
    private final long began;
    private final boolean input;
    private final Obligation obligation;
    /** But for its name for the writer's thread only, as all that touches a disk. */
    private final Cast cast;
    private final MessageGatherer fromBrowser;
    private final MessageGatherer fromNomad;
    private volatile boolean over;
    private long missing;

    private interface DiskWork {
        void run() throws IOException;
    }

    /**
     * @param input whether what is typed is recorded too
     * @param obligation hears what could not be written, on any thread
     */
    Tape(RecordingWriter.Share writer, Cast cast, RecordingFigures figures, LongSupplier nanoTime, boolean input,
            Obligation obligation) {
        this.writer = writer;
        this.figures = figures;
        this.nanoTime = nanoTime;
        this.began = nanoTime.getAsLong();
        this.input = input;
        this.obligation = obligation;
        this.cast = cast;
        this.fromBrowser = new MessageGatherer(input ? INPUT_MESSAGE : OTHER_MESSAGE, this::heardOfBrowser,
                this::tooLong);
        this.fromNomad = new MessageGatherer(OUTPUT_MESSAGE, text -> offer(false, text),
                length -> lost(length, TOO_LONG));
        figures.countBegun();
    }

    /** The name of the recording, once there is one. */
    Optional<RecordingName> name() {
        return cast.name();
    }

    /** A piece of a message, see {@link dev.nomadgate.session.SessionObserver#passed}. */
    void passed(boolean browser, String text, boolean last) {
        if (!over) {
            (browser ? fromBrowser : fromNomad).add(text, last);
        }
    }

    private void heardOfBrowser(String message) {
        // What is typed is not even kept in memory where it is not to be recorded.
        if (input || message.contains("tty_size")) {
            offer(true, message);
        }
    }

    private void tooLong(long length) {
        if (input) {
            lost(length, TOO_LONG);
        }
    }

    private synchronized void offer(boolean browser, String message) {
        long at = now();
        long before = missing;
        boolean taken = writer.offer(message.length(), () -> onDisk(() -> {
            note(at, before);
            if (!cast.message(at, browser, message)) {
                lost(message.length(), UNREADABLE);
            }
        }));
        if (taken) {
            missing = 0;
        } else {
            lost(message.length(), "the disk does not keep up");
        }
    }

    private synchronized void lost(long length, String why) {
        // Of base64, and never nothing.
        long bytes = length * 3 / 4 + 1;
        missing += bytes;
        figures.countMissing(bytes);
        obligation.failed(why);
    }

    private void note(long at, long bytes) throws IOException {
        if (bytes > 0) {
            cast.missing(at, bytes);
        }
    }

    /**
     * Has the last of it written.
     *
     * @param refused see {@link Cast#end}
     */
    synchronized void end(String why, boolean refused) {
        long at = now();
        long before = missing;
        missing = 0;
        writer.always(() -> onDisk(() -> {
            note(at, before);
            cast.end(at, why, refused);
        }));
    }

    /** Puts on disk what there is; for the writer's thread. */
    void flush() {
        onDisk(cast::flush);
    }

    private long now() {
        return nanoTime.getAsLong() - began;
    }

    private void onDisk(DiskWork work) {
        if (over) {
            return;
        }
        try {
            work.run();
            if (cast.over()) {
                over();
            }
            if (cast.full()) {
                obligation.full();
            }
        } catch (IOException e) {
            over();
            abandon();
            figures.countFailed();
            obligation.failed(e.toString());
        }
    }

    private void over() {
        over = true;
        figures.countOver();
    }

    private void abandon() {
        try {
            cast.abandon();
        } catch (IOException e) {
            // It could not be written before it could not be closed.
        }
    }
}
