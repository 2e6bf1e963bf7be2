package dev.nomadgate.contract.nomad;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nomadgate.contract.containers.ContainerKind;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nomad's own command line, the one that {@code -Dnomad.binary} names, through the gate; skipped without it. */
@ParameterizedClass
@EnumSource
class RealCommandLineIT {

    private static final RealNomad NOMAD = new RealNomad();

    @Parameter
    ContainerKind kind;

    private RealAgent agent;

    @BeforeEach
    void startWhatIsNotRunning() {
        agent = NOMAD.agent();
    }

    @AfterAll
    static void stop() {
        NOMAD.close();
    }

    @Test
    void runsAndListsJobs(@TempDir Path directory) throws Exception {
        Path job = Files.writeString(directory.resolve("job.nomad.hcl"), """
                job "team/cli" {
                  type = "batch"
                  group "cli" {
                    task "cli" {
                      driver = "raw_exec"
                      config {
                        command = "/bin/true"
                      }
                    }
                  }
                }
                """);
        assertThat(nomad("", 0, "", "job", "run", "-detach", job.toString())).contains("Job registration successful");
        assertThat(nomad("", 0, "", "job", "status")).contains(NomadCluster.JOB, "team/cli");
        assertThat(nomad("", 0, "", "job", "status", "team/cli")).contains("team/cli");
    }

    @Test
    void followsALog() throws Exception {
        Process follow = start("", "alloc", "logs", "-f", agent.alloc());
        try (BufferedReader lines = follow.inputReader(StandardCharsets.UTF_8)) {
            for (String line : List.of("first for the command line on " + kind, "second for it on " + kind)) {
                agent.log(line);
                assertThat(lines.lines().anyMatch(line::equals)).isTrue();
            }
        } finally {
            follow.destroyForcibly();
        }
    }

    @Test
    void runsACommandWithItsInputAndEndsAsItDid() throws Exception {
        assertThat(nomad("", 7, "in\n", "alloc", "exec", "-i=true", "-t=false", agent.alloc(),
                "/bin/sh", "-c", "cat; echo out; echo err >&2; exit 7")).contains("in\n", "out\n", "err\n");
    }

    @Test
    void readsAFile() throws Exception {
        assertThat(nomad("", 0, "", "alloc", "fs", agent.alloc(), NomadCluster.TASK + "/local/" + RealAgent.FILE))
                .isEqualTo(RealAgent.FILE_SAYS + "\n");
    }

    @Test
    void runsAnAction() throws Exception {
        assertThat(nomad("", 0, "", "action", "-job=" + NomadCluster.JOB, "-group=" + NomadCluster.GROUP,
                "-task=" + NomadCluster.TASK, "-i=false", "-t=false", NomadCluster.ACTION))
                .contains(NomadCluster.ACTION_SAYS);
    }

    /**
     * Of {@code NOMAD_ADDR} it takes scheme, host and port: newRequest in Nomad's api/api.go, up to 2.0.6-dev at least. The
     * README tells people what to do; when this fails, Nomad has learned to do it, and the README can say so.
     */
    @Test
    void ignoresThePathOfItsAddress() throws Exception {
        assertThat(nomad("/no/gate/is/here", 0, "", "job", "status")).contains(NomadCluster.JOB);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nomad-gate", "/a/b"})
    void reachesAGateBelowAContextPathWhereItIsToldThePath(String contextPath) throws Exception {
        assertThat(nomad("", 0, "", "operator", "api", "-X", "GET", contextPath + "/v1/jobs"))
                .contains("\"ID\":\"" + NomadCluster.JOB);
    }

    private String nomad(String path, int exitCode, String input, String... arguments) throws Exception {
        Process process = start(path, arguments);
        try {
            process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(output).isEqualTo(exitCode);
            return output;
        } finally {
            process.destroyForcibly();
        }
    }

    private Process start(String path, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(RealNomad.BINARY));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("NOMAD_") || name.equals("AWS_CA_BUNDLE"));
        builder.environment().put("NOMAD_ADDR", NOMAD.gate(kind, "/") + path);
        return builder.start();
    }
}
