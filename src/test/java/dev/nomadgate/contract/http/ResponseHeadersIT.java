package dev.nomadgate.contract.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nomadgate.contract.GateUnderTest;
import dev.nomadgate.contract.containers.ContainerKind;
import dev.nomadgate.standin.RawHttp;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the client gets of an answer's header. */
class ResponseHeadersIT extends HttpContract {

    ResponseHeadersIT(ContainerKind kind) {
        super(GateUnderTest.shared(kind));
    }

    @Test
    void fieldsOfNomadsConnectionAreDropped() throws IOException {
        RawHttp.Response response = answered("200 OK", "Connection: keep-alive, X-Mine", "Connection: x-other",
                "X-Mine: 1", "X-Other: 2", "Keep-Alive: timeout=7", "Proxy-Authenticate: Basic", "Trailer: X-T",
                "Upgrade: h2c", "X-Kept: 3", "Content-Length: 0");
        assertThat(response.headers()).extracting(Map.Entry::getKey).map(String::toLowerCase).doesNotContain(
                "x-mine", "x-other", "proxy-authenticate", "trailer", "upgrade");
        assertThat(response.headers("Keep-Alive")).doesNotContain("timeout=7");
        assertThat(response.headers("X-Kept")).containsExactly("3");
    }

    @Test
    void everythingElseIsUntouched() throws IOException {
        RawHttp.Response response = answered("200 OK", "X-Nomad-Index: 1234", "X-Nomad-KnownLeader: true",
                "X-Nomad-LastContact: 0", "Set-Cookie: a=b; Path=/; Expires=Wed, 21 Oct 2026 07:28:00 GMT",
                "Set-Cookie: c=d", "Vary: Accept-Encoding, Origin", "vary: Accept", "ETag: W/\"a,\\b\"",
                "Cache-Control: no-cache,  max-age=0", "Date: Sun, 06 Nov 1994 08:49:37 GMT", "Server: nomad",
                "WWW-Authenticate: Basic realm=\"a, b\", Bearer", "X-Empty:", "X-Latin: caf\u00e9",
                "Content-Security-Policy: default-src 'none'; connect-src *", "Content-Encoding: x-own",
                "Content-Language: de-AT", "Access-Control-Allow-Origin: *", "Content-Length: 0");
        assertThat(response.headers("X-Nomad-Index")).containsExactly("1234");
        assertThat(response.headers("X-Nomad-KnownLeader")).containsExactly("true");
        assertThat(response.headers("X-Nomad-LastContact")).containsExactly("0");
        assertThat(response.headers("Set-Cookie"))
                .containsExactly("a=b; Path=/; Expires=Wed, 21 Oct 2026 07:28:00 GMT", "c=d");
        assertThat(response.headers("Vary")).containsExactly("Accept-Encoding, Origin", "Accept");
        assertThat(response.headers("ETag")).containsExactly("W/\"a,\\b\"");
        assertThat(response.headers("Cache-Control")).containsExactly("no-cache,  max-age=0");
        assertThat(response.headers("Date")).containsExactly("Sun, 06 Nov 1994 08:49:37 GMT");
        assertThat(response.headers("Server")).containsExactly("nomad");
        assertThat(response.headers("WWW-Authenticate")).containsExactly("Basic realm=\"a, b\", Bearer");
        assertThat(response.headers("X-Empty")).containsExactly("");
        assertThat(response.headers("X-Latin")).containsExactly("caf\u00e9");
        assertThat(response.headers("Content-Security-Policy")).containsExactly("default-src 'none'; connect-src *");
        assertThat(response.headers("Content-Encoding")).containsExactly("x-own");
        assertThat(response.headers("Content-Language")).containsExactly("de-AT");
        assertThat(response.headers("Access-Control-Allow-Origin")).containsExactly("*");
        assertThat(response.headers("Content-Length")).containsExactly("0");
    }

    @Test
    void nothingIsAdded() throws IOException {
        assertThat(answered("200 OK", "Content-Length: 0").headers()).extracting(Map.Entry::getKey)
                .filteredOn(name -> !name.equals("Date") && !name.equals("Server"))
                .containsExactlyInAnyOrder("Content-Length", "Connection", "X-Request-Id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html; charset=utf-8", "text/plain;charset=ISO-8859-1", "application/json",
        "application/json; charset=UTF-8", "image/svg+xml", "odd",
        "multipart/form-data; boundary=\"a b\"", "text/css; charset=\"utf-8\""})
    void contentTypeIsUntouched(String type) throws IOException {
        String got = answered("200 OK", "Content-Type: " + type, "Content-Length: 0").header("Content-Type");
        // Parsers write it anew, with their own idea of blanks, quotes and the case of charset names.
        assertThat(loose(got)).isEqualTo(loose(type));
    }

    private static String loose(String type) {
        return type.replaceAll("[ \"]", "").toLowerCase(Locale.ROOT);
    }

    @ParameterizedTest
    @CsvSource({
        "200 OK", "201 Created", "202 Accepted", "206 Partial Content", "301 Moved Permanently", "307 Temporary Redirect",
        "400 Bad Request", "401 Unauthorized", "403 Forbidden", "404 Not Found", "405 Method Not Allowed",
        "429 Too Many Requests", "500 Internal Server Error", "501 Not Implemented", "503 Service Unavailable", "599 Odd"})
    void nomadsStatusAndBodyPass(String status) throws IOException {
        RawHttp.Response response = answered(status, "Content-Length: 4", "Content-Type: text/plain", "X-Nomad: 1", "", "body");
        assertThat(response.status()).isEqualTo(Integer.parseInt(status.substring(0, 3)));
        assertThat(response.text()).isEqualTo("body");
        assertThat(response.bodyComplete()).isTrue();
    }

    @Test
    void aHeadAnswerKeepsItsLengthAndHasNoBody() throws IOException {
        nomad.script("/x", (request, wire) -> wire.write(
                "HTTP/1.1 200 OK\r\nContent-Length: 12345\r\nX-Nomad-Index: 7\r\n\r\n"));
        try (RawHttp http = connect()) {
            for (int i = 0; i < 2; i++) {
                RawHttp.Response response = http.expectNoBody().write(request("HEAD", "/x")).readResponse();
                assertThat(response.status()).isEqualTo(200);
                assertThat(response.headers("Content-Length")).containsExactly("12345");
                assertThat(response.headers("X-Nomad-Index")).containsExactly("7");
            }
        }
    }

    @Test
    void aHeadAnswerOfUnknownLengthHasNoBody() throws IOException {
        nomad.script("/x", (request, wire) -> wire.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"));
        nomad.script("/y", OK);
        try (RawHttp http = connect()) {
            assertThat(http.expectNoBody().write(request("HEAD", "/x")).readResponse().status()).isEqualTo(200);
            assertThat(http.write(request("GET", "/y")).readResponse().status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource({"204 No Content", "304 Not Modified"})
    void anAnswerThatHasNoBodyGetsNone(String status) throws IOException {
        nomad.script("/x", (request, wire) -> wire.write(
                "HTTP/1.1 " + status + "\r\nETag: \"1\"\r\nX-Nomad-Index: 7\r\n\r\n"));
        try (RawHttp http = connect()) {
            for (int i = 0; i < 2; i++) {
                RawHttp.Response response = http.write(request("GET", "/x")).readResponse();
                assertThat(response.status()).isEqualTo(Integer.parseInt(status.substring(0, 3)));
                assertThat(response.headers("ETag")).containsExactly("\"1\"");
                assertThat(response.headers("Transfer-Encoding")).isEmpty();
            }
        }
    }

    @Test
    void aNotModifiedAnswerMayNameALength() throws IOException {
        nomad.script("/x", (request, wire) -> wire.write("HTTP/1.1 304 Not Modified\r\nContent-Length: 99\r\n\r\n"));
        try (RawHttp http = connect()) {
            for (int i = 0; i < 2; i++) {
                assertThat(http.write(request("GET", "/x")).readResponse().status()).isEqualTo(304);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
        "{nomad}/ui/, /ui/", "{nomad}, /", "{nomad}/v1/job/a%2Fb?x=%zz#f, /v1/job/a%2Fb?x=%zz#f",
        "{nomad}//evil.example/, -", "{nomad}?x=[], /?x=[]",
        "/ui/, -", "./, -", "ui/?a=b, -", "//other.example/x, -", "https://other.example:4646/ui/, -",
        "http://127.0.0.1:1/ui/, -", "https{nomad-authority}/ui/, -", "not a uri <>, -"})
    void aLocationThatNamesTheServerBecomesTheGatesOwn(String sent, String expected) throws IOException {
        String location = sent.replace("{nomad}", nomad.address().toString())
                .replace("{nomad-authority}", "://" + nomad.address().getAuthority());
        for (String field : new String[] {"Location", "Content-Location"}) {
            String got = answered("307 Temporary Redirect", field + ": " + location, "Content-Length: 0").header(field);
            if (sent.equals("{nomad}//evil.example/")) {
                // A path of two slashes would read as another host.
                assertThat(got).doesNotStartWith("//");
            } else {
                assertThat(got).isEqualTo(expected == null ? location : expected);
            }
        }
    }

    private RawHttp.Response answered(String status, String... lines) throws IOException {
        String text = String.join("\r\n", lines);
        nomad.script("/x", (request, wire) ->
                wire.write("HTTP/1.1 " + status + "\r\n" + text + (text.contains("\r\n\r\n") ? "" : "\r\n\r\n")));
        return get("/x");
    }
}
