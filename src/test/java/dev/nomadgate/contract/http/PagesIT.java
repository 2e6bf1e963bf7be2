package dev.nomadgate.contract.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nomadgate.contract.GateUnderTest;
import dev.nomadgate.contract.containers.ContainerKind;
import dev.nomadgate.standin.RawHttp;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The gate's own pages in a container without a realm: for who is on this machine. */
class PagesIT extends HttpContract {

    /** Stands in the page, and in no refusal. */
    static final String PAGE = "<title>Live";

    PagesIT(ContainerKind kind) {
        super(GateUnderTest.shared(kind));
    }

    @Test
    void areFilesThatOnlyTheGateItselfMayFrameOrFeed() throws IOException {
        RawHttp.Response page = get("/gate/");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text()).contains(PAGE);
        assertThat(page.header("Content-Type")).isEqualToIgnoringCase("text/html;charset=utf-8");
        assertThat(page.header("Content-Security-Policy")).contains("default-src 'none'", "script-src 'self'",
                "frame-ancestors 'none'", "form-action 'self'");
        assertThat(page.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(page.header("Cache-Control")).isEqualTo("no-cache");
        assertThat(get("/gate/", "If-None-Match: " + page.header("ETag")).status()).isEqualTo(304);
        assertThat(get("/gate/index.html").body()).isEqualTo(page.body());
        assertThat(get("/gate/style.css").header("Content-Type")).startsWith("text/css");
        assertThat(get("/gate/live.js").header("Content-Type")).startsWith("text/javascript");
        assertThat(send(request("POST", "/gate/live.js", "X-Nomad-Gate: 1", "Content-Length: 0")).status()).isEqualTo(405);
        assertThat(nomad.requests()).isEmpty();
    }

    @Test
    void haveASlashAtTheEndOfTheirAddress() throws IOException {
        RawHttp.Response answer = get("/gate");
        assertThat(answer.status()).isEqualTo(307);
        assertThat(answer.header("Location")).isEqualTo("gate/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/gate/nothing", "/gate/live.js/", "/gate/../gate/x", "/gate/web.xml", "/gate/%2e%2e%2fWEB-INF/web.xml",
        "/gate/..%2fWEB-INF/web.xml", "/gate/api/sessions/", "/gate/api/sessions/x", "/gate/api/state/x", "/gate/lib/",
        "/gate/health/", "/gate/health/x"})
    void areTheseAndNoOthers(String target) throws IOException {
        assertThat(get(target).status()).as(target).isIn(400, 404);
        assertThat(nomad.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host: gate.example", "Host: 192.0.2.1", "X-Forwarded-For: 127.0.0.1", "Forwarded: for=127.0.0.1",
        "X-Real-IP: 192.0.2.7", "Via: 1.1 somebody", "X-Forwarded: x", "x-forwarded-prefix: /x", "X-Client-IP: 127.0.0.1",
        "CF-Connecting-IP: 127.0.0.1"})
    void areForNobodyElse(String field) throws IOException {
        String host = field.startsWith("Host:") ? field : "Host: localhost\r\n" + field;
        for (String path : List.of("/gate/", "/gate/live.js", "/gate/api/state", "/gate/api/which?address=::1", "/gate/nothing")) {
            RawHttp.Response answer = send("GET " + path + " HTTP/1.1\r\n" + host + "\r\nConnection: close\r\n\r\n");
            assertThat(answer.status()).as(path).isEqualTo(403);
            assertThat(answer.text()).contains("this machine", "gate-realm", "tomcat-users.xml", "gate-viewer")
                    .doesNotContain(PAGE);
        }
        assertThat(send("GET /gate/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").status()).isEqualTo(200);
    }

    /** As nginx sends, if it is told no more than {@code proxy_pass}. */
    @Test
    void areForNobodyWhoseProxySaysNothingOfItself() throws IOException {
        RawHttp.Response answer = send("GET /gate/ HTTP/1.0\r\nHost: 127.0.0.1:" + gate.port() + "\r\nConnection: close\r\n\r\n");
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text()).contains("HTTP/1.0", "gate-realm").doesNotContain(PAGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/gate;x/", "//gate/", "/gate/;x", "/gate/%2e", "/gate/.", "/gate/./", "/%67ate/", "/gate%2f", "/gate//",
        "/GATE/", "/x/../gate/", "/gate/index.html;x=y", "/gate/x/..;/", "/./gate/", "/gate/api;x/state", "/gate/api/state;x",
        "/gate/api//state", "/gate\\", "/gate/%61pi/state", "/gate/api/state%3f", "/gate/api/state/", "/gate/api/state%00"})
    void areForNobodyElseHoweverTheyAreSpelled(String target) throws IOException {
        RawHttp.Response answer = send("GET " + target + " HTTP/1.1\r\nHost: gate.example\r\nConnection: close\r\n\r\n");
        assertThat(answer.text()).doesNotContain(PAGE, "\"sessions\"");
        assertThat(answer.status()).isIn(307, 400, 403, 404);
    }

    @ParameterizedTest
    @CsvSource({"live", "ready"})
    void tellEverybodyHowTheGateIs(String what) throws IOException {
        String target = "/gate/health/" + what;
        RawHttp.Response answer = send("GET " + target + " HTTP/1.1\r\nHost: gate.example\r\nX-Forwarded-For: 192.0.2.7\r\n"
                + "Connection: close\r\n\r\n");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo(what + "\n");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        try (RawHttp http = connect()) {
            assertThat(http.expectNoBody().write(request("HEAD", target)).readResponse().status()).isEqualTo(200);
        }
        assertThat(send(request("POST", target, "Content-Length: 0", "Connection: close")).status()).isEqualTo(405);
        assertThat(nomad.requests()).isEmpty();
    }

    @Test
    void tellTheStateOfTheGate() throws IOException {
        RawHttp.Response answer = get("/gate/api/state");
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.text()).contains("\"version\":\"1.0.0", "\"mayEndSessions\":true",
                "\"address\":\"" + nomad.address() + "\"");
        // Another class may have left the server in disgrace, for seconds.
        await().untilAsserted(() -> assertThat(get("/gate/api/state").text()).contains("\"available\":true"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.7", "2001:db8::7", "::ffff:192.0.2.7"})
    void tellWhichServerAnAddressWouldGet(String address) throws IOException {
        RawHttp.Response answer = get("/gate/api/which?address=" + address);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).contains("\"server\":\"" + nomad.address() + "\"", "\"taken\":true", "\"point\":0");
    }

    @ParameterizedTest
    @CsvSource({"'', missing", "?address=, empty", "?address=localhost, localhost", "?address=127.1, 127.1",
        "?address=<script>, <script>", "?address=1.2.3.4%0a5, 1.2.3.4?5"})
    void tellOfABadAddressByItsName(String query, String named) throws IOException {
        RawHttp.Response answer = get("/gate/api/which" + query.replace("<", "%3C").replace(">", "%3E"));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).contains(named, "192.0.2.7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Other: 1", "Content-Type: application/json", "X-Nomad-Gate:",
        "X-Nomad-Gate: 1\r\nOrigin: http://evil.example", "X-Nomad-Gate: 1\r\nSec-Fetch-Site: cross-site",
        "X-Nomad-Gate: 1\r\nSec-Fetch-Site: same-site\r\nOrigin: http://127.0.0.1:{port}", "X-Nomad-Gate: 1\r\nOrigin: null",
        "X-Nomad-Gate: 1\r\nSec-Fetch-Site: none"})
    void letNoOtherPageEndASession(String fields) throws IOException {
        RawHttp.Response answer = send(request("POST", "/gate/api/sessions/x/end", "Content-Length: 0", "Connection: close",
                fields.replace("{port}", Integer.toString(gate.port()))));
        assertThat(answer.status()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Nomad-Gate: 1", "X-Nomad-Gate: 1\r\nOrigin: http://127.0.0.1:{port}",
        "X-Nomad-Gate: 1\r\nSec-Fetch-Site: same-origin\r\nOrigin: http://127.0.0.1:{port}"})
    void letTheirOwnEndOneThatIsThere(String fields) throws IOException {
        RawHttp.Response answer = send(request("POST", "/gate/api/sessions/x/end", "Content-Length: 0", "Connection: close",
                fields.replace("{port}", Integer.toString(gate.port()))));
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.text()).contains("no such session");
        assertThat(get("/gate/api/sessions/x/end").status()).isEqualTo(405);
    }
}
