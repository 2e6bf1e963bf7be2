package dev.nomadgate.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nomadgate.played.Played;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The token by which Nomad knows a user is the one by which the gate does, however it is sent. */
class HandshakeTokenTest {

    @Test
    void theHeaderIsReadAsNomadGetsIt() {
        assertThat(token(Map.of("X-Nomad-Token", " one ", "Authorization", "Bearer two"))).contains("one");
        assertThat(token(Map.of("X-Nomad-Token", "", "Authorization", "bearer  two three"))).contains("two");
        assertThat(token(Map.of("Authorization", "Basic dHdv"))).isEmpty();
        assertThat(token(Map.of("Connection", "Upgrade, x-nomad-token", "X-Nomad-Token", "one", "Authorization", "Bearer two")))
                .as("a field that is not forwarded").contains("two");
        assertThat(token(Map.of("Connection", "Authorization", "Authorization", "Bearer two"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"version\":1,\"auth_token\":\"t\"}",
        "{\"AUTH_TOKEN\":\"t\"}",
        "{\"auth_to\u212Aen\":\"t\"}",
        "{\"auth_token\":\"x\",\"auth_token\":\"t\",\"auth_token\":null}",
        "{\"x\":{\"auth_token\":\"x\"},\"auth_token\":\"t\"} {\"auth_token\":\"x\"}"})
    void theMessageIsReadAsGoReadsIt(String message) throws IOException {
        assertThat(HandshakeToken.of(message)).contains("t");
    }

    @Test
    void nothingIsTooDeepOrTooLongForTheGateThatIsNotForNomad() throws IOException {
        String deep = "[".repeat(5000) + "]".repeat(5000);
        assertThat(HandshakeToken.of("{\"x\":" + deep + ",\"y\":" + "1".repeat(20_000) + ",\"auth_token\":\"t\"}")).contains("t");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{\"auth_token\":\"t\"", "{'auth_token':'t'}"})
    void whatIsNotJsonIsNotTakenForAMessageWithoutAToken(String message) {
        assertThatThrownBy(() -> HandshakeToken.of(message)).isInstanceOf(IOException.class);
    }

    private static Optional<String> token(Map<String, String> fields) {
        HttpServletRequest request = Played.by(HttpServletRequest.class,
                (proxy, method, arguments) -> Collections.enumeration(
                        Optional.ofNullable(fields.get((String) arguments[0])).map(List::of).orElse(List.of())));
        return HandshakeToken.of(request);
    }
}
