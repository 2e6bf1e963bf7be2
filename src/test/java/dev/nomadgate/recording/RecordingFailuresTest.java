package dev.nomadgate.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.nomadgate.session.Session;
import dev.nomadgate.session.SessionObserver.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of recordings and sessions when the disk is full, slow or gone. */
class RecordingFailuresTest {

    private static final int MOST_WAITING = 800_000;
    private static final int SHARE = MOST_WAITING / 4;

    @TempDir
    Path directory;
    private RecorderFixture fixture;

    private RecorderFixture fixture(Path where) {
        fixture = new RecorderFixture(where, MOST_WAITING);
        return fixture;
    }

    private void stallTheDisk(Session session) throws InterruptedException {
        fixture.disk.stall();
        fixture.shown(session, "w".repeat(20_000));
        fixture.disk.awaitStall();
    }

    /** A directory in which nobody can make a file, not even root. */
    private RecorderFixture withoutADirectory() throws IOException {
        return fixture(Files.writeString(directory.resolve("file"), "in the way"));
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void openASessionGoesOnWithoutARecording() throws IOException {
        withoutADirectory();
        Session session = fixture.begun(fixture.terminal());
        fixture.shown(session, "x");
        fixture.ended(session);
        fixture.close();

        assertThat(fixture.endedByRecorder).hasValue(0);
        assertThat(fixture.recorder.figures().failed()).isEqualTo(1);
        assertThat(fixture.failures).hasValue(1);
        assertThat(fixture.recorder.figures().active()).isZero();
        assertThat(fixture.recorder.figures().waiting()).isZero();
    }

    @Test
    void closedASessionIsRefused() throws IOException {
        withoutADirectory().closedOnFailure();
        CompletableFuture<Void> begun = fixture.recorder.began(fixture.terminal()).toCompletableFuture();

        assertThat(begun).failsWithin(Duration.ofSeconds(20)).withThrowableThat()
                .withCauseInstanceOf(Refusal.class);
        begun.exceptionally(refusal -> {
            assertThat(refusal.getMessage().getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(123);
            return null;
        }).join();
        assertThat(fixture.endedByRecorder).as("it never began").hasValue(0);
    }

    /** Where no handshake frame is awaited, Nomad has started the command by the time that a session begins. */
    @Test
    void closedNoneIsOpenedWhileNothingCanBeWritten() throws IOException {
        withoutADirectory();
        assertThat(fixture.recorder.accepts().toCompletableFuture()).as("open").isCompleted();
        assertThat(fixture.disk.trials()).isZero();
        fixture.closedOnFailure();
        for (int i = 0; i < 2; i++) {
            assertThat(fixture.recorder.accepts().toCompletableFuture()).failsWithin(Duration.ofSeconds(20))
                    .withThrowableThat().withCauseInstanceOf(Refusal.class);
        }
        assertThat(fixture.recorder.figures().failed()).isEqualTo(2);
        assertThat(fixture.failures).hasValue(2);
        Files.delete(directory.resolve("file"));
        assertThat(fixture.recorder.accepts().toCompletableFuture()).succeedsWithin(Duration.ofSeconds(20));
        assertThat(fixture.files()).as("nothing is left of it").isEmpty();
        fixture.disk.free(100);
        fixture.after(2000);
        assertThat(fixture.recorder.accepts().toCompletableFuture()).as("a full disk")
                .failsWithin(Duration.ofSeconds(20));
    }

    @Test
    void closedManyHandshakesAreNotManyFiles() {
        fixture(directory).closedOnFailure();
        for (int i = 0; i < 100; i++) {
            fixture.recorder.accepts().toCompletableFuture().join();
        }
        assertThat(fixture.disk.trials()).isEqualTo(1);
        fixture.after(1001);
        fixture.recorder.accepts().toCompletableFuture().join();
        assertThat(fixture.disk.trials()).isEqualTo(2);
    }

    @Test
    void whoeverIsNotRecordedIsOpenedOnAnyDisk() throws IOException {
        withoutADirectory().closedOnFailure();
        fixture.disabled();
        assertThat(fixture.recorder.accepts().toCompletableFuture()).isCompleted();
    }

    @Test
    void closedASessionEndsWhoseFileCannotBeMade() throws IOException {
        fixture(directory.resolve("later")).closedOnFailure();
        Session session = fixture.begun(fixture.terminal());
        Files.delete(directory.resolve("later"));
        fixture.shown(session, "$ ");
        await().untilAsserted(() -> assertThat(fixture.endedByRecorder).hasValue(1));
        assertThat(fixture.reasons).singleElement().asString().contains("has to be recorded")
                .satisfies(reason -> assertThat(reason.getBytes(StandardCharsets.UTF_8))
                        .hasSizeLessThanOrEqualTo(123));
    }

    @Test
    void closedASessionEndsWhoseRecordingIsAsLargeAsItMayBe() {
        fixture(directory).closedOnFailure();
        fixture.maxSessionSize(20_000);
        Session session = fixture.begun(fixture.terminal());
        for (int i = 0; i < 5; i++) {
            fixture.shown(session, "x".repeat(5000));
        }
        await().untilAsserted(() -> assertThat(fixture.endedByRecorder).hasValue(1));
        fixture.ended(session);

        assertThat(fixture.lines()).last().asString().contains("max-session-size", "the session was ended");
        assertThat(fixture.reasons).singleElement().asString().contains("as large as it may be")
                .satisfies(reason -> assertThat(reason.getBytes(StandardCharsets.UTF_8))
                        .hasSizeLessThanOrEqualTo(123));
        assertThat(fixture.failures).as("it is no failure").hasValue(0);
    }

    @Test
    void oneThatShowsMuchDoesNotTakeTheRoomOfAnother() throws InterruptedException {
        fixture(directory).closedOnFailure();
        Session loud = fixture.begun(fixture.terminal());
        Session other = fixture.begun(fixture.session("other", RecorderFixture.SINCE, "&tty=true"));
        stallTheDisk(loud);
        for (int i = 0; i < 200; i++) {
            fixture.shown(loud, "x".repeat(7500));
        }
        fixture.shown(other, "y".repeat(50_000));
        fixture.disk.goOn();
        fixture.ended(other);
        fixture.ended(loud);
        fixture.close();

        assertThat(fixture.endedByRecorder).hasValue(1);
        assertThat(RecorderFixture.read(fixture.files().get(1))).hasSize(3).element(1).asString().contains("yyy");
    }

    /** Not even root may make one there. */
    @Test
    void aGateDoesNotStartThatCannotRecord() {
        fixture(directory);
        Recordings recordings = new Recordings(() -> fixture.config, Runnable::run, new ScheduledExecutorScheduler(),
                (session, reason) -> { }, () -> { }, bytes -> { });
        assertThatThrownBy(() -> recordings.start(RecorderFixture.settings(Path.of("/proc/nowhere"))))
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("nomad-gate.recording.directory")
                .hasMessageContaining("/proc/nowhere");
        recordings.close();
    }

    @Test
    void aSlowDiskLosesOutputAndTheRecordingSaysHowMuch() throws InterruptedException {
        fixture(directory);
        Session session = fixture.begun(fixture.terminal());
        stallTheDisk(session);
        for (int i = 0; i < 100; i++) {
            fixture.shown(session, "x".repeat(7500));
        }
        assertThat(fixture.recorder.figures().waiting()).isBetween(SHARE / 2L, (long) SHARE);
        fixture.disk.goOn();
        await().until(() -> fixture.recorder.figures().waiting() == 0);
        fixture.shown(session, "and on");
        fixture.ended(session);

        var lines = fixture.lines();
        long kept = lines.stream().filter(line -> line.contains("xxx")).count();
        assertThat(kept).isBetween(10L, 25L);
        String missing = lines.get(lines.size() - 3);
        assertThat(missing).matches("\\[0.000000, \"m\", \"missing: about [0-9]+ bytes\"\\]");
        assertThat(Long.parseLong(missing.replaceAll(".*about | bytes.*", "")))
                .isBetween((100 - kept) * 7500, (100 - kept) * 7600).isEqualTo(fixture.recorder.figures().missing());
        assertThat(fixture.dropped).hasValue(fixture.recorder.figures().missing());
        assertThat(lines.get(lines.size() - 2)).contains("and on");
        assertThat(fixture.endedByRecorder).hasValue(0);
    }

    @Test
    void closedASessionEndsWhenTheDiskDoesNotKeepUp() throws InterruptedException {
        fixture(directory).closedOnFailure();
        Session session = fixture.begun(fixture.terminal());
        stallTheDisk(session);
        for (int i = 0; i < 100; i++) {
            fixture.shown(session, "x".repeat(7500));
        }
        await().untilAsserted(() -> assertThat(fixture.endedByRecorder).hasValue(1));
        fixture.disk.goOn();
        fixture.ended(session);
        assertThat(fixture.lines()).anyMatch(line -> line.contains("missing: about"));
        assertThat(fixture.endedByRecorder).as("once").hasValue(1);
    }

    @Test
    void aFullDiskEndsTheRecordingWithAWholeLineAndTheSessionGoesOn() throws IOException {
        fixture(directory);
        Session session = fixture.begun(fixture.terminal());
        fixture.shown(session, "x".repeat(20_000));
        await().until(() -> Files.size(fixture.file()) > 20_000);
        fixture.disk.free(10_000);
        fixture.shown(session, "y".repeat(20_000));
        fixture.shown(session, "z");
        fixture.ended(session);

        assertThat(fixture.lines()).hasSize(2).last().asString().endsWith("xxx\"]");
        assertThat(Files.readString(fixture.file())).endsWith("\n");
        assertThat(fixture.recorder.figures().failed()).isEqualTo(1);
        assertThat(fixture.endedByRecorder).hasValue(0);
    }

    @Test
    void closedAFullDiskEndsTheSession() {
        fixture(directory).closedOnFailure();
        Session session = fixture.begun(fixture.terminal());
        fixture.disk.free(10);
        fixture.shown(session, "y");
        await().untilAsserted(() -> assertThat(fixture.endedByRecorder).hasValue(1));
    }
}
