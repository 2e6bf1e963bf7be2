package dev.nomadgate.exec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExecPathsTest {

    @ParameterizedTest
    @ValueSource(strings = {
            "/v1/client/allocation/de300000-0000-4000-8000-000000000001/exec",
            "/v1/job/demo/action",
            "/v1/job/team%2Fbatch/action",
            "/v1/job/team%2Fbatch%2Fdispatch-1.2..3/action",
            "/v1/job/a.b/action"})
    void upgradesTheTwoEndpoints(String path) {
        assertThat(ExecPaths.contains(path)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "/v1/client/allocation//exec",
            "/v1/client/allocation/a/b/exec",
            "/v1/client/allocation/a/exec/",
            "/v1/client/allocation/a/exec;b",
            "//v1/job/demo/action",
            "/%761/job/demo/action",
            "/v1/jobs",
            "/v1/client/allocation/../exec",
            "/v1/client/allocation/%2e%2E/exec",
            "/v1/job/./action",
            "/v1/job/..%2F..%2Fv1%2Fagent%2Fself/action",
            "/v1/job/a%2f..%2fb/action",
            "/v1/job/a%5C../action"})
    void upgradesNothingThatNomadMightTakeForAnotherPath(String path) {
        assertThat(ExecPaths.contains(path)).isFalse();
    }
}
