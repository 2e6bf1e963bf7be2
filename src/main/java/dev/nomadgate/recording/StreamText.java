package dev.nomadgate.recording;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * The text of one stream of bytes that comes in pieces, which may split a character: its first bytes wait for the rest.
 * What is no UTF-8 becomes U+FFFD. For one thread.
 */
final class StreamText {

    private static final byte[] NOTHING = {};

    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE).onUnmappableCharacter(CodingErrorAction.REPLACE);
    private final boolean terminal;
    private byte[] carried = NOTHING;
    private char last;

    /** @param terminal whether a terminal wrote it: one makes LF into CRLF, which a player needs */
    StreamText(boolean terminal) {
        this.terminal = terminal;
    }

    /** What is complete by now. */
    String next(byte[] bytes) {
        ByteBuffer in = ByteBuffer.allocate(carried.length + bytes.length).put(carried).put(bytes).flip();
        CharBuffer out = CharBuffer.allocate(in.remaining() + 1);
        decoder.decode(in, out, false);
        carried = new byte[in.remaining()];
        in.get(carried);
        return shown(out.flip());
    }

    /** What is left when no more will come. */
    String rest() {
        CharBuffer out = CharBuffer.allocate(carried.length + 1);
        decoder.decode(ByteBuffer.wrap(carried), out, true);
        decoder.flush(out);
        decoder.reset();
        carried = NOTHING;
        return shown(out.flip());
    }

    private String shown(CharBuffer text) {
        if (terminal) {
            return text.toString();
        }
        StringBuilder shown = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n' && last != '\r') {
                shown.append('\r');
            }
            shown.append(c);
            last = c;
        }
        return shown.toString();
    }
}
