package dev.nomadgate.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Nomad does for a GET, and how else its address may be written. */
class SafeRequestsTest {

    @ParameterizedTest
    @ValueSource(strings = {
            "/v1/client/gc",
            "/v1/client/allocation/8a/restart",
            "/v1/client/allocation/8a/gc",
            "/v1/client/allocation/8a/gc/",
            "/v1/%63lient/%67c",
            "/v1/client%2Fallocation%2f8a%2Frestart",
            "//v1/client//allocation///8a/restart",
            "/V1/Client/GC",
            "/v1/client/stats/../gc",
            "/v1/client/allocation/8a/%2e/restart",
            "/v1/client/allocation/a%0Ab/restart",
            "/../v1/client/gc"})
    void someGetsChangeSomething(String path) {
        assertThat(List.of("GET", "HEAD", "OPTIONS", "POST")).noneMatch(method -> SafeRequests.contains(method, path));
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "/",
            "/ui/jobs/restart",
            "/v1/jobs",
            "/v1/job/team%2Fgc",
            "/v1/client/stats",
            "/v1/client/allocation/8a/stats",
            "/v1/client/allocation/8a/exec",
            "/v1/client/fs/cat/8a",
            "/v1/client/%2567c"})
    void othersDoNot(String path) {
        assertThat(List.of("GET", "HEAD", "OPTIONS")).allMatch(method -> SafeRequests.contains(method, path));
        assertThat(List.of("POST", "PUT", "DELETE", "get")).noneMatch(method -> SafeRequests.contains(method, path));
    }

    @Test
    void noForeignPageMayRestartAnything() throws Exception {
        CrossSitePolicy pages = new CrossSitePolicy(Set.of());
        Client client = new Client(InetAddress.getByName("192.0.2.1"), "http", "gate.example", 80);
        String restart = "/v1/client/allocation/8a/restart";
        assertThat(pages.judge("GET", restart, List.of(), List.of("cross-site"), client))
                .isInstanceOf(Verdict.Refused.class);
        assertThat(pages.judge("GET", "/v1/jobs", List.of(), List.of("cross-site"), client))
                .isInstanceOf(Verdict.Allowed.class);
        assertThat(pages.judge("GET", restart, List.of(), List.of("same-origin"), client))
                .isInstanceOf(Verdict.Allowed.class);
        assertThat(pages.judge("GET", restart, List.of(), List.of(), client)).isInstanceOf(Verdict.Allowed.class);
    }
}
