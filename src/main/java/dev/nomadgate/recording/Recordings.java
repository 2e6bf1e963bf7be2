package dev.nomadgate.recording;

import dev.nomadgate.config.RecordingConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.eclipse.jetty.util.thread.Scheduler;

/** All that a gate has of recordings: what makes them, keeps them within bounds, and finds them. Thread-safe. */
public final class Recordings implements AutoCloseable {

    private final Recorder recorder;
    private final RecordingStore store;
    private final CleanUp cleanUp;

    /**
     * @param config in force, which may change
     * @param threads goes on with sessions and cleans up; may be blocked by a disk for a while
     * @param scheduler for timeouts and intervals
     * @param ending ends a session that must not go on unrecorded
     * @param failures runs for each recording that fails
     * @param dropped gets how many bytes, about, a recording lacks
     */
    public Recordings(Supplier<RecordingConfig> config, Executor threads, Scheduler scheduler, Ending ending,
            Runnable failures, LongConsumer dropped) {
        recorder = new Recorder(config, threads, scheduler, ending, failures, dropped);
        store = new RecordingStore(() -> config.get().directory(), recorder::underWay);
        cleanUp = new CleanUp(store, config, threads, scheduler, InstantSource.system());
    }

    /**
     * Begins to keep what there is within bounds.
     *
     * @param first the configuration that the gate starts with
     * @throws IllegalStateException if sessions are to be recorded in a directory where that is not possible
     */
    public void start(RecordingConfig first) {
        if (first.enabled()) {
            tryOut(first.directory().orElseThrow());
        }
        cleanUp.start();
    }

    private static void tryOut(Path directory) {
        try {
            OwnFiles.tryOut(directory);
        } catch (IOException e) {
            throw new IllegalStateException("nomad-gate cannot write recordings to nomad-gate.recording.directory = \""
                    + directory + "\": " + e + ". Give it to the user that the gate runs as, or set"
                    + " nomad-gate.recording.enabled = false.", e);
        }
    }

    /** Makes recordings. */
    public Recorder recorder() {
        return recorder;
    }

    /** Finds them. */
    public RecordingStore store() {
        return store;
    }

    /** Ends the recordings that are being made, and its thread. */
    @Override
    public void close() {
        cleanUp.stop();
        recorder.close();
    }
}
