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

    private static final int MOST_WAITING = 200_000;

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

    @Test
    void closedASessionBeginsWhenItsFileIsThere() {
        fixture(directory).closedOnFailure();
        fixture.begun(fixture.terminal());
        assertThat(fixture.files()).hasSize(1);
    }

    /** Not even root may make one there. */
    @Test
    void aGateDoesNotStartThatCannotRecord() {
        fixture(directory);
        Recordings recordings = new Recordings(() -> fixture.config, Runnable::run, new ScheduledExecutorScheduler(),
                () -> { }, bytes -> { });
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
        assertThat(fixture.recorder.figures().waiting()).isBetween(MOST_WAITING / 2L, (long) MOST_WAITING);
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
