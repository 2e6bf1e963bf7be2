package dev.nomadgate.recording;

import dev.nomadgate.config.AuditConfig.OnFailure;
import dev.nomadgate.config.RecordingConfig;
import dev.nomadgate.session.Outcome;
import dev.nomadgate.session.Session;
import dev.nomadgate.session.SessionObserver;
import dev.nomadgate.session.Workload;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records the sessions that rules say. A session keeps the rules that it began with. All that touches the disk is done
 * by one thread, for which a bounded amount of memory waits: what a slow disk has no room for is missing, and the
 * recording says so. Thread-safe.
 */
public final class Recorder implements SessionObserver, AutoCloseable {

    private static final long MOST_WAITING = 16 * 1024 * 1024;
    private static final long ENDS_WITHIN_MILLIS = 10_000;

    private final Logger log = LoggerFactory.getLogger(Recorder.class);
    private final Supplier<RecordingConfig> config;
    private final Executor threads;
    private final Ending ending;
    private final LongSupplier nanoTime;
    private final CastFile.Maker files;
    private final RecordingWriter writer;
    private final RecordingFigures figures;
    private final FailureLog failureLog;
    private final Proof proof;
    private final Map<Session, Tape> tapes = new ConcurrentHashMap<>();

    /**
     * @param config in force for the next session
     * @param threads goes on with sessions, and ends them
     * @param scheduler for the bound on a session's beginning
     * @param ending ends a session that must not go on unrecorded
     * @param failures runs for each recording that fails
     * @param dropped gets how many bytes, about, a recording lacks
     */
    public Recorder(Supplier<RecordingConfig> config, Executor threads, Scheduler scheduler, Ending ending,
            Runnable failures, LongConsumer dropped) {
        this(config, threads, scheduler, ending, failures, dropped, System::nanoTime, MOST_WAITING, CastFile::create,
                OwnFiles::tryOut);
    }

    Recorder(Supplier<RecordingConfig> config, Executor threads, Scheduler scheduler, Ending ending, Runnable failures,
            LongConsumer dropped, LongSupplier nanoTime, long mostWaiting, CastFile.Maker files,
            Proof.Writing trial) {
        this.config = config;
        this.threads = threads;
        this.ending = ending;
        this.nanoTime = nanoTime;
        this.files = files;
        this.writer = new RecordingWriter(mostWaiting, () -> tapes.values().forEach(Tape::flush));
        this.figures = new RecordingFigures(writer::waiting, failures, dropped);
        this.failureLog = new FailureLog(nanoTime);
        this.proof = new Proof(trial, threads, scheduler, nanoTime, figures, failureLog);
    }

    /** How it goes. */
    public RecordingFigures figures() {
        return figures;
    }

    /** The names of the recordings that are being made. */
    Set<String> underWay() {
        return tapes.values().stream().flatMap(tape -> tape.name().stream()).map(RecordingName::text)
                .collect(Collectors.toSet());
    }

    /**
     * Whether a session may be opened: Nomad may begin with it before it {@link #began} here.
     *
     * @return at once, or with {@code on-failure = "closed"} when it is proven that a recording can be written
     */
    @Override
    public CompletionStage<Void> accepts() {
        RecordingConfig now = config.get();
        return now.enabled() ? proof(now) : CompletableFuture.completedFuture(null);
    }

    private CompletionStage<Void> proof(RecordingConfig now) {
        return now.onFailure() == OnFailure.CLOSED
                ? proof.of(now.directory().orElseThrow()) : CompletableFuture.completedFuture(null);
    }

    /**
     * Begins its recording, if a rule wants one.
     *
     * @return as for {@link #accepts}
     */
    @Override
    public CompletionStage<Void> began(Session session) {
        RecordingConfig now = config.get();
        if (!now.wants(reliable(session))) {
            return CompletableFuture.completedFuture(null);
        }
        Cast cast = new Cast(() -> files.create(now.directory().orElseThrow(), session.since(), session.id()),
                CastHeader.of(session), session.target().tty(), now.input(), now.maxSessionSize(),
                now.onFailure() == OnFailure.OPEN);
        tapes.put(session, new Tape(writer.share(), cast, figures, nanoTime, now.input(),
                new Obligation(session, now.onFailure(), threads, failureLog, ending)));
        return proof(now);
    }

    /** What Nomad told, and the task, of which Nomad opens no other than the one asked for. */
    private static Workload reliable(Session session) {
        return new Workload(Optional.empty(), Optional.empty(), Optional.empty(), session.workload().task(),
                Optional.empty(), Optional.empty()).with(session.told());
    }

    @Override
    public void passed(Session session, boolean fromBrowser, String text, boolean last) {
        Tape tape = tapes.get(session);
        if (tape != null) {
            tape.passed(fromBrowser, text, last);
        }
    }

    @Override
    public void ended(Session session, Outcome outcome) {
        Tape tape = tapes.remove(session);
        if (tape != null) {
            tape.end(words(outcome), outcome.endedBy() == Outcome.EndedBy.NOMAD && session.user().isEmpty());
        }
    }

    private static String words(Outcome outcome) {
        String words = outcome.words().isEmpty() ? "" : ": " + outcome.words();
        return switch (outcome.endedBy()) {
            case PROCESS -> "the process exited"
                    + (outcome.exitCode().isPresent() ? " with " + outcome.exitCode().getAsInt() : "");
            case BROWSER -> "the browser closed it" + words;
            case NOMAD -> "Nomad closed it" + words;
            case GATE -> "the gate ended it" + words;
            case ADMIN -> "somebody at the gate's pages ended it";
        };
    }

    /** Ends what is still being recorded, and waits until it is on disk. */
    @Override
    public void close() {
        tapes.values().forEach(tape -> tape.end("the gate was stopped", false));
        tapes.clear();
        try {
            if (!writer.close(ENDS_WITHIN_MILLIS)) {
                log.warn("The thread that writes recordings did not end in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
