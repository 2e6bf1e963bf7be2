package dev.nomadgate.contract.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nomadgate.contract.GateUnderTest;
import dev.nomadgate.contract.containers.ContainerKind;
import dev.nomadgate.standin.RawHttp;
import dev.nomadgate.standin.RecordedRequest;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Connections are used again on both sides. */
class ConnectionsIT extends HttpContract {

    ConnectionsIT(ContainerKind kind) {
        super(GateUnderTest.shared(kind));
    }

    @Test
    void requestsShareAConnectionToNomad() throws IOException {
        for (int i = 0; i < 10; i++) {
            assertThat(get("/echo/" + i).status()).isEqualTo(200);
        }
        assertThat(nomad.requests().stream().map(RecordedRequest::connection).distinct().count()).isLessThan(10);
    }

    @Test
    void aConnectionThatNomadClosedMeanwhileIsNotNoticed() throws IOException {
        nomad.script("/x", (request, wire) -> wire.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").close());
        for (int i = 0; i < 15; i++) {
            get("/x");
            assertThat(get("/echo/" + i).status()).isEqualTo(200);
        }
    }

    @Test
    void aClientMaySendItsRequestsOneBehindTheOther() throws IOException {
        try (RawHttp http = connect()) {
            http.write(request("GET", "/echo/1") + request("POST", "/echo/2", "Content-Length: 4") + "four"
                    + request("GET", "/v1/nothing") + request("GET", "/echo/3"));
            assertThat(http.readResponse().text()).contains("/echo/1");
            assertThat(http.readResponse().text()).contains("/echo/2");
            assertThat(http.readResponse().status()).isEqualTo(404);
            assertThat(http.readResponse().text()).contains("/echo/3");
        }
    }

    @Test
    void anErrorAnswerLeavesTheClientsConnectionUsable() throws IOException {
        nomad.script("/x", (request, wire) -> wire.close());
        try (RawHttp http = connect()) {
            assertThat(http.write(request("GET", "/x")).readResponse().status()).isEqualTo(502);
            assertThat(http.write(request("POST", "/x", "Content-Length: 4") + "four").readResponse().status()).isEqualTo(502);
        }
        assertThat(get("/echo/x").status()).isEqualTo(200);
    }

    @Test
    void anOldClientIsServed() throws IOException {
        RawHttp.Response response = send("GET /echo/x HTTP/1.0\r\nHost: x\r\n\r\n");
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.text()).contains("/echo/x");
    }
}
