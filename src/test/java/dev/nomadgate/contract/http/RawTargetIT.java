package dev.nomadgate.contract.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nomadgate.contract.GateUnderTest;
import dev.nomadgate.contract.containers.ContainerKind;
import dev.nomadgate.standin.RawHttp;
import dev.nomadgate.standin.RecordedRequest;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Path and query reach Nomad byte for byte, or the request is refused: nothing is ever repaired. */
class RawTargetIT extends HttpContract {

    RawTargetIT(ContainerKind kind) {
        super(GateUnderTest.shared(kind));
    }

    @BeforeEach
    void nomadTakesAnything() {
        nomad.script("", OK);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "/",
        "/v1/job/team%2Fbatch", "/v1/job/team%2fbatch", "/v1/job/a%3Bb", "/v1/job/a;b=c", "/v1/job/a%5Cb",
        "/v1/job/a%25b", "/v1/job/a%252Fb", "/v1/job/%C3%B6", "/v1/job/%c3%b6", "/v1/job/%E2%82%AC",
        "/v1//jobs", "//v1/jobs", "///", "/v1/jobs/", "/v1/job/a%20b+c", "/v1/job/a:b@c!$&'()*+,=-._~",
        "/v1/var/%40%3A%26%3D%2B%24%2C%3F%23", "/ui/jobs/team%2Fbatch@default",
        "/x?", "/x?a", "/x?a=", "/x?a=b;c&a=b", "/x?a=%2F%2f%20+", "/x?q={x|y}^", "/x?command=[\"/bin/sh\"]",
        "/x?command=%5B%22%2Fbin%2Fsh%22%5D", "/x?a=%C3%B6", "/x?x=%zz", "/x?%", "/x?a=b?c=d/e//../f", "/x?q=`<>\\",
        "/x?a='b'(c)*!~"})
    void reachesNomadByteForByte(String target) throws IOException {
        assertThat(get(target).status()).isEqualTo(200);
        assertThat(nomad.requests()).extracting(RecordedRequest::rawTarget).containsExactly(target);
    }

    /** Containers differ in what they refuse here; what they let through is as raw as the rest. */
    @ParameterizedTest
    @ValueSource(strings = {
        "/v1/./jobs", "/v1/x/../jobs", "/..", "/../etc", "/v1/%2e%2e/jobs", "/v1/%2E/jobs", "/v1/..;/jobs", "/v1/..;a=b/jobs",
        "/v1/job/%00", "/v1/job/%FF", "/v1/job/[]{}|\"", "/v1/job/a\\b", "/v1/%zz", "/v1/%", "/v1/job/\u00e4",
        "/x?a=\u00e4", "/x#fragment", "x", "*"})
    void reachesNomadByteForByteOrIsRefused(String target) throws IOException {
        RawHttp.Response response = get(target);
        if (response.status() == 200) {
            assertThat(nomad.requests()).extracting(RecordedRequest::rawTarget).containsExactly(target);
        } else {
            assertThat(response.status()).isIn(400, 404);
            if (!gate.kind().isTomcat()) {
                // Tomcat's parser refuses before any web application is known; its page is the host's ErrorReportValve.
                assertThat(response.text()).doesNotContain("Exception", "org.eclipse");
            }
            assertThat(nomad.requests()).isEmpty();
        }
    }

    @Test
    void absoluteFormIsForwardedInOriginForm() throws IOException {
        String authority = "127.0.0.1:" + gate.port();
        assertThat(send(request("GET", "http://" + authority + "/v1/job/a%2Fb?x=%2F", "Connection: close")).status())
                .isEqualTo(200);
        assertThat(nomad.requests()).extracting(RecordedRequest::rawTarget).containsExactly("/v1/job/a%2Fb?x=%2F");
    }

    @Test
    void absoluteFormOfAnotherHostIsRefused() throws IOException {
        assertThat(send(request("GET", "http://nomad.example/v1/jobs", "Connection: close")).status()).isEqualTo(400);
        assertThat(nomad.requests()).isEmpty();
    }

    /** It asks about the server as a whole, and that is the gate. */
    @Test
    void asteriskFormStaysAtTheGate() throws IOException {
        assertThat(send(request("OPTIONS", "*", "Connection: close")).status()).isLessThan(500);
        assertThat(nomad.requests()).isEmpty();
    }
}
