package dev.nomadgate.recording;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.nomadgate.session.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
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

    private static final char LONG_S = '\u017f';
    private static final char KELVIN = '\u212a';
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

    /** Reads a message as Go does, and so Nomad; empty for one that cannot be read. */
    static Optional<ExecMessage> read(String json) {
        ExecMessage message = NOTHING;
        try (JsonParser parser = Json.parser(json)) {
            JsonToken first = parser.nextToken();
            if (first != JsonToken.START_OBJECT) {
                return first == JsonToken.VALUE_NULL ? Optional.of(NOTHING) : Optional.empty();
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = folded(parser.currentName());
                parser.nextToken();
                message = message.with(name, parser);
            }
            return Optional.of(message);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private ExecMessage with(String name, JsonParser parser) throws IOException {
        return switch (name) {
            case "stdout" -> new ExecMessage(data(output, parser), errors, input, size);
            case "stderr" -> new ExecMessage(output, data(errors, parser), input, size);
            case "stdin" -> new ExecMessage(output, errors, data(input, parser), size);
            case "tty_size" -> new ExecMessage(output, errors, input, size(parser));
            default -> {
                parser.skipChildren();
                yield this;
            }
        };
    }

    /**
     * Go finds a field whatever the case of its name, by Unicode's simple folding: to ASCII lead two more characters
     * than ASCII's own, and no others, as the JDK believes.
     */
    private static String folded(String name) {
        StringBuilder folded = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            folded.append(c >= 'A' && c <= 'Z' ? (char) (c + 'a' - 'A')
                    : c == LONG_S ? 's' : c == KELVIN ? 'k' : c);
        }
        return folded.toString();
    }

    /** @param before what the same message said already: Go puts the second object of a name into the first */
    private static Optional<byte[]> data(Optional<byte[]> before, JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return Optional.empty();
        }
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw new IOException("no stream");
        }
        Optional<byte[]> data = before;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean named = folded(parser.currentName()).equals("data");
            parser.nextToken();
            if (named) {
                data = bytes(parser);
            } else {
                parser.skipChildren();
            }
        }
        return data;
    }

    /** Go takes base64 for bytes, and an array of numbers too. */
    private static Optional<byte[]> bytes(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_STRING -> Optional.of(parser.getBinaryValue());
            case VALUE_NULL -> Optional.empty();
            case START_ARRAY -> {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    // Of null Go makes whatever was there before.
                    if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT || parser.getIntValue() >>> 8 != 0) {
                        throw new IOException("no byte");
                    }
                    bytes.write(parser.getIntValue());
                }
                yield Optional.of(bytes.toByteArray());
            }
            default -> throw new IOException("no bytes");
        };
    }

    private static Optional<Size> size(JsonParser parser) throws IOException {
        int width = 0;
        int height = 0;
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return Optional.empty();
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = folded(parser.currentName());
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
