package dev.nomadgate.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nomadgate.config.ConfigSources;
import dev.nomadgate.config.GateConfig;
import dev.nomadgate.config.GateConfigReader;
import dev.nomadgate.played.Played;
import dev.nomadgate.played.PlayedOutput;
import dev.nomadgate.session.LiveSessions;
import dev.nomadgate.upstream.ServerPool;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What the live page is told. */
class StateServletTest {

    @Test
    void tellsOfTroublesOfTheGatesOwnBehindThoseWithServersWhileTheyLast() throws Exception {
        ServerPool pool = new ServerPool(List.of(), Duration.ZERO, (server, cause) -> "", System::nanoTime, () -> { });
        pool.replace(List.of(), List.of("nobody knows a server"));
        AtomicReference<List<String>> troubles = new AtomicReference<>(List.of("the audit log cannot be written"));
        StateServlet servlet = new StateServlet(new GateView("1", new LiveSessions(), () -> pool, List::of, Map::of,
                StateServletTest::config, troubles::get, () -> false));
        assertThat(told(servlet)).contains("\"problems\":[\"nobody knows a server\",\"the audit log cannot be written\"]");
        troubles.set(List.of());
        assertThat(told(servlet)).contains("\"problems\":[\"nobody knows a server\"]");
    }

    private static GateConfig config() {
        return GateConfigReader.read(new ConfigSources(Map.of("nomad-gate.servers.0", "http://127.0.0.1:4646"), Map.of(),
                Map.of(), ClassLoader.getPlatformClassLoader()));
    }

    private static String told(StateServlet servlet) throws Exception {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        ServletOutputStream stream = new PlayedOutput() {

            @Override
            public void write(int octet) {
                body.write(octet);
            }
        };
        HttpServletRequest request = Played.by(HttpServletRequest.class, (proxy, method, args) -> switch (method.getName()) {
            case "getMethod" -> "GET";
            case "getAttribute" -> new Caller(Optional.empty(), true);
            default -> throw new UnsupportedOperationException(method.getName());
        });
        HttpServletResponse response = Played.by(HttpServletResponse.class, (proxy, method, args) ->
                method.getName().equals("getOutputStream") ? stream : null);
        servlet.service(request, response);
        return body.toString(StandardCharsets.UTF_8);
    }
}
