package dev.nomadgate.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.nomadgate.session.Session;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Debian's own player plays what the gate records. Skipped where it is missing (apt-get install asciinema). */
class AsciinemaTest {

    private static final Path PROGRAM = Path.of("/usr/bin/asciinema");

    @TempDir
    Path directory;

    @BeforeEach
    void needsThePlayer() {
        assumeTrue(Files.isExecutable(PROGRAM), PROGRAM + " is missing: install Debian's package asciinema");
    }

    private String play(Path file) throws IOException, InterruptedException {
        Path shown = directory.resolve("shown");
        ProcessBuilder player = new ProcessBuilder(PROGRAM.toString(), "play", "--speed", "100", file.toString())
                .redirectErrorStream(true).redirectOutput(shown.toFile());
        player.environment().put("LANG", "C.UTF-8");
        player.environment().put("ASCIINEMA_CONFIG_HOME", directory.toString());
        Process process = player.start();
        process.getOutputStream().close();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        String text = Files.readString(shown, StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as(text).isZero();
        return text;
    }

    @Test
    void playsASessionWithResizesMarkersInputAndALongLine() throws Exception {
        try (RecorderFixture fixture = new RecorderFixture(directory.resolve("recordings"))) {
            fixture.input(true);
            Session session = fixture.begun(fixture.terminal());
            fixture.resized(session, 100, 30);
            fixture.shown(session, "\u001b[31m$ \u001b[0m");
            fixture.after(1500);
            fixture.typed(session, "secret");
            fixture.resized(session, 80, 24);
            fixture.shown(session, "gr\u00fc\u00dfe \ud83d\ude00\r\n\u2028\u0085");
            fixture.shown(session, "x".repeat(100_000));
            fixture.recorder.passed(session, false, "y".repeat(300_000), true);
            fixture.shown(session, "bye\r\n");
            fixture.ended(session);
            fixture.close();

            assertThat(play(fixture.file())).isEqualTo("\u001b[31m$ \u001b[0m"
                    + "gr\u00fc\u00dfe \ud83d\ude00\r\n\u2028\u0085"
                    + "x".repeat(100_000) + "bye\r\n");
        }
    }

    /** As it is when the gate is killed: the file is copied while the session goes on. */
    @Test
    void playsWhatACrashLeaves() throws Exception {
        try (RecorderFixture fixture = new RecorderFixture(directory.resolve("recordings"))) {
            Session session = fixture.begun(fixture.terminal());
            fixture.shown(session, "so far\r\n");
            await().until(() -> fixture.files().size() == 1
                    && Files.readString(fixture.file()).contains("so far"));
            Path left = Files.copy(fixture.file(), directory.resolve("left.cast"));
            assertThat(play(left)).isEqualTo("so far\r\n");
        }
    }
}
