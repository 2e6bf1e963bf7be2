package dev.nomadgate.contract.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nomadgate.contract.GateUnderTest;
import dev.nomadgate.contract.containers.ContainerKind;
import dev.nomadgate.standin.RawHttp;
import dev.nomadgate.standin.RawWebSocket;
import dev.nomadgate.standin.StandInNomad;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The gate's own pages in a container with a realm: for its users, by their roles. */
class PagesRealmIT extends HttpContract {

    private static final Map<ContainerKind, StandInNomad> NOMADS = new EnumMap<>(ContainerKind.class);

    PagesRealmIT(ContainerKind kind) {
        super(gate(kind));
    }

    private static synchronized GateUnderTest gate(ContainerKind kind) {
        StandInNomad nomad = NOMADS.computeIfAbsent(kind, ignored -> StandInNomad.start());
        nomad.reset();
        return new GateUnderTest(kind.shared(GateUnderTest.options(nomad).withRealm()), nomad);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/gate/", "/gate/live.js", "/gate/api/state", "/gate/nothing", "/gate/api/sessions/x/end",
        "/gate/exec", "/gate/error", "/gate/metrics", "/gate/recordings.html", "/gate/lib/xterm.js", "/gate/api/recordings",
        "/gate/api/recordings/x.cast"})
    void askWhoItIs(String path) throws IOException {
        for (String field : List.of("X-Other: 1", "Authorization: Bearer abc", basic("nobody", ""))) {
            asked(get(path, field));
        }
    }

    /** A 401 for {@code /gate} would have browsers send the password to every address of the host, Nomad's among them. */
    @Test
    void askOnlyBelowTheirOwnPath() throws IOException {
        for (String field : List.of("X-Other: 1", basic("viewer", "viewer"))) {
            RawHttp.Response answer = get("/gate", field);
            assertThat(answer.status()).isEqualTo(307);
            assertThat(answer.header("Location")).isEqualTo("gate/");
        }
        assertThat(nomad.requests()).isEmpty();
    }

    @Test
    void takeNoWrongPassword() throws IOException {
        asked(get("/gate/style.css", basic("viewer", "wrong")));
        if (gate.kind().isTomcat()) {
            gate.awaitOutput("401 GET /gate/style.css");
        }
    }

    private void asked(RawHttp.Response answer) {
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.headers("WWW-Authenticate")).singleElement().asString()
                .containsIgnoringCase("Basic realm=\"nomad-gate\"");
        assertThat(answer.text()).doesNotContain("Exception", "\tat ", PagesIT.PAGE);
        if (gate.kind().isTomcat()) {
            // On Jetty the page is Jetty's own: its authenticator asks nobody for another.
            assertThat(answer.text()).contains("gate-viewer", "\"status\":401");
        }
    }

    @Test
    void areNotForUsersWithoutARoleOfTheGates() throws IOException {
        for (String path : List.of("/gate/", "/gate/api/state")) {
            RawHttp.Response answer = get(path, basic("guest", "guest"));
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.text()).contains("gate-viewer").doesNotContain("Exception");
        }
    }

    @Test
    void areForViewersWhereverTheyAre() throws IOException {
        RawHttp.Response page = send("GET /gate/ HTTP/1.1\r\nHost: gate.example\r\nX-Forwarded-For: 192.0.2.7\r\n"
                + basic("viewer", "viewer") + "\r\nConnection: close\r\n\r\n");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text()).contains(PagesIT.PAGE);
        assertThat(page.headers("Set-Cookie")).as("no session, which could be fixed or stolen").isEmpty();
        assertThat(get("/gate/api/state", basic("viewer", "viewer")).text())
                .contains("\"name\":\"viewer\"", "\"mayEndSessions\":false");
        assertThat(get("/gate/api/state", basic("admin", "admin")).text())
                .contains("\"name\":\"admin\"", "\"mayEndSessions\":true");
        assertThat(get("/gate/nothing", basic("viewer", "viewer")).status()).isEqualTo(404);
    }

    @Test
    void letAdminsEndSessionsAndNobodyElse() throws IOException {
        assertThat(end(basic("viewer", "viewer"), "X-Nomad-Gate: 1").status()).isEqualTo(403);
        if (gate.kind().isTomcat()) {
            gate.awaitOutput("403 POST /gate/api/sessions/x/end");
        }
        assertThat(end(basic("admin", "admin"), "X-Nomad-Gate: 1").status()).isEqualTo(404);
        assertThat(end(basic("admin", "admin")).status()).as("from a form of another site").isEqualTo(403);
        assertThat(end(basic("admin", "admin"), "X-Nomad-Gate: 1", "Origin: http://evil.example").status()).isEqualTo(403);
    }

    @Test
    void letAdminsSeeRecordingsAndNobodyElse() throws IOException {
        for (String path : List.of("/gate/api/recordings", "/gate/api/recordings/x.cast", "/gate/api;x/recordings",
                "/gate//api/recordings", "/gate/%61pi/recordings")) {
            RawHttp.Response answer = get(path, basic("viewer", "viewer"));
            assertThat(answer.status()).as(path).isIn(403, 404);
            assertThat(answer.text()).doesNotContain("\"recordings\"");
        }
        assertThat(get("/gate/api/recordings", basic("admin", "admin")).status()).isNotIn(401, 403);
    }

    @Test
    void sayWhoEndedASession() throws IOException {
        String target = "/v1/client/allocation/" + StandInNomad.ECHO_ALLOC + "/exec?task=web&command=%5B%22top%22%5D";
        try (RawWebSocket session = RawWebSocket.open("127.0.0.1", gate.port(), target, Map.of())) {
            String state = get("/gate/api/state", basic("viewer", "viewer")).text();
            assertThat(state).contains("\"command\":[\"top\"]", "\"task\":\"web\"", "\"client\":\"127.0.0.1\"");
            String id = state.replaceFirst(".*\"sessions\":\\[\\{\"id\":\"([^\"]+).*", "$1");
            RawHttp.Response answer = send(request("POST", "/gate/api/sessions/" + id + "/end", "Content-Length: 0",
                    "Connection: close", "X-Nomad-Gate: 1", basic("admin", "admin")));
            assertThat(answer.status()).isEqualTo(200);
            assertThat(session.readClose(Duration.ofSeconds(10)).isClose()).isTrue();
            gate.awaitOutput(id + " is ended by admin from 127.0.0.1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/gate;x/", "//gate/", "/gate/;x", "/gate/%2e", "/gate/.", "/gate/./", "/%67ate/", "/gate%2f", "/gate//",
        "/GATE/", "/x/../gate/", "/gate/index.html;x=y", "/gate/x/..;/", "/./gate/", "/gate/api;x/state", "/gate/api/state;x",
        "/gate/api//state", "/gate\\", "/gate/%61pi/state", "/gate/api/state%3f", "/gate/api/state/", "/gate/api/state%00"})
    void areForNobodyElseHoweverTheyAreSpelled(String target) throws IOException {
        RawHttp.Response answer = get(target);
        assertThat(answer.text()).doesNotContain(PagesIT.PAGE, "\"sessions\"");
        assertThat(answer.status()).isIn(307, 400, 401, 403, 404);
    }

    @Test
    void leaveOpenWhatIsForEverybody() throws IOException {
        assertThat(get("/gate/health/live").status()).isEqualTo(200);
        assertThat(get("/gate/health/ready").status()).isEqualTo(200);
        assertThat(get("/gate/prefix.js").status()).isEqualTo(200);
    }

    @Test
    void leaveNomadsOwnAddressesAlone() throws IOException {
        nomad.script("/v1/x", OK);
        assertThat(get("/v1/x").status()).isEqualTo(200);
        nomad.clear();
        assertThat(get("/v1/x", "Authorization: Bearer abc").status()).isEqualTo(200);
        assertThat(received("/v1/x").headers("Authorization")).containsExactly("Bearer abc");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Authorization: Basic dmlld2VyOnZpZXdlcg==", "authorization: bAsIc dmlld2VyOndyb25n",
        "Authorization: Basic", "Authorization:   basic dmlld2VyOnZpZXdlcg==", "Authorization:   basic   x"})
    void keepTheirPasswordsFromNomad(String field) throws IOException {
        nomad.script("/v1/x", OK);
        assertThat(get("/v1/x", field).status()).isEqualTo(200);
        assertThat(received("/v1/x").headers("Authorization")).isEmpty();
        nomad.clear();
        String target = "/v1/client/allocation/" + StandInNomad.ECHO_ALLOC + "/exec?task=web&command=%5B%22top%22%5D";
        String[] line = field.split(":", 2);
        try (RawWebSocket session = RawWebSocket.open("127.0.0.1", gate.port(), target, Map.of(line[0], line[1].strip()))) {
            assertThat(received(target).headers("Authorization")).isEmpty();
        }
    }

    private RawHttp.Response end(String... fields) throws IOException {
        String[] all = new String[fields.length + 2];
        System.arraycopy(fields, 0, all, 2, fields.length);
        all[0] = "Content-Length: 0";
        all[1] = "Connection: close";
        return send(request("POST", "/gate/api/sessions/x/end", all));
    }

    private static String basic(String name, String password) {
        return "Authorization: Basic " + Base64.getEncoder()
                .encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
    }
}
