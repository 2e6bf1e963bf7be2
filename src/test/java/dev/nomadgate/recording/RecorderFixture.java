package dev.nomadgate.recording;

import dev.nomadgate.config.AuditConfig.OnFailure;
import dev.nomadgate.config.RecordingConfig;
import dev.nomadgate.policy.Glob;
import dev.nomadgate.session.ExecTarget;
import dev.nomadgate.session.Outcome;
import dev.nomadgate.session.Session;
import dev.nomadgate.session.User;
import dev.nomadgate.session.Workload;
import dev.nomadgate.upstream.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;

/** A recorder in a directory, with a clock of its own, and sessions for it. */
final class RecorderFixture implements AutoCloseable {

    static final Instant SINCE = Instant.parse("2026-11-26T05:10:00Z");
    static final String HANDSHAKE = "{\"version\":1,\"auth_token\":\"2b6f5a2e-6b1f-4b2c-9f57-0d9ad4f4c111\"}";

    final AtomicLong nanos = new AtomicLong();
    final AtomicInteger endedByRecorder = new AtomicInteger();
    final List<String> reasons = new CopyOnWriteArrayList<>();
    final AtomicInteger failures = new AtomicInteger();
    final AtomicLong dropped = new AtomicLong();
    volatile RecordingConfig config;
    final Disk disk = new Disk();
    final Recorder recorder;
    final RecordingStore store;

    private final Path directory;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ScheduledExecutorScheduler scheduler = new ScheduledExecutorScheduler();
    private boolean closed;

    RecorderFixture(Path directory) {
        this(directory, 16 * 1024 * 1024, false);
    }

    /** With a disk that may fail. */
    RecorderFixture(Path directory, long mostWaiting) {
        this(directory, mostWaiting, true);
    }

    private RecorderFixture(Path directory, long mostWaiting, boolean failing) {
        this.directory = directory;
        config = settings(directory);
        recorder = new Recorder(() -> config, threads, scheduler, this::endedFor, failures::incrementAndGet,
                dropped::addAndGet, nanos::get, mostWaiting, failing ? disk : CastFile::create, disk::tryOut);
        store = new RecordingStore(() -> config.directory(), recorder::underWay);
        try {
            scheduler.start();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void endedFor(Session session, String reason) {
        reasons.add(reason);
        session.end(reason);
    }

    /** What reference.conf says, with every session recorded here. */
    static RecordingConfig settings(Path directory) {
        return new RecordingConfig(true, Optional.of(directory),
                List.of(new RecordingRule(Optional.empty(), Optional.empty(), Optional.empty())), false,
                64 << 20, 10L << 30, Duration.ofDays(90), OnFailure.OPEN);
    }

    void input(boolean input) {
        config = new RecordingConfig(true, config.directory(), config.rules(), input, config.maxSessionSize(),
                config.maxTotalSize(), config.maxAge(), config.onFailure());
    }

    void maxSessionSize(long size) {
        config = new RecordingConfig(true, config.directory(), config.rules(), config.input(), size,
                config.maxTotalSize(), config.maxAge(), config.onFailure());
    }

    void closedOnFailure() {
        config = new RecordingConfig(true, config.directory(), config.rules(), config.input(), config.maxSessionSize(),
                config.maxTotalSize(), config.maxAge(), OnFailure.CLOSED);
    }

    void disabled() {
        config = new RecordingConfig(false, config.directory(), config.rules(), config.input(), config.maxSessionSize(),
                config.maxTotalSize(), config.maxAge(), config.onFailure());
    }

    /** Only these are recorded. */
    void rule(String namespace, String job, String task) {
        config = new RecordingConfig(true, config.directory(), List.of(new RecordingRule(
                Optional.of(new Glob(namespace)), Optional.of(new Glob(job)), Optional.of(new Glob(task)))),
                config.input(), config.maxSessionSize(), config.maxTotalSize(), config.maxAge(), config.onFailure());
    }

    /** On a terminal. */
    Session terminal() {
        return session("0d9ad4f4-0001", SINCE, "&tty=true");
    }

    Session session(String id, Instant since, String query) {
        Session session = unknown(id, since, ExecTarget.of(
                "/v1/client/allocation/5b1c3d52-4b43-4a5c-8a3e-5f1c8c0ffee0/exec",
                "task=web&command=%5B%22%2Fbin%2Fsh%22%2C%22-l%22%5D" + query));
        session.known(new Workload(Optional.of("prod"), Optional.of("team/shop"), Optional.of("front"),
                Optional.empty(), Optional.empty(), Optional.of("node-3")));
        session.known(User.accessor("acc-1", "Ada <b>Lovelace</b>"));
        return session;
    }

    /** Of which Nomad told nothing. */
    Session action(String id, String path, String query) {
        return unknown(id, SINCE, ExecTarget.of(path, query));
    }

    private Session unknown(String id, Instant since, ExecTarget target) {
        try {
            return new Session(id, since, System.nanoTime(), InetAddress.getByName("192.0.2.7"), target,
                    new Server(URI.create("http://10.0.0.1:4646"), 1, false, 1, Duration.ofSeconds(10)),
                    (by, words) -> endedByRecorder.incrementAndGet());
        } catch (UnknownHostException e) {
            throw new UncheckedIOException(e);
        }
    }

    Session begun(Session session) {
        recorder.began(session).toCompletableFuture().join();
        return session;
    }

    void after(long millis) {
        nanos.addAndGet(millis * 1_000_000);
    }

    void shown(Session session, String text) {
        recorder.passed(session, false, frame("stdout", text.getBytes(StandardCharsets.UTF_8)), true);
    }

    void shown(Session session, byte[] bytes) {
        recorder.passed(session, false, frame("stdout", bytes), true);
    }

    void typed(Session session, String text) {
        recorder.passed(session, true, frame("stdin", text.getBytes(StandardCharsets.UTF_8)), true);
    }

    void resized(Session session, int width, int height) {
        recorder.passed(session, true, "{\"tty_size\":{\"height\":" + height + ",\"width\":" + width + "}}", true);
    }

    /** As Nomad tells that the process exited. */
    void ended(Session session) {
        recorder.passed(session, false, "{\"exited\":true,\"result\":{\"exit_code\":3}}", true);
        recorder.ended(session, new Outcome(Outcome.EndedBy.PROCESS, 1000, "", OptionalInt.of(3)));
    }

    void ended(Session session, Outcome.EndedBy by) {
        recorder.ended(session, new Outcome(by, 1000, "", OptionalInt.empty()));
    }

    static String frame(String stream, byte[] bytes) {
        return "{\"" + stream + "\":{\"data\":\"" + Base64.getEncoder().encodeToString(bytes) + "\"}}";
    }

    /** The lines of the one recording, when the recorder has written all. */
    List<String> lines() {
        close();
        return read(file());
    }

    Path file() {
        List<Path> files = files();
        if (files.size() != 1) {
            throw new AssertionError("expected one recording, not " + files);
        }
        return files.get(0);
    }

    List<Path> files() {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> read(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        recorder.close();
        threads.shutdownNow();
        try {
            scheduler.stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
