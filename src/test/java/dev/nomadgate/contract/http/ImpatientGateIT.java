package dev.nomadgate.contract.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nomadgate.contract.containers.ContainerKind;
import dev.nomadgate.standin.RawHttp;
import dev.nomadgate.standin.StandInNomad;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What the gate waits for, and what it never cuts. Its bound on the answer is one second here. */
class ImpatientGateIT extends HttpContract {

    ImpatientGateIT(ContainerKind kind) {
        super(Gates.impatient(kind));
    }

    @Test
    void anAnswerThatDoesNotComeIs504() throws IOException {
        nomad.script("/v1/jobs", (request, wire) -> wire.awaitPeerClose(Duration.ofSeconds(20)));
        RawHttp.Response response = get("/v1/jobs");
        assertThat(response.status()).as(response.text()).isEqualTo(504);
        assertThat(response.text()).contains(nomad.address().toString(), "within 1 s", "response-timeout");
        assertThat(response.header("X-Request-Id")).isNotNull();
    }

    @Test
    void aQueryThatDoesNotSayHowLongIsNotHeldForLongerThanTheBound() throws IOException {
        assertThat(get("/v1/jobs?index=" + nomad.index()).status()).isEqualTo(200);
    }

    /** Twice the bound, measured by other requests that it ends: no clock of the test's own. */
    @Test
    void followsWithoutOutputBegunOrNotAndSlowUploadsAreNotCut() throws IOException {
        String logs = "/v1/client/fs/logs/" + StandInNomad.ALLOC + "?plain=true&follow=true&task=sh&type=stdout";
        String monitor = "/v1/agent/monitor?plain=true";
        List<CountDownLatch> outputs = List.of(silent(logs), silent(monitor), silent("/v1/event/stream?x"));
        nomad.script("/v1/event/stream?x", (request, wire) -> {
            wire.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            Waits.until(outputs.get(2));
            wire.write("7\r\nat last\r\n0\r\n\r\n");
        });
        try (RawHttp first = connect(); RawHttp second = connect(); RawHttp third = connect(); RawHttp upload = connect()) {
            first.write(request("GET", logs));
            second.write(request("GET", monitor));
            third.write(request("GET", "/v1/event/stream?x"));
            upload.write(request("PUT", "/echo/x", "Content-Length: 4") + "fo");
            await().until(() -> nomad.requests().size() == 4);
            anAnswerThatDoesNotComeIs504();
            anAnswerThatDoesNotComeIs504();
            outputs.forEach(CountDownLatch::countDown);
            assertThat(first.readResponse().text()).isEqualTo("at last");
            assertThat(second.readResponse().text()).isEqualTo("at last");
            assertThat(third.readResponse().text()).isEqualTo("at last");
            assertThat(upload.write("ur").readResponse().status()).isEqualTo(200);
        }
    }

    @Test
    void anAnswerThatFallsSilentInTheMiddleIsCutOff() throws IOException {
        nomad.script("/v1/operator/x", (request, wire) -> {
            wire.write("HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\nat ");
            wire.awaitPeerClose(Duration.ofSeconds(20));
        });
        RawHttp.Response response = get("/v1/operator/x");
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.text()).isEqualTo("at ");
        assertThat(response.bodyComplete()).isFalse();
    }

    @Test
    void aSharedAnswerThatFallsSilentIs504ForEverybody() throws IOException {
        String query = "/v1/nodes?index=7&wait=60s";
        CountDownLatch change = new CountDownLatch(1);
        nomad.script(query, (request, wire) -> {
            Waits.until(change);
            wire.write("HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\nat ");
            wire.awaitPeerClose(Duration.ofSeconds(20));
        });
        try (RawHttp first = connect(); RawHttp second = connect()) {
            first.write(request("GET", query));
            second.write(request("GET", query));
            received(query);
            await().until(() -> get("/gate/api/state").text().contains("\"blocking\":2"));
            // Who asked less than a second before the answer would be asked for again.
            long joined = System.nanoTime();
            await().until(() -> System.nanoTime() - joined > TimeUnit.MILLISECONDS.toNanos(1_100));
            change.countDown();
            for (RawHttp client : List.of(first, second)) {
                RawHttp.Response response = client.readResponse();
                assertThat(response.status()).as(response.text()).isEqualTo(504);
                assertThat(response.text()).contains("response-timeout");
            }
        }
    }

    /** As Nomad does, not even a header; ends with its output, so that the connection is free again. */
    private CountDownLatch silent(String target) {
        CountDownLatch output = new CountDownLatch(1);
        nomad.script(target, (request, wire) -> {
            Waits.until(output);
            wire.write("HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\nat last");
        });
        return output;
    }

    @Test
    void noConnectionLeftIs503AndSaysWhichSetting() throws IOException {
        String target = "/v1/agent/monitor?plain=true";
        CountDownLatch output = silent(target);
        List<RawHttp> clients = new ArrayList<>();
        try {
            for (int i = 0; i < Gates.FEW_CONNECTIONS; i++) {
                clients.add(connect().write(request("GET", target)));
            }
            await().until(() -> nomad.requests().size() == Gates.FEW_CONNECTIONS);
            RawHttp.Response response = get("/v1/jobs");
            assertThat(response.status()).isEqualTo(503);
            assertThat(response.header("Retry-After")).isNotNull();
            assertThat(response.text()).contains("max-connections", "All " + Gates.FEW_CONNECTIONS + " connections");
            output.countDown();
            for (RawHttp client : clients) {
                assertThat(client.readResponse().status()).isEqualTo(200);
            }
        } finally {
            clients.forEach(RawHttp::close);
        }
        assertThat(get("/v1/jobs").status()).isEqualTo(200);
    }
}
