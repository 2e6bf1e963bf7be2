package dev.nomadgate.exec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.nomadgate.client.Arrivals;
import dev.nomadgate.proxy.HopByHop;
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

    /**
     * {@code X-Nomad-Token}, else {@code Authorization: Bearer}, as Nomad gets and reads them (command/agent/http.go,
     * parseToken): a field that {@code Connection} nominates does not get there, and a bearer's token is one word.
     */
    static Optional<String> of(HttpServletRequest request) {
        HopByHop hopByHop = HopByHop.of(Arrivals.values(request, "Connection"));
        return first(request, "X-Nomad-Token", hopByHop).map(String::strip)
                .or(() -> first(request, "Authorization", hopByHop).flatMap(HandshakeToken::bearer))
                .filter(token -> !token.isEmpty());
    }

    private static Optional<String> first(HttpServletRequest request, String name, HopByHop hopByHop) {
        return hopByHop.contains(name) ? Optional.empty()
                : Arrivals.values(request, name).stream().findFirst().filter(value -> !value.isEmpty());
    }

    private static Optional<String> bearer(String value) {
        int blank = value.indexOf(' ');
        return blank == BEARER.length() && value.substring(0, blank).equalsIgnoreCase(BEARER)
                ? Optional.of(value.substring(blank).strip().split(" ", 2)[0]) : Optional.empty();
    }

    /**
     * The token in a session's first message, read as Go's {@code encoding/json} does: names in any case, of several the
     * last, and nothing behind the object.
     *
     * @throws IOException if it is not JSON
     */
    static Optional<String> of(String message) throws IOException {
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
        }
        return Optional.of(token).filter(found -> !found.isEmpty());
    }
}
