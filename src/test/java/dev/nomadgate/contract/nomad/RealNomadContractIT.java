package dev.nomadgate.contract.nomad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.nomadgate.contract.containers.ContainerKind;
import dev.nomadgate.contract.containers.GateContainer;
import dev.nomadgate.contract.containers.GateOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract with the agent that {@code -Dnomad.binary} names, on every container; skipped without it. */
@ParameterizedClass
@EnumSource
class RealNomadContractIT extends NomadContract {

    private static final String BINARY = System.getProperty("nomad.binary", "");

    private static RealAgent agent;
    private static GateContainer gate;

    @Parameter
    ContainerKind kind;

    @BeforeEach
    void startWhatIsNotRunning() {
        assumeFalse(BINARY.isEmpty(), "no -Dnomad.binary=/path/to/nomad");
        if (agent == null) {
            agent = RealAgent.start(Path.of(BINARY).toAbsolutePath());
        }
        if (gate == null) {
            gate = kind.start(GateOptions.defaults().with("servers", agent.address().toString()));
        }
    }

    @AfterParameterizedClassInvocation
    static void stopTheGate() {
        if (gate != null) {
            gate.close();
            gate = null;
        }
    }

    @AfterAll
    static void stopTheAgent() {
        if (agent != null) {
            agent.close();
            agent = null;
        }
    }

    @Test
    void theCommandLineListsJobs() throws Exception {
        assertThat(nomadCommand(0, "job", "status")).contains(NomadCluster.JOB, NomadCluster.SLASH_JOB);
        assertThat(nomadCommand(0, "job", "status", NomadCluster.SLASH_JOB)).contains(NomadCluster.SLASH_JOB);
    }

    @Test
    void theCommandLineReadsALog() throws Exception {
        String line = "for the command line on " + kind;
        agent.log(line);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> nomadCommand(0, "alloc", "logs", agent.alloc()).contains(line));
    }

    @Test
    void theCommandLineRunsACommandAndEndsAsItDid() throws Exception {
        assertThat(nomadCommand(7, "alloc", "exec", "-i=false", "-t=false", agent.alloc(),
                "/bin/sh", "-c", "echo out; echo err >&2; exit 7")).contains("out", "err");
    }

    @Test
    void theCommandLineRunsAnAction() throws Exception {
        assertThat(nomadCommand(0, "action", "-job=" + NomadCluster.JOB, "-group=" + NomadCluster.GROUP,
                "-task=" + NomadCluster.TASK, "-i=false", "-t=false", NomadCluster.ACTION))
                .contains(NomadCluster.ACTION_SAYS);
    }

    private static String nomadCommand(int exitCode, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(BINARY));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("NOMAD_"));
        builder.environment().put("NOMAD_ADDR", gate.uri().toString());
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(output).isEqualTo(exitCode);
            return output;
        } finally {
            process.destroyForcibly();
        }
    }

    @Override
    GateContainer gate() {
        return gate;
    }

    @Override
    NomadCluster nomad() {
        return agent;
    }
}
