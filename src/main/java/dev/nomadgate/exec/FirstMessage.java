package dev.nomadgate.exec;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Puts together the message with which a session begins, {@code {"version":1,"auth_token":"…"}}: it has to be seen whole
 * before any of it goes on. Used by one thread at a time.
 */
final class FirstMessage {

    /** Many times as long as any token. */
    static final int LONGEST = 64 * 1024;

    private final StringBuilder text = new StringBuilder();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean binary;

    /**
     * Adds a frame, which may be reused afterwards.
     *
     * @return the message, as one frame, once it is complete
     */
    Optional<Frame.Data> add(Frame.Data frame) {
        if (frame instanceof Frame.Text part) {
            text.append(part.text());
        } else if (frame instanceof Frame.Binary part) {
            binary = true;
            byte[] copy = new byte[part.size()];
            part.payload().slice().get(copy);
            bytes.writeBytes(copy);
        }
        if (!frame.last()) {
            return Optional.empty();
        }
        return Optional.of(binary ? new Frame.Binary(ByteBuffer.wrap(bytes.toByteArray()), true) : new Frame.Text(text.toString(), true));
    }

    boolean tooLong() {
        return text.length() + bytes.size() > LONGEST;
    }

    /** What a message says; Nomad takes either kind. */
    static String text(Frame.Data message) {
        return message instanceof Frame.Text whole
                ? whole.text() : StandardCharsets.UTF_8.decode(((Frame.Binary) message).payload().slice()).toString();
    }
}
