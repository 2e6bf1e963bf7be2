package dev.nomadgate.recording;

import static dev.nomadgate.recording.RecorderFixture.HANDSHAKE;
import static dev.nomadgate.recording.RecorderFixture.SINCE;
import static dev.nomadgate.recording.RecorderFixture.frame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nomadgate.config.RecordingConfig;
import dev.nomadgate.session.Outcome;
import dev.nomadgate.session.Session;
import dev.nomadgate.session.Workload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is in a recording. */
class RecorderTest {

    @TempDir
    Path directory;
    private RecorderFixture fixture;

    @BeforeEach
    void start() {
        fixture = new RecorderFixture(directory.resolve("a/b"));
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void whatWasShownIsThereWithItsTimeAndTheTerminalsSize() {
        Session session = fixture.begun(fixture.terminal());
        fixture.after(10);
        fixture.resized(session, 132, 43);
        fixture.after(240);
        fixture.shown(session, "\u001b[1m$ \u001b[0m");
        fixture.after(61_000);
        fixture.resized(session, 80, 25);
        fixture.shown(session, "bye\r\n");
        fixture.ended(session);

        List<String> lines = fixture.lines();
        assertThat(lines.get(0)).contains("\"version\":2", "\"width\":132", "\"height\":43",
                "\"timestamp\":" + SINCE.getEpochSecond());
        assertThat(lines.subList(1, lines.size())).containsExactly(
                "[0.250000, \"o\", \"\\u001B[1m$ \\u001B[0m\"]",
                "[61.250000, \"r\", \"80x25\"]",
                "[61.250000, \"o\", \"bye\\r\\n\"]",
                "[61.250000, \"m\", \"end of recording: the process exited with 3\"]");
    }

    @Test
    void theHeaderTellsWhoWasWhere() throws IOException {
        fixture.ended(fixture.begun(fixture.terminal()));

        Map<?, ?> header = (Map<?, ?>) JsonValues.read(fixture.lines().get(0));
        assertThat(header.get("title")).isEqualTo("team/shop/web: /bin/sh -l");
        assertThat(header.get("nomad-gate")).isInstanceOfSatisfying(Map.class, facts -> assertThat(facts.toString())
                .isEqualTo("{schema=1, id=0d9ad4f4-0001, user=acc-1, label=Ada <b>Lovelace</b>, client=192.0.2.7, "
                        + "namespace=prod, job=team/shop, group=front, task=web, "
                        + "allocation=5b1c3d52-4b43-4a5c-8a3e-5f1c8c0ffee0, node=node-3, action=null, "
                        + "command=[/bin/sh, -l], tty=true, server=http://10.0.0.1:4646}"));
    }

    @Test
    void aCharacterThatTwoFramesSplitIsWhole() {
        Session session = fixture.begun(fixture.terminal());
        byte[] text = "a\u20ac\ud83d\ude00b".getBytes(StandardCharsets.UTF_8);
        for (byte one : text) {
            fixture.shown(session, new byte[] {one});
        }
        fixture.shown(session, new byte[] {(byte) 0xe2, (byte) 0x82});
        fixture.ended(session);

        assertThat(fixture.lines()).filteredOn(line -> line.contains("\"o\""))
                .extracting(line -> line.substring(line.indexOf("\"o\", ") + 5, line.length() - 1))
                .containsExactly("\"a\"", "\"\u20ac\"", "\"\ud83d\ude00\"", "\"b\"", "\"\ufffd\"");
    }

    @Test
    void withoutATerminalALineFeedGoesToTheBeginningOfTheLine() {
        Session session = fixture.begun(fixture.session("no-tty", SINCE, "&tty=false"));
        fixture.shown(session, "one\ntwo\r");
        fixture.shown(session, "\nthree\n");
        fixture.recorder.passed(session, false, frame("stderr", "oh\n".getBytes(StandardCharsets.UTF_8)), true);
        fixture.ended(session);

        assertThat(fixture.lines()).filteredOn(line -> line.contains("\"o\"")).containsExactly(
                "[0.000000, \"o\", \"one\\r\\ntwo\\r\"]", "[0.000000, \"o\", \"\\nthree\\r\\n\"]",
                "[0.000000, \"o\", \"oh\\r\\n\"]");
    }

    @Test
    void whatIsTypedIsRecordedOnlyIfThatIsSet() {
        Session session = fixture.begun(fixture.terminal());
        fixture.typed(session, "hunter2");
        fixture.recorder.passed(session, true, "{\"stdin\":{\"data\":\"aHVudGVyMg==\"},"
                + "\"tty_size\":{\"height\":9,\"width\":8}}", true);
        fixture.ended(session);
        fixture.input(true);
        Session other = fixture.begun(fixture.session("with-input", SINCE, "&tty=true"));
        fixture.typed(other, "hunter2");
        fixture.ended(other);
        fixture.close();

        assertThat(fixture.files()).hasSize(2);
        assertThat(RecorderFixture.read(fixture.files().get(0))).noneMatch(line -> line.contains("hunter2"))
                .first().asString().contains("\"width\":8");
        assertThat(RecorderFixture.read(fixture.files().get(1))).contains("[0.000000, \"i\", \"hunter2\"]");
    }

    @Test
    void noTokenIsEverRecordedWhereverItStands() {
        fixture.input(true);
        Session session = fixture.begun(fixture.terminal());
        fixture.recorder.passed(session, true, HANDSHAKE, true);
        fixture.recorder.passed(session, true, HANDSHAKE.replace("{",
                "{\"tty_size\":{\"width\":1,\"height\":1,\"auth_token\":\"x\"},"), true);
        fixture.recorder.passed(session, false, HANDSHAKE, true);
        fixture.recorder.passed(session, true, HANDSHAKE.substring(0, 30), false);
        fixture.recorder.passed(session, true, HANDSHAKE.substring(30), true);
        fixture.ended(session);

        assertThat(fixture.lines()).hasSize(2)
                .noneMatch(line -> line.contains("auth_token") || line.contains("2b6f5a2e")
                        || line.contains("version\":1"));
    }

    /** Else somebody could have a recording show what never was. */
    @Test
    void theBrowserShowsNothingAndNomadTypesNothing() {
        fixture.input(true);
        Session session = fixture.begun(fixture.terminal());
        fixture.recorder.passed(session, true, frame("stdout", new byte[] {'x'}), true);
        fixture.recorder.passed(session, false, frame("stdin", new byte[] {'x'}), true);
        fixture.recorder.passed(session, false, "{\"tty_size\":{\"height\":9,\"width\":9}}", true);
        fixture.ended(session);

        assertThat(fixture.lines()).hasSize(2).first().asString().contains("\"width\":80", "\"height\":24");
    }

    @Test
    void whatIsNoMessageOfNomadsChangesNothing() {
        Session session = fixture.begun(fixture.terminal());
        for (String odd : List.of("", "null", "[]", "{", "{}", "{\"stdout\":1}", "{\"stdout\":{\"data\":\"*\"}}",
                "{\"stdout\":{\"close\":true}}", "{\"stdout\":{\"data\":{\"data\":[\"eA==\"]}}}",
                "[".repeat(100_000))) {
            fixture.recorder.passed(session, false, odd, true);
        }
        for (String odd : List.of("{\"tty_size\":{\"height\":-1,\"width\":0}}",
                "{\"tty_size\":{\"height\":9999999999}}",
                "{\"tty_size\":{\"height\":[],\"width\":\"tty_size\"}}", "{\"tty_size\":7}")) {
            fixture.recorder.passed(session, true, odd, true);
        }
        fixture.resized(session, 2_000_000_000, 50);
        fixture.shown(session, "still here");
        fixture.ended(session);

        assertThat(fixture.lines()).hasSize(3).first().asString().contains("\"width\":1000");
    }

    @Test
    void oneThatGrowsTooLargeEndsAndSaysSoAndTheSessionGoesOn() throws IOException {
        fixture.maxSessionSize(1 << 20);
        Session session = fixture.begun(fixture.terminal());
        for (int i = 0; i < 300; i++) {
            fixture.shown(session, "x".repeat(5000));
        }
        fixture.ended(session);

        List<String> lines = fixture.lines();
        assertThat(Files.size(fixture.file())).isLessThanOrEqualTo(1 << 20).isGreaterThan(1_000_000);
        assertThat(lines).last().asString().contains("\"m\", \"end of recording: it is as large as")
                .contains("max-session-size");
        assertThat(fixture.endedByRecorder).hasValue(0);
        assertThat(fixture.recorder.figures().failed()).as("it is no failure").isZero();
        assertThat(fixture.recorder.figures().active()).isZero();
    }

    @Test
    void aMessageThatIsTooLargeIsNotGathered() {
        Session session = fixture.begun(fixture.terminal());
        fixture.recorder.passed(session, false, "{\"stdout\":{\"data\":\"", false);
        for (int i = 0; i < 100; i++) {
            fixture.recorder.passed(session, false, "QUFB".repeat(1000), false);
        }
        fixture.recorder.passed(session, false, "\"}}", true);
        fixture.shown(session, "and on");
        fixture.ended(session);

        assertThat(fixture.lines()).hasSize(4).element(1).asString()
                .matches("\\[0.000000, \"m\", \"missing: about 3000.. bytes\"\\]");
        assertThat(fixture.lines()).element(2).asString().contains("and on");
    }

    @Test
    void whileItGoesOnWhatIsOnDiskCanBePlayed() {
        Session session = fixture.begun(fixture.terminal());
        fixture.shown(session, "first");
        await().untilAsserted(() -> assertThat(fixture.files()).hasSize(1).allSatisfy(
                file -> assertThat(Files.readString(file)).endsWith("\"first\"]\n")));
        assertThat(fixture.recorder.underWay()).containsExactly("2026-11-26T05-10-00Z_0d9ad4f4-0001");
    }

    @Test
    void aSilentSessionHasAHeaderAndAnEnd() {
        fixture.ended(fixture.begun(fixture.terminal()));
        assertThat(fixture.lines()).hasSize(2).first().asString().contains("\"width\":80");
    }

    /** Anybody can open those. */
    @Test
    void aSessionThatNomadRefusesLeavesNoFile() {
        fixture.input(true);
        Session session = fixture.begun(fixture.action("refused", "/v1/job/shop/action", "action=x"));
        fixture.resized(session, 90, 20);
        fixture.typed(session, "x");
        fixture.ended(session, Outcome.EndedBy.NOMAD);
        Session silent = fixture.begun(fixture.terminal());
        fixture.resized(silent, 90, 20);
        fixture.ended(silent, Outcome.EndedBy.BROWSER);
        fixture.close();

        assertThat(fixture.files()).isEmpty();
        assertThat(fixture.recorder.figures().active()).isZero();
    }

    @Test
    void whatIsTypedBeforeNomadSendsAnythingIsKept() {
        fixture.input(true);
        Session session = fixture.begun(fixture.terminal());
        fixture.resized(session, 90, 20);
        fixture.after(1000);
        fixture.typed(session, "quiet");
        fixture.after(1000);
        fixture.resized(session, 91, 21);
        fixture.after(1000);
        fixture.shown(session, "$ ");
        fixture.ended(session);
        Session silent = fixture.begun(fixture.session("silent", SINCE, "&tty=true"));
        fixture.typed(silent, "never answered");
        fixture.ended(silent, Outcome.EndedBy.BROWSER);
        fixture.close();

        List<String> lines = RecorderFixture.read(fixture.files().get(0));
        assertThat(lines.get(0)).contains("\"width\":90");
        assertThat(lines.subList(1, 4)).containsExactly("[1.000000, \"i\", \"quiet\"]", "[2.000000, \"r\", \"91x21\"]",
                "[3.000000, \"o\", \"$ \"]");
        assertThat(RecorderFixture.read(fixture.files().get(1))).element(1).asString().contains("never answered");
    }

    @Test
    void whoTypesMuchBeforeNomadSendsAnythingIsNotHeldInMemory() {
        fixture.input(true);
        Session session = fixture.begun(fixture.terminal());
        for (int i = 0; i < 100; i++) {
            fixture.typed(session, "y".repeat(1000));
        }
        await().untilAsserted(() -> assertThat(fixture.files()).hasSize(1).allSatisfy(
                file -> assertThat(Files.size(file)).isGreaterThan(64 * 1024)));
        fixture.ended(session, Outcome.EndedBy.BROWSER);
        assertThat(fixture.lines()).filteredOn(line -> line.contains("yyy")).hasSize(100);
    }

    /** As Go's decoder does. */
    @ParameterizedTest
    @ValueSource(strings = {
        "{'stdin':{'data':'dHk='},'stdin':{}}", "{'stdin':{'data':'dHk='},'STDIN':{'close':true}}",
        "{'stdin':{'data':'eHg='},'stdin':{'data':'dHk='}}", "{'stdin':{'data':[116,121]}}",
        "{'\u017ftdin':{'data':'dHk='}}", "{'\\u017ftdin':{'data':'dHk='}}", "{'stdin':{'DATA':'dHk='}}",
        "{'stdin':{'data':'dHk='},'std\u0131n':{'data':'eHg='}}",
        "{'stdin':{'data':'eHg='},'stdin':null,'stdin':{'data':'dHk='}}", "{'x':DEEP,'stdin':{'data':'dHk='}}",
        "{'x':NUMBER,'stdin':{'data':'dHk='}}", "{'x':{'NAME':[]},'stdin':{'data':'dHk='}}",
        "{'stdin':{'data':'dHk='}} what follows is not read"})
    void noSpellingHidesWhatIsTyped(String spelling) {
        fixture.input(true);
        Session session = fixture.begun(fixture.terminal());
        fixture.recorder.passed(session, true, spelling.replace('\'', '"')
                .replace("DEEP", "[".repeat(1100) + "]".repeat(1100)).replace("NUMBER", "1".repeat(2000))
                .replace("NAME", "n".repeat(60_000)), true);
        fixture.ended(session);

        assertThat(fixture.lines()).hasSize(3).element(1).isEqualTo("[0.000000, \"i\", \"ty\"]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{\"stdin\":{\"data\":\"*\"}}", "{\"stdin\":{\"data\":[null]}}",
        "{\"stdin\":{\"data\":[256]}}", "{\"stdin\":{\"data\":[-1]}}", "{\"stdin\":7}", "DEEP", "LONG"})
    void whatIsTypedAndCannotBeReadIsMissing(String message) {
        fixture.input(true);
        fixture.closedOnFailure();
        Session session = fixture.begun(fixture.terminal());
        fixture.shown(session, "$ ");
        fixture.recorder.passed(session, true, message.replace("DEEP", "{\"x\":" + "[".repeat(20_000))
                .replace("LONG", "{\"stdin\":{\"data\":\"" + "A".repeat(1 << 20) + "\"}}"), true);
        await().untilAsserted(() -> assertThat(fixture.endedByRecorder).hasValue(1));
        fixture.ended(session, Outcome.EndedBy.GATE);

        assertThat(fixture.lines()).anyMatch(line -> line.contains("\"m\", \"missing: about "));
        assertThat(fixture.reasons).singleElement().asString().contains("has to be recorded");
    }

    @Test
    void whatTheClientSentIsBoundedInTheHeader() throws IOException {
        String word = "%22" + "w".repeat(3000) + "%22";
        fixture.ended(fixture.begun(fixture.action("i".repeat(5000), "/v1/client/allocation/" + "a".repeat(3000)
                + "/exec", "task=" + "t".repeat(3000) + "&command=%5B" + word + ("," + word).repeat(100) + "%5D")));
        fixture.ended(fixture.begun(fixture.action("many", "/v1/client/allocation/a/exec",
                "task=x" + "%F0%9F%98%80".repeat(600) + "&command=%5B%22%22" + ",%22%22".repeat(5000) + "%5D")));
        fixture.ended(fixture.begun(fixture.action("action", "/v1/job/" + "j".repeat(3000) + "/action",
                "namespace=" + "n".repeat(3000) + "&group=" + "g".repeat(3000) + "&action=" + "c".repeat(3000))));
        fixture.close();

        assertThat(fixture.files()).hasSize(3);
        for (Path file : fixture.files()) {
            String line = RecorderFixture.read(file).get(0);
            assertThat(line).contains("\u2026").hasSizeLessThan(16 * 1024);
            assertThat(line.codePoints()).as("no half of a character")
                    .noneMatch(c -> c >= 0xd800 && c < 0xe000 || c == 0xfffd || c == '?');
        }
    }

    @Test
    void whatIsBeingRecordedWhenTheGateStopsHasAnEnd() {
        Session session = fixture.begun(fixture.terminal());
        fixture.shown(session, "x".repeat(100_000));
        assertThat(fixture.lines()).hasSize(3).last().asString().contains("end of recording: the gate was stopped");
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("nomad-gate-recording"));
    }

    @Test
    void aSessionIdIsOnlyPartOfANameAndTwoMayBeTheSame() {
        for (int i = 0; i < 3; i++) {
            fixture.ended(fixture.begun(fixture.session("../../etc/passwd\u0000.cast", SINCE, "")));
        }
        fixture.ended(fixture.begun(fixture.session("", SINCE, "")));
        fixture.ended(fixture.begun(fixture.session("x".repeat(5000), SINCE, "")));
        fixture.close();

        assertThat(fixture.files()).hasSize(5).extracting(file -> file.getFileName().toString()).contains(
                "2026-11-26T05-10-00Z_------etc-passwd--cast.cast",
                "2026-11-26T05-10-00Z_------etc-passwd--cast-1.cast",
                "2026-11-26T05-10-00Z_-0.cast", "2026-11-26T05-10-00Z_" + "x".repeat(64) + ".cast");
    }

    @Test
    void nobodyElseMayReadIt() throws IOException {
        fixture.ended(fixture.begun(fixture.terminal()));
        fixture.close();

        assertThat(Files.getPosixFilePermissions(fixture.file())).containsExactlyInAnyOrder(
                PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        for (Path made : List.of(directory.resolve("a"), directory.resolve("a/b"))) {
            assertThat(Files.getPosixFilePermissions(made).toString()).doesNotContain("GROUP", "OTHERS");
        }
    }

    @Test
    void whatNoRuleWantsIsNotRecorded() {
        fixture.config = new RecordingConfig(false, fixture.config.directory(), fixture.config.rules(), false,
                1 << 20, 1 << 20, fixture.config.maxAge(), fixture.config.onFailure());
        Session session = fixture.begun(fixture.terminal());
        fixture.shown(session, "x");
        fixture.ended(session);
        fixture.close();
        assertThat(fixture.files()).isEmpty();
    }

    /** Else who claims another namespace would go unrecorded. */
    @Test
    void aRuleGoesByWhatNomadToldAndWhatOnlyTheClientClaimsIsUnknown() {
        fixture.rule("prod", "shop", "web");
        for (String task : List.of("web", "db")) {
            Session action = fixture.action(task, "/v1/job/harmless/action",
                    "action=x&namespace=harmless&group=front&task=" + task);
            fixture.begun(action);
            fixture.shown(action, "x");
            fixture.ended(action);
        }
        Session told = fixture.action("told", "/v1/job/shop/action", "action=x&namespace=prod&task=web");
        told.known(new Workload(Optional.of("dev"), Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty()));
        fixture.begun(told);
        fixture.shown(told, "x");
        fixture.ended(told);
        fixture.close();

        assertThat(fixture.files()).hasSize(1).first().asString().contains("_web.cast");
    }
}
