package dev.nomadgate.exec.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nomadgate.exec.CloseStatus;
import dev.nomadgate.exec.Frame;
import dev.nomadgate.exec.Leg;
import dev.nomadgate.played.Played;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.core.OpCode;

/** A text message passes exactly if it is UTF-8, in one frame or in three, wherever it is cut. */
class JettyLegTextTest {

    private static final String REFUSED = "closed with 1007";

    private final List<String> seen = new ArrayList<>();

    @Property(tries = 2000)
    void aWholeMessage(@ForAll("payloads") byte[] payload) {
        seen.clear();
        open().onWebSocketFrame(frame(OpCode.TEXT, payload, 0, payload.length, true), Callback.NOOP);
        assertThat(seen).containsExactly(expected(payload));
    }

    @Property(tries = 4000)
    void aMessageInThreeFrames(@ForAll("payloads") byte[] payload, @ForAll int where, @ForAll int whereElse) {
        seen.clear();
        int last = Math.floorMod(where, payload.length + 1);
        int first = Math.floorMod(whereElse, last + 1);
        JettyLeg leg = open();
        pass(leg, frame(OpCode.TEXT, payload, 0, first, false));
        pass(leg, frame(OpCode.CONTINUATION, payload, first, last, false));
        pass(leg, frame(OpCode.CONTINUATION, payload, last, payload.length, true));
        if (expected(payload).equals(REFUSED)) {
            assertThat(seen).contains(REFUSED);
        } else {
            assertThat(String.join("", seen)).isEqualTo(expected(payload));
        }
    }

    private void pass(JettyLeg leg, org.eclipse.jetty.websocket.api.Frame frame) {
        if (!seen.contains(REFUSED)) {
            leg.onWebSocketFrame(frame, Callback.NOOP);
        }
    }

    private static String expected(byte[] payload) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(payload)).toString();
        } catch (CharacterCodingException e) {
            return REFUSED;
        }
    }

    /** Text as it is, the character that stands for mistakes included; and with a byte that is mostly none of it. */
    @Provide
    Arbitrary<byte[]> payloads() {
        Arbitrary<String> text = Arbitraries.strings().ofMaxLength(8).map(string ->
                new String(string.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
        Arbitrary<String> mostlyAscii = Arbitraries.strings().ascii().withChars('\u00e4', '\u20ac', '\uFFFD').ofMaxLength(8);
        Arbitrary<byte[]> whole = Arbitraries.oneOf(text, mostlyAscii, text.map(string -> string + "\uFFFD"), Arbitraries.of("",
                "{}", "\u00e4", "\uD83D\uDE00", "\uFFFD", "\uFEFFx")).map(string -> string.getBytes(StandardCharsets.UTF_8));
        return Arbitraries.oneOf(whole, Arbitraries.bytes().array(byte[].class).ofMaxSize(6),
                whole.flatMap(bytes -> Arbitraries.bytes().map(other -> {
                    byte[] changed = bytes.clone();
                    for (int i = changed.length / 2; i < changed.length; i += 64) {
                        changed[i] = other;
                    }
                    return changed;
                })));
    }

    private JettyLeg open() {
        JettyLeg leg = new JettyLeg(new Listening());
        leg.onWebSocketOpen(Played.by(Session.class, (proxy, method, arguments) -> {
            if (method.getName().equals("close")) {
                seen.add("closed with " + arguments[0]);
            }
            return null;
        }));
        return leg;
    }

    private static org.eclipse.jetty.websocket.api.Frame frame(byte opCode, byte[] payload, int from, int to, boolean last) {
        return Played.by(org.eclipse.jetty.websocket.api.Frame.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "getOpCode" -> opCode;
            case "getEffectiveOpCode" -> OpCode.TEXT;
            case "isFin" -> last;
            case "hasPayload" -> from < to;
            case "getPayload" -> ByteBuffer.wrap(payload, from, to - from).asReadOnlyBuffer();
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }

    private final class Listening implements Leg.Listener {

        @Override
        public void opened(Leg leg) {
            // Awaited by nobody.
        }

        @Override
        public void frame(Frame frame, Runnable taken) {
            seen.add(((Frame.Text) frame).text());
        }

        @Override
        public void closing(CloseStatus status) {
            throw new AssertionError("nobody closes");
        }

        @Override
        public void closed(CloseStatus status) {
            throw new AssertionError("nobody closes");
        }
    }
}
