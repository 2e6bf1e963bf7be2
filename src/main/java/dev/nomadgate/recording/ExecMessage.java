package dev.nomadgate.recording;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.nomadgate.session.Json;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/**
 * What a recording takes from one message of a session. Everything else in it is passed over, above all the
 * {@code auth_token} of a handshake, wherever one may stand.
 *
 * @param output what the process wrote to stdout
 * @param errors the same to stderr
 * @param input what was typed
 * @param size what the terminal's size becomes
 * @see <a href="https://developer.hashicorp.com/nomad/api-docs/client">Nomad: exec</a>
 */
record ExecMessage(Optional<byte[]> output, Optional<byte[]> errors, Optional<byte[]> input, Optional<Size> size) {

    private static final ExecMessage NOTHING =
            new ExecMessage(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** The size of a terminal, in characters. */
    record Size(int width, int height) {

        static final Size USUAL = new Size(80, 24);
        private static final int MOST = 1000;

        private Size bounded() {
            return new Size(Math.min(width, MOST), Math.min(height, MOST));
        }
    }

    /** Reads a message; one that cannot be read has nothing in it. */
    static ExecMessage read(String json) {
        ExecMessage message = NOTHING;
        try (JsonParser parser = Json.parser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return NOTHING;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                // As Go reads it, and so Nomad, whatever the case.
                String name = parser.currentName().toLowerCase(Locale.ROOT);
                if (parser.nextToken() == JsonToken.START_OBJECT) {
                    message = message.with(name, parser);
                } else {
                    parser.skipChildren();
                }
            }
            return message;
        } catch (IOException e) {
            return NOTHING;
        }
    }

    private ExecMessage with(String name, JsonParser parser) throws IOException {
        return switch (name) {
            case "stdout" -> new ExecMessage(data(parser), errors, input, size);
            case "stderr" -> new ExecMessage(output, data(parser), input, size);
            case "stdin" -> new ExecMessage(output, errors, data(parser), size);
            case "tty_size" -> new ExecMessage(output, errors, input, size(parser));
            default -> {
                parser.skipChildren();
                yield this;
            }
        };
    }

    private static Optional<byte[]> data(JsonParser parser) throws IOException {
        Optional<byte[]> data = Optional.empty();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean named = parser.currentName().equalsIgnoreCase("data");
            if (parser.nextToken() == JsonToken.VALUE_STRING && named) {
                data = Optional.of(parser.getBinaryValue());
            } else {
                parser.skipChildren();
            }
        }
        return data;
    }

    private static Optional<Size> size(JsonParser parser) throws IOException {
        int width = 0;
        int height = 0;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName().toLowerCase(Locale.ROOT);
            if (parser.nextToken() != JsonToken.VALUE_NUMBER_INT) {
                parser.skipChildren();
            } else if (name.equals("width")) {
                width = parser.getIntValue();
            } else if (name.equals("height")) {
                height = parser.getIntValue();
            }
        }
        return width > 0 && height > 0 ? Optional.of(new Size(width, height).bounded()) : Optional.empty();
    }
}
