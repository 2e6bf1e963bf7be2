package dev.nomadgate.contract.exec;

import static dev.nomadgate.standin.StandInNomad.ALLOC;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nomadgate.contract.containers.ContainerKind;
import dev.nomadgate.standin.Frame;
import dev.nomadgate.standin.RawWebSocket;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a session ends on one side is how the other sees it end, and TCP ends on both. */
class EndsIT extends ExecContract {

    private static final String EXITED = "{\"exited\":true,\"result\":{}}";

    EndsIT(ContainerKind kind) {
        super(kind);
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 1003, 1008, 1011, 1012, 1013, 3000, 3999, 4000, 4999})
    void nomadsCloseReachesTheBrowserWithCodeAndReasonAndNomadsTcpIsEnded(int code) throws Exception {
        Pair pair = pair();
        pair.nomad().sendText("last words");
        pair.nomad().close(code, "why €");

        assertThat(pair.browser().readText(SOON)).isEqualTo("last words");
        Frame close = pair.browser().readClose(SOON);
        assertThat(close.closeCode()).isEqualTo(code);
        assertThat(close.closeReason()).isEqualTo("why €");
        pair.browser().close(code, "");
        pair.browser().awaitEof(SOON);
        assertThat(pair.nomad().awaitPeerClose(SOON)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 1003, 1008, 1011, 3000, 3999, 4000, 4999})
    void theBrowsersCloseReachesNomadWithCodeAndReasonAndIsAnswered(int code) throws Exception {
        Pair pair = pair();
        pair.browser().sendText("last words");
        pair.browser().close(code, "why €");

        assertThat(data(pair).text()).isEqualTo("last words");
        Frame close = closeAtNomad(pair);
        assertThat(close.closeCode()).isEqualTo(code);
        assertThat(close.closeReason()).isEqualTo("why €");
        assertThat(pair.browser().readClose(SOON).closeCode()).isEqualTo(code);
        pair.browser().awaitEof(SOON);
        pair.nomad().close(code, "");
        assertThat(pair.nomad().awaitPeerClose(SOON)).isTrue();
    }

    @Test
    void aReasonOfGreatestLengthPassesBothWays() throws Exception {
        String reason = "x".repeat(120) + "€";
        Pair pair = pair();
        pair.nomad().close(1011, reason);
        assertThat(pair.browser().readClose(SOON).closeReason()).isEqualTo(reason);
        Pair other = pair();
        other.browser().close(4000, reason);
        assertThat(closeAtNomad(other).closeReason()).isEqualTo(reason);
    }

    @Test
    void aCloseWithoutACodeIsACleanEndOnBothSides() throws Exception {
        Pair pair = pair();
        pair.browser().close(1005, "");
        assertThat(closeAtNomad(pair).closeCode()).isEqualTo(1005);
        pair.browser().awaitEof(SOON);
        Pair other = pair();
        other.nomad().close(1005, "");
        assertThat(other.browser().readClose(SOON).closeCode()).isEqualTo(1005);
        assertThat(other.nomad().awaitPeerClose(SOON)).isTrue();
    }

    @Test
    void aCloseThatNomadDoesNotAnswerIsCutOffInTime() throws Exception {
        Pair pair = pair();
        pair.browser().close(1000, "");
        assertThat(closeAtNomad(pair).closeCode()).isEqualTo(1000);

        assertThat(pair.nomad().awaitPeerClose(SOON)).isTrue();
    }

    @Test
    void aCloseThatTheBrowserDoesNotAnswerIsCutOffInTime() throws Exception {
        Pair pair = pair();
        pair.nomad().close(1000, "");
        assertThat(pair.browser().readClose(SOON).closeCode()).isEqualTo(1000);

        pair.browser().awaitEof(SOON);
        assertThat(pair.nomad().awaitPeerClose(SOON)).isTrue();
    }

    @Test
    void theEndOfTcpAfterExitedIsACleanEnd() throws Exception {
        Pair pair = pair();
        pair.nomad().sendText("{\"stdout\":{\"close\":true}}");
        pair.nomad().sendText(EXITED);
        pair.nomad().eof();

        assertThat(pair.browser().readText(SOON)).contains("stdout");
        assertThat(pair.browser().readText(SOON)).isEqualTo(EXITED);
        assertThat(pair.browser().readClose(SOON).closeCode()).isEqualTo(1000);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 10, 15})
    void exitedIsUnderstoodHoweverTcpCutsIt(int piece) throws Exception {
        Pair pair = pair();
        byte[] frame = new byte[EXITED.length() + 2];
        frame[0] = (byte) 0x81;
        frame[1] = (byte) EXITED.length();
        System.arraycopy(bytes(EXITED), 0, frame, 2, EXITED.length());
        pair.nomad().sendRaw(Arrays.copyOf(frame, 2 + piece));
        // The gate has taken the first piece once it has passed it on.
        assertThat(nextData(pair.browser()).payload()).hasSize(piece);
        pair.nomad().sendRaw(Arrays.copyOfRange(frame, 2 + piece, frame.length));
        pair.nomad().eof();

        assertThat(pair.browser().readClose(SOON).closeCode()).isEqualTo(1000);
    }

    @Test
    void theEndOfTcpWithoutExitedIsALostConnection() throws Exception {
        Pair pair = pair();
        pair.nomad().sendText("{\"stdout\":{\"data\":\"" + "\\\"exited\\\":true" + "\"}}");
        pair.nomad().eof();

        Frame close = pair.browser().readClose(SOON);
        assertThat(close.closeCode()).isEqualTo(1012);
        assertThat(close.closeReason()).contains("Nomad");
    }

    @Test
    void theBrowsersEndWithoutACloseIs1001ForNomad() throws Exception {
        Pair pair = pair();
        pair.browser().close();

        assertThat(closeAtNomad(pair).closeCode()).isEqualTo(1001);
        assertThat(pair.nomad().awaitPeerClose(SOON)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
            "reserved opcode, 83 80 00 00 00 00, 1002",
            "reserved control opcode, 8b 80 00 00 00 00, 1002",
            "no mask, 81 01 61, 1002",
            "RSV1, c1 81 00 00 00 00 61, 1002",
            "RSV2 and RSV3, b1 81 00 00 00 00 61, 1002",
            "fragmented ping, 09 80 00 00 00 00, 1002",
            "ping of 126 bytes, 89 fe 00 7e 00 00 00 00 61 61, 1002",
            "continuation of nothing, 80 81 00 00 00 00 61, 1002",
            "close with one byte, 88 81 00 00 00 00 03, 1002",
            "close with code 1005, 88 82 00 00 00 00 03 ed, 1002",
            "close with code 999, 88 82 00 00 00 00 03 e7, 1002",
            "text that is not UTF-8, 81 82 00 00 00 00 c3 28, 1007",
            "text that ends within a character, 81 81 00 00 00 00 c3, 1007"})
    void whatAClientMayNotSendEndsBothSides(String what, String hex, int code) throws Exception {
        Pair pair = pair();
        pair.browser().sendRaw(parse(hex));

        Frame close = pair.browser().readClose(SOON);
        assertThat(close).as(what).isNotNull();
        assertThat(close.closeCode()).as(what).isEqualTo(code);
        pair.browser().awaitEof(SOON);
        assertThat(pair.nomad().awaitPeerClose(SOON)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
            "reserved opcode, 83 00, 1002",
            "masked, 81 81 00 00 00 00 61, 1002",
            "text that is not UTF-8, 81 02 c3 28, 1007"})
    void whatAServerMayNotSendEndsBothSides(String what, String hex, int code) throws Exception {
        Pair pair = pair();
        pair.nomad().sendRaw(parse(hex));

        Frame close = closeAtNomad(pair);
        assertThat(close).as(what).isNotNull();
        assertThat(close.closeCode()).as(what).isEqualTo(code);
        assertThat(pair.browser().readClose(SOON)).as(what).isNotNull();
        assertThat(pair.nomad().awaitPeerClose(SOON)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "/v1/client/allocation/00000000-0000-0000-0000-000000000000/exec?task=sh&command=[\"sh\"] | 1008",
            "/v1/client/allocation/xyz/exec?task=sh&command=[\"sh\"] | 1011",
            "/v1/client/allocation/" + ALLOC + "/exec?task=nope&command=[\"sh\"] | 1011",
            "/v1/client/allocation/" + ALLOC + "/exec?task=&command=[\"sh\"] | 1008",
            "/v1/client/allocation/" + ALLOC + "/exec?task=sh&command=[] | 1008",
            "/v1/client/allocation/" + ALLOC + "/exec?task=sh&command=[\"/no/such\"] | 1011"})
    void nomadsErrorsReachTheBrowserInNomadsWords(String target, int code) throws Exception {
        RawWebSocket direct = keep(RawWebSocket.open("127.0.0.1", nomad.port(), target, Map.of()));
        String words = direct.readClose(SOON).closeReason();
        Frame close = browser(target, Map.of(), 0).readClose(SOON);

        assertThat(close.closeCode()).isEqualTo(code);
        assertThat(close.closeReason()).isEqualTo(words).isNotEmpty();
        direct.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void aShellRunsAndItsExitCodeComesBack(String tty) throws Exception {
        RawWebSocket browser = shell(tty);
        type(browser, "echo one; echo $((6 * 7)) two; exit 3\n");
        if (tty.equals("false")) {
            browser.sendText("{\"stdin\":{\"close\":true}}");
        }
        String all = toEnd(browser);

        assertThat(stdout(all)).contains("42 two");
        assertThat(all).contains("{\"exited\":true,\"result\":{\"exit_code\":3}}").endsWith("1000");
    }

    @Test
    void aTerminalLearnsItsSize() throws Exception {
        RawWebSocket browser = shell("true");
        browser.sendText("{\"tty_size\":{\"height\":33,\"width\":77}}");
        type(browser, "until [ \"$(stty size)\" = '33 77' ]; do :; done; stty size; exit\n");

        assertThat(stdout(toEnd(browser))).containsPattern("33 77\\r?\\n");
    }

    @Test
    void aJobsActionRuns() throws Exception {
        RawWebSocket browser = browser("/v1/job/demo/action?action=greet&task=sh&group=demo&allocID=" + ALLOC
                + "&tty=true", Map.of("Origin", gate.uri().toString()), 0);

        assertThat(toEnd(browser)).contains("\"exited\":true").endsWith("1000");
    }

    private RawWebSocket shell(String tty) throws IOException {
        RawWebSocket browser = browser(exec(ALLOC) + "?task=sh&command=[\"/bin/sh\"]&tty=" + tty
                + "&ws_handshake=true", Map.of("Origin", gate.uri().toString()), 0);
        browser.sendText("{\"version\":1,\"auth_token\":\"\"}");
        return browser;
    }

    private static void type(RawWebSocket browser, String keys) throws IOException {
        browser.sendText("{\"stdin\":{\"data\":\""
                + Base64.getEncoder().encodeToString(bytes(keys)) + "\"}}");
    }

    /** Everything that comes, text after text, and the code of the close. */
    private static String toEnd(RawWebSocket browser) throws IOException {
        StringBuilder all = new StringBuilder();
        Frame frame;
        while ((frame = browser.readFrame()) != null && !frame.isClose()) {
            if (!frame.isControl()) {
                all.append(frame.text());
            }
        }
        return all.append(frame == null ? " no close" : " " + frame.closeCode()).toString();
    }

    private static String stdout(String all) {
        StringBuilder text = new StringBuilder();
        Matcher data = Pattern.compile("\"data\":\"([^\"]*)\"").matcher(all);
        while (data.find()) {
            text.append(new String(Base64.getDecoder().decode(data.group(1)), StandardCharsets.UTF_8));
        }
        return text.toString();
    }

    private static Frame data(Pair pair) throws IOException {
        Frame frame = pair.nomad().readFrame();
        while (frame != null && frame.isControl()) {
            frame = pair.nomad().readFrame();
        }
        return frame;
    }

    private static Frame nextData(RawWebSocket browser) throws IOException {
        Frame frame = browser.readFrame();
        while (frame != null && frame.isControl()) {
            frame = browser.readFrame();
        }
        return frame;
    }

    private static Frame closeAtNomad(Pair pair) throws IOException {
        Frame frame = pair.nomad().readFrame();
        while (frame != null && !frame.isClose()) {
            frame = pair.nomad().readFrame();
        }
        return frame;
    }

    private static byte[] parse(String hex) {
        return HexFormat.ofDelimiter(" ").parseHex(hex);
    }
}
