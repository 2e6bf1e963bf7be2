package dev.nomadgate.contract.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nomadgate.contract.GateUnderTest;
import dev.nomadgate.contract.containers.ContainerKind;
import dev.nomadgate.standin.RawHttp;
import dev.nomadgate.standin.RecordedRequest;
import dev.nomadgate.ui.NomadsPage;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** At the root nothing of Nomad's UI is adapted. */
class RootIT extends HttpContract {

    private static final byte[] PAGE = NomadsPage.TEXT.getBytes(UTF_8);

    RootIT(ContainerKind kind) {
        super(GateUnderTest.shared(kind));
    }

    @Test
    void nomadsPageIsItsOwnByteForByte() throws IOException {
        nomad.script("/ui/", (request, wire) -> wire.write("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
                + "Refresh: 0; url=/ui/\r\nSet-Cookie: a=b; Path=/\r\nContent-Location: /ui/\r\nETag: \"nomads\"\r\n"
                + "Accept-Ranges: bytes\r\nLast-Modified: Sun, 06 Nov 1994 08:49:37 GMT\r\nContent-Length: " + PAGE.length
                + "\r\n\r\n").write(PAGE));
        RawHttp.Response response = get("/ui/", "Accept: text/html", "Accept-Encoding: gzip, br", "Range: bytes=0-9",
                "If-None-Match: \"x\"", "If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT");
        assertThat(response.body()).isEqualTo(PAGE);
        assertThat(response.headers("Refresh")).containsExactly("0; url=/ui/");
        assertThat(response.headers("Set-Cookie")).containsExactly("a=b; Path=/");
        assertThat(response.headers("Content-Location")).containsExactly("/ui/");
        assertThat(response.headers("ETag")).containsExactly("\"nomads\"");
        assertThat(response.headers("Accept-Ranges")).containsExactly("bytes");
        assertThat(response.headers("Last-Modified")).containsExactly("Sun, 06 Nov 1994 08:49:37 GMT");
        RecordedRequest received = received("/ui/");
        assertThat(received.headers("Accept-Encoding")).containsExactly("gzip, br");
        assertThat(received.headers("Range")).containsExactly("bytes=0-9");
        assertThat(received.headers("If-None-Match")).containsExactly("\"x\"");
        assertThat(received.headers("If-Modified-Since")).containsExactly("Sun, 06 Nov 1994 08:49:37 GMT");
    }

    @Test
    void headStaysHead() throws IOException {
        nomad.script("/ui/", OK);
        try (RawHttp http = connect()) {
            assertThat(http.expectNoBody().write(request("HEAD", "/ui/")).readResponse().status()).isEqualTo(200);
        }
        assertThat(received("/ui/").method()).isEqualTo("HEAD");
    }
}
