package dev.nomadgate.contract.exec;

import static dev.nomadgate.standin.StandInNomad.ECHO_ALLOC;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nomadgate.contract.containers.ContainerKind;
import dev.nomadgate.standin.Frame;
import dev.nomadgate.standin.RawWebSocket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one side sends, the other receives: nothing added, nothing lost, nothing gathered. */
class FramesIT extends ExecContract {

    FramesIT(ContainerKind kind) {
        super(kind);
    }

    /** A message, put together from its frames; opcode of the first. Control frames are skipped. */
    private interface Source {
        Frame next() throws IOException;
    }

    private static Frame message(Source source) throws IOException {
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        int opcode = -1;
        for (Frame frame; (frame = source.next()) != null; ) {
            if (frame.isClose()) {
                throw new AssertionError("closed: " + frame);
            }
            if (frame.isControl()) {
                continue;
            }
            assertThat(frame.opcode() == Frame.CONTINUATION).isEqualTo(opcode >= 0);
            opcode = opcode < 0 ? frame.opcode() : opcode;
            payload.writeBytes(frame.payload());
            if (frame.fin()) {
                return new Frame(opcode, true, payload.toByteArray());
            }
        }
        throw new AssertionError("ended within a message");
    }

    /** The rest of a message of which a fragment was read before. */
    private static String rest(Source source) throws IOException {
        StringBuilder text = new StringBuilder();
        Frame frame;
        do {
            frame = data(source);
            assertThat(frame.opcode()).isEqualTo(Frame.CONTINUATION);
            text.append(frame.text());
        } while (!frame.fin());
        return text.toString();
    }

    /** The next data frame, however few bytes it has. */
    private static Frame data(Source source) throws IOException {
        Frame frame = source.next();
        while (frame != null && frame.isControl()) {
            frame = source.next();
        }
        return frame;
    }

    @Test
    void textAndBinaryMessagesPassBothWays() throws Exception {
        Pair pair = pair();
        byte[] blob = {0, 1, (byte) 0xff, (byte) 0x80};
        pair.browser().sendText("hällo €😀");
        assertThat(message(pair.nomad()::readFrame)).isEqualTo(new Frame(Frame.TEXT, true, bytes("hällo €😀")));
        pair.browser().sendBinary(blob);
        assertThat(message(pair.nomad()::readFrame)).isEqualTo(new Frame(Frame.BINARY, true, blob));
        pair.nomad().sendText("hällo €😀");
        assertThat(message(pair.browser()::readFrame)).isEqualTo(new Frame(Frame.TEXT, true, bytes("hällo €😀")));
        pair.nomad().sendBinary(blob);
        assertThat(message(pair.browser()::readFrame)).isEqualTo(new Frame(Frame.BINARY, true, blob));
    }

    @ParameterizedTest
    @ValueSource(ints = {Frame.TEXT, Frame.BINARY})
    void emptyMessagesPassBothWays(int opcode) throws Exception {
        Pair pair = pair();
        pair.browser().sendFrame(opcode, true, new byte[0]);
        assertThat(message(pair.nomad()::readFrame)).isEqualTo(new Frame(opcode, true, new byte[0]));
        pair.nomad().sendFrame(opcode, true, new byte[0]);
        assertThat(message(pair.browser()::readFrame)).isEqualTo(new Frame(opcode, true, new byte[0]));
    }

    @ParameterizedTest
    @ValueSource(ints = {Frame.TEXT, Frame.BINARY})
    void aFragmentArrivesBeforeTheNextIsSent(int opcode) throws Exception {
        Pair pair = pair();
        pair.browser().sendFrame(opcode, false, bytes("one"));
        assertThat(data(pair.nomad()::readFrame)).isEqualTo(new Frame(opcode, false, bytes("one")));
        pair.browser().sendFrame(Frame.CONTINUATION, false, bytes("two"));
        assertThat(data(pair.nomad()::readFrame)).isEqualTo(new Frame(Frame.CONTINUATION, false, bytes("two")));
        pair.browser().sendFrame(Frame.CONTINUATION, true, bytes("three"));
        assertThat(rest(pair.nomad()::readFrame)).isEqualTo("three");

        pair.nomad().sendFrame(opcode, false, bytes("one"));
        assertThat(data(pair.browser()::readFrame)).isEqualTo(new Frame(opcode, false, bytes("one")));
        pair.nomad().sendFrame(Frame.CONTINUATION, false, bytes("two"));
        assertThat(data(pair.browser()::readFrame)).isEqualTo(new Frame(Frame.CONTINUATION, false, bytes("two")));
        pair.nomad().sendFrame(Frame.CONTINUATION, true, bytes("three"));
        assertThat(rest(pair.browser()::readFrame)).isEqualTo("three");
        pair.nomad().sendText("whole");
        assertThat(message(pair.browser()::readFrame).text()).isEqualTo("whole");
    }

    @Test
    void emptyFragmentsDoNotHarmAMessage() throws Exception {
        Pair pair = pair();
        pair.browser().sendFrame(Frame.TEXT, false, bytes(""));
        for (String part : new String[] {"a", "", "b", ""}) {
            pair.browser().sendFrame(Frame.CONTINUATION, false, bytes(part));
        }
        pair.browser().sendFrame(Frame.CONTINUATION, true, bytes(""));
        assertThat(message(pair.nomad()::readFrame).text()).isEqualTo("ab");
        pair.nomad().sendFrame(Frame.TEXT, false, bytes(""));
        pair.nomad().sendFrame(Frame.CONTINUATION, false, bytes("c"));
        pair.nomad().sendFrame(Frame.CONTINUATION, true, bytes(""));
        assertThat(message(pair.browser()::readFrame).text()).isEqualTo("c");
    }

    @Test
    void aCharacterMayBeSplitByFragmentsAndByTcp() throws Exception {
        Pair pair = pair();
        byte[] smile = bytes("😀");
        pair.browser().sendFrame(Frame.TEXT, false, Arrays.copyOf(smile, 1));
        pair.browser().sendFrame(Frame.CONTINUATION, false, Arrays.copyOfRange(smile, 1, 3));
        pair.browser().sendFrame(Frame.CONTINUATION, true, Arrays.copyOfRange(smile, 3, 4));
        assertThat(message(pair.nomad()::readFrame).text()).isEqualTo("😀");
        pair.nomad().sendFrame(Frame.TEXT, false, Arrays.copyOf(smile, 3));
        pair.nomad().sendFrame(Frame.CONTINUATION, true, Arrays.copyOfRange(smile, 3, 4));
        assertThat(message(pair.browser()::readFrame).text()).isEqualTo("😀");

        for (byte b : RawWebSocket.encode(Frame.TEXT, true, bytes("ü😀ü"))) {
            pair.browser().sendRaw(new byte[] {b});
        }
        assertThat(message(pair.nomad()::readFrame).text()).isEqualTo("ü😀ü");
        byte[] text = bytes("ü😀ü");
        pair.nomad().sendRaw(new byte[] {(byte) 0x81, (byte) text.length});
        for (byte b : text) {
            pair.nomad().sendRaw(new byte[] {b});
        }
        assertThat(message(pair.browser()::readFrame).text()).isEqualTo("ü😀ü");
    }

    @ParameterizedTest
    @ValueSource(ints = {Frame.TEXT, Frame.BINARY})
    void aPasteOfFourMebibytesInOneFramePassesBothWays(int opcode) throws Exception {
        byte[] paste = new byte[4 << 20];
        if (opcode == Frame.BINARY) {
            new Random(1).nextBytes(paste);
        } else {
            byte[] unit = bytes("aü€😀");
            for (int i = 0; i < paste.length; i++) {
                paste[i] = i < paste.length - paste.length % unit.length ? unit[i % unit.length] : (byte) '.';
            }
        }
        RawWebSocket browser = browser(ECHO_ALLOC);
        CompletableFuture<Frame> echoed = CompletableFuture.supplyAsync(() -> {
            try {
                return message(browser::readFrame);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        browser.sendFrame(opcode, true, paste);

        Frame whole = echoed.get();
        assertThat(whole.opcode()).isEqualTo(opcode);
        assertThat(Arrays.equals(whole.payload(), paste)).isTrue();
    }

    @Test
    void manySmallFramesArriveInOrder() throws Exception {
        RawWebSocket browser = browser(ECHO_ALLOC);
        int count = 5000;
        CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> {
            try {
                for (int i = 0; i < count; i++) {
                    browser.sendText("{\"n\":" + i + "}");
                }
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        for (int i = 0; i < count; i++) {
            assertThat(message(browser::readFrame).text()).isEqualTo("{\"n\":" + i + "}");
        }
        sent.get();
    }

    @Test
    void aMessageOfThousandsOfTinyFragmentsPasses() throws Exception {
        RawWebSocket browser = browser(ECHO_ALLOC);
        int count = 3000;
        CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> {
            try {
                for (int i = 0; i < count; i++) {
                    browser.sendFrame(i == 0 ? Frame.TEXT : Frame.CONTINUATION, i == count - 1, bytes("x"));
                }
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        assertThat(message(browser::readFrame).text()).isEqualTo("x".repeat(count));
        sent.get();
    }

    @Test
    void aPingIsAnsweredWithItsOwnPayloadAlsoWithinAMessage() throws Exception {
        RawWebSocket browser = browser(ECHO_ALLOC);
        browser.sendFrame(Frame.TEXT, false, bytes("a"));
        assertThat(data(browser::readFrame).text()).isEqualTo("a");
        browser.ping(bytes("are you there?"));
        assertThat(pong(browser::readFrame).text()).isEqualTo("are you there?");
        browser.ping(new byte[125]);
        assertThat(pong(browser::readFrame).payload()).hasSize(125);
        browser.ping(new byte[0]);
        assertThat(pong(browser::readFrame).payload()).isEmpty();
        browser.sendFrame(Frame.CONTINUATION, true, bytes("b"));
        assertThat(data(browser::readFrame).text()).isEqualTo("b");
    }

    @Test
    void theBrowsersPingIsNomadsToAnswer() throws Exception {
        Pair pair = pair();
        pair.browser().ping(bytes("browser asks"));
        Frame ping = pair.nomad().readFrame();
        assertThat(ping.opcode()).isEqualTo(Frame.PING);
        assertThat(ping.text()).isEqualTo("browser asks");
        pair.nomad().sendFrame(Frame.PONG, true, bytes("nomad answers"));
        assertThat(pong(pair.browser()::readFrame).text()).isEqualTo("nomad answers");
    }

    @Test
    void nomadsPingIsAnsweredWithItsOwnPayload() throws Exception {
        Pair pair = pair();
        CompletableFuture<Void> browserPongs = CompletableFuture.runAsync(() -> {
            try {
                for (Frame frame; (frame = pair.browser().readFrame()) != null; ) {
                    if (frame.opcode() == Frame.PING) {
                        pair.browser().sendFrame(Frame.PONG, true, frame.payload());
                    } else if (frame.opcode() == Frame.TEXT) {
                        return;
                    }
                }
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        pair.nomad().ping(bytes("nomad asks"));
        assertThat(pong(pair.nomad()::readFrame).text()).isEqualTo("nomad asks");
        pair.nomad().sendText("enough");
        browserPongs.get();
    }

    private static Frame pong(Source source) throws IOException {
        Frame frame = source.next();
        while (frame != null && frame.opcode() != Frame.PONG) {
            frame = source.next();
        }
        return frame;
    }
}
