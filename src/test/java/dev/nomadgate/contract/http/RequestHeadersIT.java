package dev.nomadgate.contract.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nomadgate.contract.GateUnderTest;
import dev.nomadgate.contract.containers.ContainerKind;
import dev.nomadgate.standin.RawHttp;
import dev.nomadgate.standin.RecordedRequest;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Nomad gets of a request's header. */
class RequestHeadersIT extends HttpContract {

    RequestHeadersIT(ContainerKind kind) {
        super(GateUnderTest.shared(kind));
    }

    @BeforeEach
    void nomadTakesAnything() {
        nomad.script("/x", OK);
    }

    @Test
    void fieldsOfTheClientsConnectionAreDropped() throws IOException {
        RecordedRequest received = receivedWith(
                "Connection: close, X-Mine,x-other , Keep-Alive", "X-Mine: 1", "X-OTHER: 2", "Keep-Alive: timeout=5",
                "TE: trailers", "Trailer: X-T", 
                // Jetty itself refuses these outside of a proper upgrade.
                gate.kind().isTomcat() ? "Upgrade: h2c" : "X-Nothing: 1",
                gate.kind().isTomcat() ? "HTTP2-Settings: AAMAAABkAAQAAP__" : "X-Nothing: 2",
                "Proxy-Connection: keep-alive", "Proxy-Authorization: Basic eDp5", "Proxy-Authenticate: Basic",
                "X-Kept: 3");
        assertThat(received.headers()).extracting(Map.Entry::getKey).map(String::toLowerCase).doesNotContain(
                "connection", "x-mine", "x-other", "keep-alive", "te", "trailer", "upgrade", "http2-settings",
                "proxy-connection", "proxy-authorization", "proxy-authenticate", "transfer-encoding");
        assertThat(received.headers("X-Kept")).containsExactly("3");
    }

    /** Nomad answers 101 to an upgrade on any endpoint, and hangs. */
    @ParameterizedTest
    @ValueSource(strings = {"websocket", "h2c", "TLS/1.0, websocket"})
    void noUpgradeIsForwardedOutsideOfExec(String protocol) throws IOException {
        RecordedRequest received = receivedWith("Connection: Upgrade", "Upgrade: " + protocol,
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version: 13");
        assertThat(received.headers("Upgrade")).isEmpty();
        assertThat(received.headers("Connection")).isEmpty();
    }

    @Test
    void theClientCannotHaveTheGatesOwnFieldsDropped() throws IOException {
        RecordedRequest received = receivedWith("Connection: Host, X-Forwarded-For, Via, Content-Length");
        assertThat(received.headers("Host")).containsExactly(nomad.address().getAuthority());
        assertThat(received.headers("X-Forwarded-For")).containsExactly("127.0.0.1");
    }

    @Test
    void hostAndOriginAreTheServersOwn() throws IOException {
        RecordedRequest received = receivedWith("Origin: http://foreign.example", "Origin: null");
        assertThat(received.headers("Host")).containsExactly(nomad.address().getAuthority());
        assertThat(received.headers("Origin")).containsExactly(nomad.address().toString());
        nomad.clear();
        assertThat(receivedWith().headers("Origin")).isEmpty();
    }

    @Test
    void forwardingFieldsOfAnUntrustedClientAreReplaced() throws IOException {
        RecordedRequest received = receivedWith("X-Forwarded-For: 203.0.113.9", "X-Forwarded-For: 203.0.113.10",
                "X-Forwarded-Proto: https", "X-Forwarded-Host: evil.example", "X-Forwarded-Port: 443",
                "Forwarded: for=203.0.113.9;proto=https;host=evil.example", "X-Real-IP: 203.0.113.9");
        assertThat(received.headers("X-Forwarded-For")).containsExactly("127.0.0.1");
        assertThat(received.headers("X-Forwarded-Proto")).containsExactly("http");
        assertThat(received.headers("X-Forwarded-Host")).containsExactly("127.0.0.1:" + gate.port());
        assertThat(received.headers("X-Forwarded-Port")).containsExactly(Integer.toString(gate.port()));
        assertThat(received.headers("Forwarded"))
                .containsExactly("for=127.0.0.1;proto=http;host=\"127.0.0.1:" + gate.port() + "\"");
        assertThat(received.headers("X-Real-IP")).isEmpty();
    }

    @Test
    void tokensPass() throws IOException {
        RecordedRequest received = receivedWith("X-Nomad-Token: 7d5e", "Authorization: Bearer ey.J", "Cookie: a=b; c=d",
                "X-Nomad-CSI-Secrets: a=b,c=d");
        assertThat(received.headers("X-Nomad-Token")).containsExactly("7d5e");
        assertThat(received.headers("Authorization")).containsExactly("Bearer ey.J");
        assertThat(received.headers("Cookie")).containsExactly("a=b; c=d");
        assertThat(received.headers("X-Nomad-CSI-Secrets")).containsExactly("a=b,c=d");
    }

    @Test
    void repeatedAndOddFieldsPassAsTheyAre() throws IOException {
        RecordedRequest received = receivedWith("X-Twice: 1", "x-twice: 2, 3", "X-Empty:", "X-Odd!#$%&'*+.^_`|~9: \"q,\\\"\" ;",
                "If-None-Match: W/\"a,b\", \"c\"", "Accept: text/html;q=0.5, */*", "X-Latin: caf\u00e9",
                "Accept-Language: de", "Range: bytes=0-1", "Content-Type: application/json;  charset=UTF-8");
        assertThat(received.headers("X-Twice")).containsExactly("1", "2, 3");
        assertThat(received.headers("X-Empty")).containsExactly("");
        assertThat(received.headers("X-Odd!#$%&'*+.^_`|~9")).containsExactly("\"q,\\\"\" ;");
        assertThat(received.headers("If-None-Match")).containsExactly("W/\"a,b\", \"c\"");
        assertThat(received.headers("Accept")).containsExactly("text/html;q=0.5, */*");
        assertThat(received.headers("X-Latin")).containsExactly("caf\u00e9");
        assertThat(received.headers("Range")).containsExactly("bytes=0-1");
        assertThat(received.headers("Content-Type")).containsExactly("application/json;  charset=UTF-8");
        assertThat(received.headers("Transfer-Encoding")).isEmpty();
    }

    /** Via is what RFC 9110 section 7.6.3 asks of a gateway; the rest says who the client is. */
    @Test
    void nothingElseIsAdded() throws IOException {
        assertThat(receivedWith().headers()).extracting(Map.Entry::getKey).containsExactlyInAnyOrder("Host",
                "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Forwarded-Port", "Forwarded", "X-Request-Id",
                "Via");
        nomad.clear();
        assertThat(receivedWith("Via: 1.0 first").headers("Via")).containsExactly("1.0 first, 1.1 nomad-gate");
    }

    @Test
    void anUnknownHostIsNotForwarded() throws IOException {
        assertThat(send("GET /x HTTP/1.0\r\n\r\n").status()).isEqualTo(200);
        assertThat(received("/x").headers("X-Forwarded-Host")).isEmpty();
    }

    private RecordedRequest receivedWith(String... fields) throws IOException {
        RawHttp.Response response = get("/x", fields);
        assertThat(response.status()).as(response.text()).isEqualTo(200);
        return received("/x");
    }
}
