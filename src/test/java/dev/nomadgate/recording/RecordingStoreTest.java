package dev.nomadgate.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nomadgate.config.RecordingConfig;
import dev.nomadgate.session.Session;
import dev.nomadgate.session.User;
import dev.nomadgate.session.Workload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is found of recordings, and what is kept of them. */
class RecordingStoreTest {

    private static final RecordingFilter ALL =
            new RecordingFilter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    private static final Instant DAY = Instant.parse("2026-11-26T00:00:00Z");

    @TempDir
    Path directory;
    private RecorderFixture fixture;

    @BeforeEach
    void start() {
        fixture = new RecorderFixture(directory.resolve("recordings"));
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    private Session begin(String id, Instant since, String user, String job) {
        Session session = fixture.session(id, since, "&tty=true");
        session.known(User.accessor(user, user.toUpperCase()));
        session.known(new Workload(Optional.empty(), Optional.of(job), Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty()));
        return fixture.begun(session);
    }

    private Session record(String id, Instant since, String user, String job) {
        Session session = begin(id, since, user, job);
        fixture.shown(session, "x".repeat(1000));
        fixture.ended(session);
        return session;
    }

    private List<String> names(RecordingFilter filter) throws IOException {
        return fixture.store.page(filter, 1).recordings().stream()
                .map(recording -> recording.name().text().replaceAll(".*_", "")).toList();
    }

    @Test
    void theNewestComesFirst() throws IOException {
        record("b", DAY.plusSeconds(60), "ada", "shop");
        record("c", DAY, "ada", "shop");
        record("a", DAY.plus(Duration.ofDays(40)), "ada", "shop");
        fixture.close();
        assertThat(names(ALL)).containsExactly("a", "b", "c");
    }

    @Test
    void theyAreFoundByUserJobAndTime() throws IOException {
        record("a", DAY, "ada", "team/shop");
        record("b", DAY.plusSeconds(100), "grace", "team/shop");
        record("c", DAY.plusSeconds(200), "ada", "db");
        fixture.close();
        assertThat(names(new RecordingFilter(Optional.of("Ad"), Optional.empty(), Optional.empty(), Optional.empty())))
                .containsExactly("c", "a");
        assertThat(names(new RecordingFilter(Optional.of("ada"), Optional.of("SHOP"),
                Optional.empty(), Optional.empty())))
                .containsExactly("a");
        assertThat(names(new RecordingFilter(Optional.empty(), Optional.empty(), Optional.of(DAY.plusSeconds(100)),
                Optional.of(DAY.plusSeconds(100))))).containsExactly("b");
        assertThat(names(new RecordingFilter(Optional.of("linus"), Optional.empty(),
                Optional.empty(), Optional.empty())))
                .isEmpty();
    }

    @Test
    void aLongListHasPages() throws IOException {
        for (int i = 0; i < RecordingStore.PAGE + 3; i++) {
            record("s" + i, DAY.plusSeconds(i), "ada", "shop");
        }
        fixture.close();
        RecordingStore.Page first = fixture.store.page(ALL, 1);
        RecordingStore.Page second = fixture.store.page(ALL, 2);
        assertThat(first.recordings()).hasSize(RecordingStore.PAGE);
        assertThat(first.more()).isTrue();
        assertThat(second.recordings()).extracting(recording -> recording.name().text().replaceAll(".*_", ""))
                .containsExactly("s2", "s1", "s0");
        assertThat(second.more()).isFalse();
        assertThat(fixture.store.page(ALL, 3).recordings()).isEmpty();
    }

    @Test
    void theStateOfEachIsTold() throws IOException {
        Path finished = file(record("finished", DAY, "ada", "shop"));
        fixture.shown(begin("going-on", DAY.plusSeconds(1), "ada", "shop"), "x");
        await().until(() -> fixture.recorder.underWay().size() == 1
                && fixture.recorder.figures().waiting() == 0);
        Files.writeString(directory.resolve("recordings/2026-11-26T00-00-02Z_broken.cast"),
                Files.readString(finished).lines().limit(2).reduce("", (a, b) -> a + b + "\n") + "[9.5, \"o\", \"half");

        List<Recording> recordings = fixture.store.page(ALL, 1).recordings();
        assertThat(recordings).extracting(recording -> recording.json().get("state"))
                .containsExactly("broken off", "recording", "complete");
        assertThat(recordings.get(0).seconds()).contains(0.0);
        assertThat(recordings.get(2).end()).contains("the process exited with 3");
    }

    private Path file(Session session) {
        await().until(() -> fixture.recorder.figures().active() == 0);
        return fixture.files().stream().filter(file -> file.toString().contains(session.id()))
                .findFirst().orElseThrow();
    }

    @Test
    void damageAndStrangersHarmNothing() throws IOException {
        record("good", DAY, "ada", "shop");
        fixture.close();
        Path recordings = directory.resolve("recordings");
        for (String content : List.of("", "\n", "{", "[]\n", "null\nnull\n", "{}\n[1,2]\n", "x".repeat(300_000),
                "{\"nomad-gate\":7}\n[\"a\",\"b\",\"c\"]\n",
                "{\"nomad-gate\":{\"user\":{},\"job\":[]}}\n" + "y".repeat(100_000))) {
            Files.writeString(recordings.resolve("2026-11-25T00-00-00Z_odd" + content.hashCode() + ".cast"), content);
        }
        Files.writeString(recordings.resolve("notes.txt"), "mine");
        Files.writeString(recordings.resolve("2026-13-45T99-00-00Z_x.cast"), "no such day");
        Files.createDirectory(recordings.resolve("2026-11-25T00-00-00Z_directory.cast"));
        Files.createSymbolicLink(recordings.resolve("2026-11-25T00-00-00Z_link.cast"), Path.of("/etc/passwd"));

        assertThat(fixture.store.page(ALL, 1).recordings()).hasSize(10).first()
                .extracting(recording -> recording.fact("job")).isEqualTo(Optional.of("shop"));
        assertThat(names(new RecordingFilter(Optional.of("ada"), Optional.empty(), Optional.empty(), Optional.empty())))
                .containsExactly("good");
        assertThat(fixture.store.find("2026-11-25T00-00-00Z_link")).isEmpty();
        assertThat(fixture.store.find("2026-11-25T00-00-00Z_directory")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "../secret", "2026-11-26T00-00-00Z_../../secret", "/etc/passwd", "secret",
        "2026-11-26T00-00-00Z_a/../good", "2026-11-26T00-00-00Z_good.cast", "2026-11-26T00-00-00Z_good\u0000",
        "2026-11-26T00-00-00Z_good\n", "2026-11-26T00-00-00Z_*", "2026-11-26T00-00-00Z_", "..\\secret"})
    void aHostileNameIsNone(String name) throws IOException {
        record("good", DAY, "ada", "shop");
        fixture.close();
        Files.writeString(directory.resolve("secret.cast"), "secret");
        assertThat(fixture.store.find(name)).isEmpty();
        assertThat(fixture.store.find("2026-11-26T00-00-00Z_good")).isPresent();
    }

    @Property(tries = 1000)
    void noNameLeavesTheDirectory(@ForAll String session, @ForAll String name) {
        assertThat(RecordingName.of(DAY, session, 0).fileName()).matches("[0-9A-Za-z_-]+\\.cast");
        RecordingName.parse(name).ifPresent(parsed -> assertThat(parsed.fileName()).matches("[0-9A-Za-z_-]+\\.cast"));
    }

    @Test
    void whatIsOlderThanAllowedGoes() throws IOException {
        Path old = file(record("old", DAY, "ada", "shop"));
        Path young = file(record("young", DAY.plusSeconds(1), "ada", "shop"));
        Path foreign = Files.writeString(old.resolveSibling("foreign.cast"), "mine");
        fixture.close();
        for (Path file : List.of(old, foreign)) {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(91))));
        }
        cleanUp(10L << 30, Instant.now()).cleanUp();
        assertThat(old).doesNotExist();
        assertThat(young).exists();
        assertThat(foreign).exists();
    }

    @Test
    void theOldestGoUntilTheRestFitsAndNoneIsTooSmallToCount() throws IOException {
        for (int i = 0; i < 10; i++) {
            record("s" + i, DAY.plusSeconds(i), "ada", "shop");
        }
        fixture.close();
        cleanUp(3 * 4096 + 2048, Instant.now()).cleanUp();
        assertThat(names(ALL)).containsExactly("s9", "s8", "s7");
    }

    @Test
    void whatIsBeingMadeStaysHoweverLittleRoomThereIs() throws IOException {
        Session session = begin("going-on", DAY, "ada", "shop");
        fixture.shown(session, "x".repeat(20_000));
        Path mine = directory.resolve("recordings/2026-11-26T00-00-00Z_going-on.cast");
        await().until(() -> Files.exists(mine) && Files.size(mine) > 20_000);
        Path others = Files.writeString(mine.resolveSibling("2026-11-26T00-00-00Z_others.cast"), "{\"version\":2}\n");
        cleanUp(1, Instant.now()).cleanUp();
        assertThat(mine).exists();
        assertThat(others).as("another gate may be writing it").exists();
        cleanUp(1, Instant.now().plus(Duration.ofHours(25))).cleanUp();
        assertThat(mine).exists();
        assertThat(others).doesNotExist();
    }

    @Test
    void whatBrokeOffWithinALineIsMadePlayable() throws IOException {
        Path file = file(record("broken", DAY, "ada", "shop"));
        fixture.close();
        String whole = Files.readString(file).lines().limit(2).reduce("", (a, b) -> a + b + "\n");
        Files.writeString(file, whole + "[1.0, \"o\", \"" + "z".repeat(200_000), StandardCharsets.UTF_8);
        cleanUp(10L << 30, Instant.now()).mend();
        assertThat(file).as("it may go on").isNotEmptyFile().content().endsWith("z");
        cleanUp(10L << 30, Instant.now().plusSeconds(120)).mend();
        assertThat(file).hasContent(whole);
    }

    private CleanUp cleanUp(long maxTotalSize, Instant now) {
        RecordingConfig config = fixture.config;
        AtomicReference<RecordingConfig> bounded = new AtomicReference<>(new RecordingConfig(true, config.directory(),
                config.rules(), false, config.maxSessionSize(), maxTotalSize, config.maxAge(), config.onFailure()));
        return new CleanUp(fixture.store, bounded::get, Runnable::run, new ScheduledExecutorScheduler(),
                InstantSource.fixed(now));
    }
}
