package dev.nomadgate.contract.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nomadgate.contract.GateUnderTest;
import dev.nomadgate.contract.containers.ContainerKind;
import dev.nomadgate.standin.RawHttp;
import dev.nomadgate.standin.RecordedRequest;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MethodsIT extends HttpContract {

    MethodsIT(ContainerKind kind) {
        super(GateUnderTest.shared(kind));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "OPTIONS", "DELETE", "POST", "PUT", "PATCH", "PROPFIND", "LOCK"})
    void reachesNomadWithoutBody(String method) throws IOException {
        RawHttp.Response response = send(request(method, "/echo/x", "Connection: close"));
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.bodyComplete() || method.equals("HEAD")).isTrue();
        RecordedRequest received = received("/echo/x");
        assertThat(received.method()).isEqualTo(method);
        assertThat(received.headers("Transfer-Encoding")).isEmpty();
        assertThat(received.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "OPTIONS", "DELETE", "POST", "PUT", "PATCH"})
    void reachesNomadWithItsBody(String method) throws IOException {
        RawHttp.Response response =
                send(request(method, "/echo/x", "Connection: close", "Content-Length: 5") + "hello");
        assertThat(response.status()).isEqualTo(200);
        RecordedRequest received = received("/echo/x");
        assertThat(received.method()).isEqualTo(method);
        assertThat(received.headers("Content-Length")).containsExactly("5");
        assertThat(received.body()).asString().isEqualTo("hello");
    }

    @Test
    void anEmptyBodyStaysEmpty() throws IOException {
        send(request("POST", "/echo/length", "Connection: close", "Content-Length: 0"));
        assertThat(received("/echo/length").headers("Content-Length")).containsExactly("0");
        send(request("POST", "/echo/chunked", "Connection: close", "Transfer-Encoding: chunked") + "0\r\n\r\n");
        assertThat(received("/echo/chunked").bodyLength()).isZero();
        assertThat(received("/echo/chunked").bodyComplete()).isTrue();
    }

    /** TRACE would show a page's script the tokens a proxy added; CONNECT asks for another kind of proxy. */
    @ParameterizedTest
    @ValueSource(strings = {"TRACE /v1/jobs", "CONNECT nomad.example:4646"})
    void isRefused(String methodAndTarget) throws IOException {
        String[] parts = methodAndTarget.split(" ");
        RawHttp.Response response = send(request(parts[0], parts[1], "Connection: close"));
        assertThat(response.status()).isBetween(400, 501).isNotEqualTo(500);
        assertThat(nomad.requests()).isEmpty();
    }
}
