package dev.nomadgate.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nomadgate.config.AuditConfig;
import dev.nomadgate.config.AuditConfig.OnFailure;
import dev.nomadgate.session.ExecTarget;
import dev.nomadgate.session.Handshake;
import dev.nomadgate.session.Outcome;
import dev.nomadgate.session.RefusedHandshake;
import dev.nomadgate.session.Session;
import dev.nomadgate.session.SessionObserver;
import dev.nomadgate.session.User;
import dev.nomadgate.upstream.Server;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written, where, and what becomes of sessions when it cannot be. */
class AuditTest {

    @TempDir
    Path directory;

    private final AtomicInteger lost = new AtomicInteger();

    @Test
    void linesOfOneSessionTellItsWholeStory() throws IOException {
        Session session = session();
        session.known(User.accessor("acce", "Ada"));
        session.passed(true, 5, true);
        try (Audit audit = audit("audit.jsonl", OnFailure.OPEN)) {
            audit.began(session);
            audit.ended(session, new Outcome(Outcome.EndedBy.PROCESS, 1006, "its process exited", OptionalInt.of(3)));
        }
        List<String> lines = Files.readAllLines(directory.resolve("audit.0.jsonl"));
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).startsWith("{\"schema\":1,\"event\":\"session-start\",\"gate\":\"/\",\"time\":\"2026-11-26T05:00:00Z\",\"id\":\"id-1\""
                + ",\"user\":\"acce\",\"userSource\":\"accessor\",\"userLabel\":\"Ada\",\"client\":\"192.0.2.7\",\"kind\":\"exec\"")
                .contains("\"namespace\":null", "\"task\":\"web\"", "\"command\":[\"/bin/sh\"]", "\"server\":\"http://10.0.0.1:4646\"");
        assertThat(lines.get(1)).contains("\"event\":\"session-end\"", "\"fromBrowser\":{\"frames\":1,\"bytes\":5}",
                "\"exitCode\":3", "\"closeCode\":1006", "\"endedBy\":\"process\"", "\"started\":\"2026-11-26T05:00:00Z\"");
    }

    @Test
    void filesAreNumberedOfASizeAndForTheirOwnerOnly() throws IOException {
        try (Audit audit = audit("audit.jsonl", OnFailure.OPEN)) {
            for (int i = 0; i < 1000; i++) {
                audit.began(session());
            }
        }
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.toList()).extracting(Path::getFileName).extracting(Path::toString)
                    .containsExactlyInAnyOrder("audit.0.jsonl", "audit.1.jsonl", "audit.2.jsonl");
        }
        for (int i = 0; i < 3; i++) {
            Path file = directory.resolve("audit." + i + ".jsonl");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
            assertThat(Files.size(file)).isLessThan(70_000);
            assertThat(Files.readAllLines(file)).allMatch(line -> line.startsWith("{") && line.endsWith("}"));
        }
    }

    @Test
    void whatIsThereAlreadyIsAppendedTo() throws IOException {
        for (int i = 0; i < 2; i++) {
            try (Audit audit = audit("audit.jsonl", OnFailure.OPEN)) {
                audit.began(session());
            }
        }
        assertThat(directory.resolve("audit.0.jsonl")).content().hasLineCount(2);
    }

    @Test
    void aFullDiskRefusesSessionsIfTheyHaveToBeOnRecord() throws IOException {
        Files.createSymbolicLink(directory.resolve("full.0.jsonl"), Path.of("/dev/full"));
        try (Audit audit = audit("full.jsonl", OnFailure.CLOSED)) {
            assertThatThrownBy(() -> audit.requested(handshake()).toCompletableFuture().join())
                    .isInstanceOf(CompletionException.class).hasCauseInstanceOf(SessionObserver.Refusal.class);
            assertThatThrownBy(() -> audit.began(session()).toCompletableFuture().join())
                    .isInstanceOf(CompletionException.class).hasCauseInstanceOf(SessionObserver.Refusal.class);
            assertThat(lost).hasValue(2);
        }
    }

    @Test
    void aFullDiskIsOnlyCountedIfSessionsGoOn() throws IOException {
        Files.createSymbolicLink(directory.resolve("full.0.jsonl"), Path.of("/dev/full"));
        try (Audit audit = audit("full.jsonl", OnFailure.OPEN)) {
            assertThat(audit.began(session())).isCompleted();
            assertThat(audit.began(session())).isCompleted();
            assertThat(audit.requested(handshake())).isCompleted();
            assertThat(lost).hasValue(2);
        }
    }

    @Test
    void aDirectoryThatIsBackIsEnoughToGoOn() throws IOException {
        Path logs = Files.createDirectory(directory.resolve("logs"));
        try (Audit audit = audit("logs/audit.jsonl", OnFailure.CLOSED)) {
            audit.began(session()).toCompletableFuture().join();
            Files.delete(logs.resolve("audit.0.jsonl"));
            try (Stream<Path> rest = Files.list(logs)) {
                for (Path file : rest.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(logs);
            assertThat(audit.began(session())).isCompletedExceptionally();
            assertThat(audit.requested(handshake())).isCompletedExceptionally();
            Files.createDirectory(logs);
            assertThat(audit.requested(handshake())).isCompleted();
            assertThat(audit.began(session())).isCompleted();
        }
        assertThat(Files.readAllLines(logs.resolve("audit.0.jsonl"))).hasSize(2)
                .first().asString().contains("\"event\":\"session-request\"", "\"command\":[\"/bin/sh\"]");
    }

    @Test
    void aTornLineTakesNoOtherWithIt() throws IOException {
        Files.writeString(directory.resolve("audit.0.jsonl"), "{\"schema\":1,\"ev");
        try (Audit audit = audit("audit.jsonl", OnFailure.OPEN)) {
            audit.began(session());
        }
        assertThat(Files.readAllLines(directory.resolve("audit.0.jsonl"))).hasSize(2)
                .last().asString().startsWith("{\"schema\":1,\"event\":\"session-start\"");
    }

    @Test
    void twoGatesDoNotWriteOneFileUnlessItsNameIsTheirs() throws IOException {
        try (Audit one = audit("audit.jsonl", OnFailure.CLOSED); Audit other = audit("audit.jsonl", OnFailure.CLOSED)) {
            assertThat(one.began(session())).isCompleted();
            assertThat(other.began(session())).isCompletedExceptionally();
            assertThat(one.began(session())).isCompleted();
        }
        try (Audit one = new Audit("/", config("a.%c.jsonl", OnFailure.CLOSED), Runnable::run, lost::incrementAndGet);
                Audit other = new Audit("/a/b", config("a.%c.jsonl", OnFailure.CLOSED), Runnable::run, lost::incrementAndGet)) {
            assertThat(one.began(session())).isCompleted();
            assertThat(other.began(session())).isCompleted();
        }
        assertThat(directory.resolve("a.root.0.jsonl")).content().contains("\"gate\":\"/\"");
        assertThat(directory.resolve("a.a-b.0.jsonl")).content().contains("\"gate\":\"/a/b\"");
    }

    @Test
    void whatClientsWriteIsCut() throws IOException {
        try (Audit audit = audit("audit.jsonl", OnFailure.OPEN)) {
            ExecTarget large = target("task=" + "x".repeat(16_000) + "&command=[\"" + "y".repeat(8000) + "\",\"z\"]");
            audit.refused(new RefusedHandshake("id", Instant.now(), InetAddress.getLoopbackAddress(), Optional.of(large),
                    large.workload(), Optional.empty(), RefusedHandshake.Reason.ORIGIN, 403, "d".repeat(16_000)));
        }
        assertThat(Files.readAllLines(directory.resolve("audit.0.jsonl"))).singleElement().asString()
                .hasSizeLessThan(5000).contains("x…\"", "[\"yyy", "y…\",\"…\"]", "d…\"");
    }

    @Test
    void refusalsThatAreTooManyAreCounted() {
        AtomicLong now = new AtomicLong();
        LineRate rate = new LineRate(now::get);
        for (int i = 0; i < 20; i++) {
            assertThat(rate.admit()).hasValue(0);
        }
        for (int i = 0; i < 7; i++) {
            assertThat(rate.admit()).isEmpty();
        }
        now.addAndGet(1_000_000_000);
        assertThat(rate.admit()).hasValue(7);
        assertThat(rate.admit()).hasValue(0);
    }

    @Test
    void moreThanMayWaitIsLostAndCounted() {
        Audit audit = new Audit("/", config("audit.jsonl", OnFailure.CLOSED), task -> {
            throw new RejectedExecutionException();
        }, lost::incrementAndGet);
        assertThat(audit.began(session())).isCompletedExceptionally();
        assertThat(lost).hasValue(1);
    }

    @Test
    void aChangedConfigurationHoldsFromThenOn() throws IOException {
        try (Audit audit = audit("one.jsonl", OnFailure.OPEN)) {
            audit.began(session());
            audit.apply(config("two.jsonl", OnFailure.OPEN));
            audit.began(session());
        }
        assertThat(directory.resolve("one.0.jsonl")).content().hasLineCount(1);
        assertThat(directory.resolve("two.0.jsonl")).content().hasLineCount(1);
    }

    @Test
    void withoutAFileNothingIsWritten() throws IOException {
        List<String> written = new ArrayList<>();
        try (Audit audit = new Audit("/", new AuditConfig(Optional.empty(), 1 << 16, 2, OnFailure.CLOSED), Runnable::run,
                () -> written.add("lost"))) {
            assertThat(audit.began(session())).isCompleted();
        }
        assertThat(written).isEmpty();
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).isEmpty();
        }
    }

    private Audit audit(String file, OnFailure onFailure) {
        return new Audit("/", config(file, onFailure), Runnable::run, lost::incrementAndGet);
    }

    private AuditConfig config(String file, OnFailure onFailure) {
        return new AuditConfig(Optional.of(directory.resolve(file.replace(".jsonl", ".%g.jsonl")).toString()),
                64 * 1024, 3, onFailure);
    }

    private static Session session() {
        Server server = new Server(URI.create("http://10.0.0.1:4646"), 1, false, 1, Duration.ofSeconds(10));
        try {
            return new Session("id-1", Instant.parse("2026-11-26T05:00:00Z"), System.nanoTime(),
                    InetAddress.getByName("192.0.2.7"), target("task=web&command=[\"/bin/sh\"]"), server, (by, words) -> { });
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Handshake handshake() {
        return new Handshake("id-1", Instant.now(), InetAddress.getLoopbackAddress(),
                target("task=web&command=[\"/bin/sh\"]"), Optional.empty());
    }

    private static ExecTarget target(String query) {
        return ExecTarget.of("/v1/client/allocation/de300000-0000-4000-8000-000000000001/exec", query);
    }
}
