package dev.nomadgate.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nomadgate.proxy.RawTarget;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestClassTest {

    @ParameterizedTest
    @CsvSource({
        "API, GET, /v1/jobs,",
        "API, GET, /v1/jobs, index=0",
        "API, PUT, /v1/jobs, index=7",
        "API, GET, /v1/job/team%2Fbatch,",
        "API, GET, /v1/client/fs/ls/x, index=7",
        "BLOCKING, GET, /v1/jobs, index=7",
        "BLOCKING, GET, /v1/jobs, index=7&wait=5m",
        "BLOCKING, POST, /v1/jobs/statuses, index=7",
        "STREAM, GET, /v1/event/stream, index=7",
        "STREAM, GET, /v1/client/fs/logs/x, follow=true",
        "STREAM, GET, /v1/agent/monitor,",
        "EXEC, GET, /v1/client/allocation/x/exec, command=sh",
        "EXEC, GET, /v1/job/team%2Fbatch/action, action=a",
        "API, GET, /v1/job/team/batch/action,",
        "UI, GET, /ui/jobs,",
        "UI, GET, /,",
        "UI, GET, /gatehouse,",
        "UI, GET, /v1,",
        "GATE, GET, /gate/metrics,",
        "GATE, POST, /gate/v1/jobs, index=7"})
    void tellsRequestsApart(RequestClass expected, String method, String path, String query) {
        assertThat(RequestClass.of(method, new RawTarget(path, query))).isEqualTo(expected);
    }

    @Property
    void everyTargetHasAClass(@ForAll String method, @ForAll String path, @ForAll String query) {
        assertThat(RequestClass.of(method, new RawTarget("/" + path, query))).isNotNull();
        assertThat(RequestClass.of("GET", new RawTarget("/v1/" + path, query))).isNotNull();
    }
}
