package dev.nomadgate.exec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.nomadgate.client.Arrivals;
import dev.nomadgate.session.Json;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Optional;

/** The token that Nomad will take a session's user by, found where Nomad looks for it. */
final class HandshakeToken {

    private static final String NAME = "auth_token";
    private static final String BEARER = "bearer";

    private HandshakeToken() {
    }

    /** {@code X-Nomad-Token}, else {@code Authorization: Bearer}, as Nomad reads them (command/agent/http.go). */
    static Optional<String> of(HttpServletRequest request) {
        return Arrivals.values(request, "X-Nomad-Token").stream().findFirst().filter(value -> !value.isEmpty())
                .map(String::strip)
                .or(() -> Arrivals.values(request, "Authorization").stream().findFirst().flatMap(HandshakeToken::bearer))
                .filter(token -> !token.isEmpty());
    }

    private static Optional<String> bearer(String value) {
        int blank = value.indexOf(' ');
        return blank == BEARER.length() && value.substring(0, blank).equalsIgnoreCase(BEARER)
                ? Optional.of(value.substring(blank).strip()) : Optional.empty();
    }

    /**
     * The token in a session's first message, read as Go's {@code encoding/json} does: names in any case, of several the
     * last, and nothing behind the object.
     */
    static Optional<String> of(String message) {
        String token = "";
        try (JsonParser parser = Json.parser(message)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean wanted = parser.currentName().equalsIgnoreCase(NAME);
                if (parser.nextToken() == JsonToken.VALUE_STRING && wanted) {
                    token = parser.getText();
                } else {
                    parser.skipChildren();
                }
            }
        } catch (IOException e) {
            // Nomad will not understand it either, and say so.
            return Optional.empty();
        }
        return Optional.of(token).filter(found -> !found.isEmpty());
    }
}
