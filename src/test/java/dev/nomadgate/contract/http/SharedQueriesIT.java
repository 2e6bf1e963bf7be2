package dev.nomadgate.contract.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nomadgate.contract.containers.ContainerKind;
import dev.nomadgate.standin.RawHttp;
import dev.nomadgate.standin.RecordedRequest;
import dev.nomadgate.standin.Script;
import dev.nomadgate.standin.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients that wait for the same thing. What Nomad holds, it holds for a moment here, as it does to the end of a wait. */
@ParameterizedClass(name = "{0}")
@EnumSource(names = {"JETTY_EMBEDDED", "TOMCAT_11"})
class SharedQueriesIT extends RawContract {

    private static final String QUERY = "/v1/jobs?index=7&wait=60s";
    private static final Set<String> CREDENTIALS = Set.of("x-nomad-token", "x_nomad_token", "authorization", "cookie");

    SharedQueriesIT(ContainerKind kind) {
        super(Gates.limited(kind));
    }

    @Test
    void oneQueryAnswersAllAndSurvivesWhoAskedIt() throws IOException {
        String body = "x".repeat(500_000);
        nomad.script(QUERY, (request, wire) -> {
            hold(wire, 4);
            wire.write("HTTP/1.1 200 OK\r\nX-Nomad-Index: 7\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + Integer.toHexString(body.length()) + "\r\n" + body + "\r\n0\r\n\r\n");
        });
        try (RawHttp gone = connect()) {
            gone.write(request("GET", QUERY));
            received(QUERY);
        }
        List<RawHttp> clients = new ArrayList<>();
        try (RawHttp slow = RawHttp.connect("127.0.0.1", gate.port(), 4096);
                RawHttp old = connect()) {
            slow.write(request("GET", QUERY, "User-Agent: slow"));
            old.write("GET " + QUERY + " HTTP/1.0\r\nHost: 127.0.0.1:" + gate.port() + "\r\n\r\n");
            for (int i = 0; i < 20; i++) {
                clients.add(connect().write(request("GET", QUERY, "User-Agent: " + i, "Accept-Language: " + i,
                        "X-Forwarded-For: 10.0.0." + i, "Sec-Fetch-Mode: cors")));
            }
            clients.add(old);
            clients.add(slow);
            for (RawHttp client : clients) {
                RawHttp.Response answer = client.readResponse();
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.header("X-Nomad-Index")).isEqualTo("7");
                assertThat(answer.text()).isEqualTo(body);
                assertThat(answer.bodyComplete()).isTrue();
            }
        } finally {
            clients.forEach(RawHttp::close);
        }
        assertThat(nomad.requests()).hasSize(1);
    }

    @Test
    void eachGetsItsOwnIdOfTheOneQuery() throws IOException {
        nomad.script(QUERY, (request, wire) -> {
            hold(wire, 3);
            wire.write("HTTP/1.1 200 OK\r\nX-Request-Id: nomads\r\nContent-Length: 0\r\n\r\n");
        });
        Set<String> ids = new HashSet<>();
        List<RawHttp> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 5; i++) {
                clients.add(connect().write(request("GET", QUERY, "X-Request-Id: " + i, "traceparent: 00-" + i)));
            }
            for (RawHttp client : clients) {
                RawHttp.Response answer = client.readResponse();
                assertThat(answer.headers("X-Request-Id")).singleElement().asString().hasSize(36);
                ids.add(answer.header("X-Request-Id"));
            }
        } finally {
            clients.forEach(RawHttp::close);
        }
        assertThat(ids).hasSize(5);
        assertThat(nomad.requests()).hasSize(1);
        assertThat(ids).containsAll(nomad.requests().get(0).headers("X-Request-Id"));
    }

    /** Nomad says which credentials it was asked with; every client must hear of its own and of no others. */
    @Test
    void noAnswerReachesAnybodyWithOtherCredentials() throws IOException {
        nomad.script("/v1/vars?index=7", (request, wire) -> {
            hold(wire, 2);
            String body = credentials(request.headers().stream().map(field -> field.getKey() + ": " + field.getValue()));
            wire.write("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
        });
        List<List<String>> variants = List.of(
                List.of(),
                List.of("X-Nomad-Token: a"),
                List.of("X-Nomad-Token: b"),
                List.of("X-Nomad-Token: A"),
                List.of("x-nomad-token: a"),
                List.of("X-Nomad-Token: "),
                List.of("X-Nomad-Token: a", "X-Nomad-Token: b"),
                List.of("X-Nomad-Token: b", "X-Nomad-Token: a"),
                List.of("X-Nomad-Token: a, b"),
                List.of("Authorization: Bearer a"),
                List.of("Authorization: Bearer b"),
                List.of("authorization: bearer a"),
                List.of("Authorization: Basic a"),
                List.of("X-Nomad-Token: a", "Authorization: Bearer b"),
                List.of("X-Nomad-Token: b", "Authorization: Bearer a"),
                List.of("Cookie: token=a"),
                List.of("Cookie: token=b"),
                List.of("Cookie: token=b", "X-Nomad-Token: a"),
                // Dropped, as a second spelling and since it concerns the connection only: whoever sends these is nobody.
                List.of("X_Nomad_Token: a"),
                List.of("Connection: X-Nomad-Token", "X-Nomad-Token: a"));
        List<RawHttp> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 2 * variants.size(); i++) {
                clients.add(connect().write(request(
                        "GET", "/v1/vars?index=7&wait=60s", variants.get(i % variants.size()).toArray(String[]::new))));
            }
            for (int i = 0; i < clients.size(); i++) {
                List<String> own = variants.get(i % variants.size());
                boolean nobody = own.contains("Connection: X-Nomad-Token") || own.contains("X_Nomad_Token: a");
                assertThat(clients.get(i).readResponse().text()).isEqualTo(nobody ? "" : credentials(own.stream()));
            }
        } finally {
            clients.forEach(RawHttp::close);
        }
    }

    /** Sorted by name, which means nothing; the values of one name stay as they came. */
    private static String credentials(Stream<String> fields) {
        return fields.map(field -> field.split(": ?", 2))
                .filter(field -> CREDENTIALS.contains(field[0].toLowerCase(Locale.ROOT)))
                .collect(Collectors.groupingBy(field -> field[0].toLowerCase(Locale.ROOT), TreeMap::new,
                        Collectors.mapping(field -> field[1], Collectors.joining("|")))).toString().replace("{}", "");
    }

    @Test
    void allAreToldThatNomadDied() throws IOException {
        Script dying = (request, wire) -> {
            hold(wire, 1);
            wire.close();
        };
        nomad.script("/v1/nodes?index=7", dying);
        List<RawHttp> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 10; i++) {
                clients.add(connect().write(request("GET", "/v1/nodes?index=7&wait=60s")));
            }
            for (RawHttp client : clients) {
                RawHttp.Response answer = client.readResponse();
                assertThat(answer.status()).isEqualTo(502);
                assertThat(answer.text()).contains(nomad.address().toString());
            }
        } finally {
            clients.forEach(RawHttp::close);
        }
        assertThat(get("/echo/x").status()).isEqualTo(200);
    }

    /** Pages of the UI ask without a wait, and are left. */
    @Test
    void aQueryWithoutAWaitIsGivenOneAndKeepsTheRestOfItsTarget() throws IOException {
        nomad.script("/v1/", OK);
        assertThat(get("/v1/job/team%2Fbatch?filter=[\"{x}\"]&index=7").status()).isEqualTo(200);
        RecordedRequest received = nomad.awaitRequest(request -> true);
        assertThat(received.rawTarget()).matches("/v1/job/team%2Fbatch\\?filter=\\[\"\\{x}\"]&index=7&wait=[0-9]+ms");
        assertThat(received.parameter("wait")).isNotEqualTo("0ms");

        assertThat(send(request("POST", "/v1/jobs/statuses?index=7", "Content-Length: 2", "Connection: close") + "{}").status())
                .isEqualTo(200);
        assertThat(nomad.awaitRequest(request -> request.method().equals("POST")).parameter("wait")).endsWith("ms");

        assertThat(get("/v1/job/x?index=7&wait=5m").status()).isEqualTo(200);
        received("/v1/job/x?index=7&wait=5m");
        assertThat(get("/v1/job/x").status()).isEqualTo(200);
        received("/v1/job/x");
    }

    private static void hold(Wire wire, int seconds) throws IOException {
        wire.awaitPeerClose(Duration.ofSeconds(seconds));
    }
}
