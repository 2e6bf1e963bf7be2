package dev.nomadgate.contract.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nomadgate.contract.GateUnderTest;
import dev.nomadgate.contract.containers.ContainerKind;
import dev.nomadgate.standin.RawHttp;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The context path is taken off on the way in and put on on the way out; and what the gate itself serves below it. */
class ContextPathIT extends HttpContract {

    private static final String AT = "/nomad-gate";
    private static final String SCRIPT = AT + "/gate/prefix.js";

    ContextPathIT(ContainerKind kind) {
        super(GateUnderTest.shared(kind, AT));
    }

    @ParameterizedTest
    @CsvSource({
        "/ui/, /nomad-gate/ui/", "/nomad-gate/ui/, /nomad-gate/nomad-gate/ui/", "{nomad}/ui/, /nomad-gate/ui/",
        "{nomad}//evil.example/, /nomad-gate//evil.example/", "./, ./", "ui/?a=b, ui/?a=b", "//other.example/x, //other.example/x",
        "https://other.example/ui/, https://other.example/ui/"})
    void locations(String sent, String expected) throws IOException {
        String location = sent.replace("{nomad}", nomad.address().toString());
        RawHttp.Response response = answered("307 Temporary Redirect", "Location: " + location, "Content-Location: " + location);
        assertThat(response.headers("Location")).containsExactly(expected);
        assertThat(response.headers("Content-Location")).containsExactly(expected);
    }

    @Test
    void refreshAndCookies() throws IOException {
        RawHttp.Response response = answered("200 OK", "Refresh: 0; URL='/ui/'", "Set-Cookie: a=b; Path=/; HttpOnly",
                "Set-Cookie: c=d; Max-Age=5", "Set-Cookie: e=f;path=/ui;SameSite=Lax", "Link: </ui/x>; rel=preload");
        assertThat(response.headers("Refresh")).containsExactly("0; URL='/nomad-gate/ui/'");
        assertThat(response.headers("Set-Cookie")).containsExactly("a=b; Path=/nomad-gate/; HttpOnly", "c=d; Max-Age=5",
                "e=f;path=/nomad-gate/ui;SameSite=Lax");
        assertThat(response.headers("Link")).containsExactly("</ui/x>; rel=preload");
    }

    private RawHttp.Response answered(String status, String... fields) throws IOException {
        String text = Arrays.stream(fields).map(field -> field + "\r\n").collect(Collectors.joining());
        nomad.script("/x", (request, wire) -> wire.write("HTTP/1.1 " + status + "\r\n" + text + "Content-Length: 0\r\n\r\n"));
        return get(AT + "/x");
    }

    /** A container that takes it for the same context path must not get an address of another host out of it. */
    @ParameterizedTest
    @ValueSource(strings = {"//nomad-gate", "/%6eomad-gate", "/./nomad-gate", "/x/../nomad-gate", "/nomad-gatex/../nomad-gate",
        "/nomad-gate;a=b"})
    void aClientMaySpellItAsItLikes(String spelling) throws IOException {
        nomad.script("/v1/moved", (request, wire) -> wire.write("HTTP/1.1 307 Temporary Redirect\r\nLocation: /ui/\r\n"
                + "Set-Cookie: a=b; Path=/\r\nContent-Length: 0\r\n\r\n"));
        RawHttp.Response response = get(spelling + "/v1/moved");
        if (response.status() == 404) {
            assertThat(nomad.requests()).isEmpty();
        } else {
            assertThat(received("/v1/moved").rawTarget()).isEqualTo("/v1/moved");
            assertThat(response.headers("Location")).containsExactly("/nomad-gate/ui/");
            assertThat(response.headers("Set-Cookie")).containsExactly("a=b; Path=/nomad-gate/");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/"})
    void theContextPathItselfLeadsToTheUi(String end) throws IOException {
        String at = AT + end;
        for (int i = 0; i < 3 && !at.equals("/nomad-gate/ui/"); i++) {
            RawHttp.Response response = get(at);
            assertThat(response.status()).isBetween(301, 308);
            at = response.header("Location").replaceFirst("^http://127\\.0\\.0\\.1:\\d+", "");
        }
        assertThat(at).isEqualTo("/nomad-gate/ui/");
    }

    @Test
    void theScriptIsServedToBrowsersThatCheckItEachTime() throws IOException {
        RawHttp.Response response = get(SCRIPT);
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("Content-Type").replace(" ", "")).isEqualTo("text/javascript;charset=utf-8");
        assertThat(response.headers("X-Content-Type-Options")).containsExactly("nosniff");
        assertThat(response.headers("Cache-Control")).containsExactly("no-cache");
        assertThat(response.headers("ETag")).singleElement().asString().startsWith("\"");
        assertThat(response.body()).isEqualTo(
                getClass().getResourceAsStream("/dev/nomadgate/ui/prefix.js").readAllBytes());
        try (RawHttp http = connect()) {
            RawHttp.Response known = http.write(request("GET", SCRIPT, "If-None-Match: " + response.header("ETag"))).readResponse();
            assertThat(known.status()).isEqualTo(304);
            assertThat(known.headers("ETag")).isEqualTo(response.headers("ETag"));
            RawHttp.Response head = http.expectNoBody().write(request("HEAD", SCRIPT)).readResponse();
            assertThat(head.headers("Content-Length")).isEqualTo(response.headers("Content-Length"));
            assertThat(http.write(request("GET", SCRIPT)).readResponse().body()).isEqualTo(response.body());
        }
        assertThat(nomad.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "BREW"})
    void theScriptCanOnlyBeRead(String method) throws IOException {
        RawHttp.Response response = send(request(method, SCRIPT, "Content-Length: 4", "Connection: close") + "body");
        assertThat(response.status()).isEqualTo(405);
        assertThat(response.headers("Allow")).containsExactly("GET, HEAD");
        assertThat(nomad.requests()).isEmpty();
    }
}
