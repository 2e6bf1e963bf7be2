package dev.nomadgate.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlockingQueryTest {

    @ParameterizedTest
    @CsvSource(delimiter = ' ', nullValues = "-", value = {
        "GET /v1/jobs index=5 /v1/jobs?index=5&wait=2500ms",
        "GET /v1/job/team%2Fbatch namespace=*&index=18446744073709551615 "
                + "/v1/job/team%2Fbatch?namespace=*&index=18446744073709551615&wait=2500ms",
        "GET /v1/jobs index=5&index=0 /v1/jobs?index=5&index=0&wait=2500ms",
        "GET /v1/jobs filter=[\"{x}\"]&index=1&waits=1s /v1/jobs?filter=[\"{x}\"]&index=1&waits=1s&wait=2500ms",
        "POST /v1/jobs/statuses index=5&namespace=* /v1/jobs/statuses?index=5&namespace=*&wait=2500ms"})
    void aWaitIsAppendedAndNothingElseChanges(String method, String path, String query, String target) {
        BlockingQuery blocking = BlockingQuery.of(method, path, query).orElseThrow();
        assertThat(blocking.waits()).isFalse();
        assertThat(blocking.waiting(Duration.ofMillis(2500))).isEqualTo(target);
    }

    @ParameterizedTest
    @CsvSource({"index=5&wait=1s", "wait=&index=5", "index=5&wait"})
    void aWaitOfTheClientsIsItsOwn(String query) {
        assertThat(BlockingQuery.of("GET", "/v1/jobs", query).orElseThrow().waits()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ' ', nullValues = "-", value = {
        "GET /v1/jobs -", "GET /v1/jobs wait=5s", "GET /v1/jobs index=0", "GET /v1/jobs index=", "GET /v1/jobs index",
        "GET /v1/jobs index=x", "GET /v1/jobs index=0&index=5", "GET /v1/jobs reindex=5", "GET /v1/jobs %69ndex=5",
        "GET /ui/jobs index=5", "PUT /v1/jobs index=5", "POST /v1/jobs index=5", "HEAD /v1/jobs index=5",
        "GET /v1/event/stream index=5", "GET /v1/client/fs/logs/x index=5", "GET /v1/agent/monitor index=5"})
    void whatDoesNotWaitForAnIndexIsNone(String method, String path, String query) {
        assertThat(BlockingQuery.of(method, path, query)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0, 30000", "15, 22500", "30, 15000", "59, 1000", "60, 1000", "90, 1000", "1000, 1000"})
    void theWaitBecomesShorterAsConnectionsBecomeScarce(int inUse, long millis) {
        BlockingQuery query = BlockingQuery.of("GET", "/v1/jobs", "index=5").orElseThrow();
        assertThat(new BlockingWait(Duration.ofSeconds(30), 90).of(query, inUse)).contains(Duration.ofMillis(millis));
        assertThat(new BlockingWait(Duration.ofMillis(10), 90).of(query, inUse)).contains(Duration.ofMillis(10));
        assertThat(new BlockingWait(Duration.ZERO, 90).of(query, inUse)).isEmpty();
    }
}
