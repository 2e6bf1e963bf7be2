package dev.nomadgate.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A target means to the gate what it means to Nomad. */
class ExecTargetTest {

    private static final String ALLOC = "de300000-0000-4000-8000-000000000001";
    private static final String EXEC = "/v1/client/allocation/" + ALLOC + "/exec";

    @Test
    void execNamesAllocationTaskAndCommand() {
        ExecTarget target = ExecTarget.of(EXEC,
                "task=web&command=%5B%22%2Fbin%2Fsh%22%2C%22-c%22%2C%22a+b%22%5D&tty=true&ws_handshake=true&region=eu");
        assertThat(target.kind()).isEqualTo(ExecTarget.Kind.EXEC);
        assertThat(target.command()).containsExactly("/bin/sh", "-c", "a b");
        assertThat(target.workload().allocation()).contains(ALLOC);
        assertThat(target.workload().task()).contains("web");
        assertThat(target.workload().namespace()).as("the allocation's, which the query cannot tell").isEmpty();
        assertThat(target.region()).contains("eu");
        assertThat(target.tty()).isTrue();
        assertThat(target.awaitsHandshake()).isTrue();
    }

    @Test
    void anActionNamesItsJobWithASlash() {
        ExecTarget target = ExecTarget.of("/v1/job/team%2Fba+tch/action", "action=dump&task=web&group=g&allocID=" + ALLOC);
        assertThat(target.workload()).isEqualTo(new Workload(Optional.of("default"), Optional.of("team/ba+tch"),
                Optional.of("g"), Optional.of("web"), Optional.of(ALLOC), Optional.empty()));
        assertThat(target.action()).contains("dump");
        assertThat(target.command()).isEmpty();
    }

    @Test
    void rawBracketsAndQuotesAreACommandToo() {
        assertThat(command("command=[\"/bin/sh\"]")).containsExactly("/bin/sh");
    }

    @Test
    void theFirstOfSeveralCountsAsInGo() {
        assertThat(command("command=[\"ls\"]&command=[\"sh\"]")).containsExactly("ls");
        assertThat(command("command=%zz&command=[\"sh\"]")).as("one that Go drops is none").containsExactly("sh");
        assertThat(command("command=[\"ls\"];x&command=[\"sh\"]")).containsExactly("sh");
        assertThat(command("command=%+1&command=[\"sh\"]")).containsExactly("sh");
        assertThat(command("c%6fmmand=[\"sh\"]")).containsExactly("sh");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "command", "command=", "command=sh", "command={}", "command=[1]", "command=[\"a\"", "command=[\"a\"]x"})
    void whatNomadCannotReadIsNoCommand(String query) {
        assertThat(command(query)).isEmpty();
    }

    @Test
    void anotherPathIsNone() {
        assertThatThrownBy(() -> ExecTarget.of("/v1/jobs", null)).isInstanceOf(IllegalArgumentException.class);
    }

    private static List<String> command(String query) {
        return ExecTarget.of(EXEC, query).command();
    }
}
