package dev.nomadgate.contract.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.nomadgate.contract.containers.ContainerFailedToStart;
import dev.nomadgate.contract.containers.ContainerKind;
import dev.nomadgate.contract.containers.GateContainer;
import dev.nomadgate.contract.containers.GateOptions;
import dev.nomadgate.standin.RawHttp;
import dev.nomadgate.standin.RawWebSocket;
import dev.nomadgate.standin.StandInNomad;
import dev.nomadgate.upstream.tls.TestPki;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a container makes of the gate's configuration, right and wrong. */
class ConfigurationIT {

    @TempDir
    static Path directory;

    @ParameterizedTest
    @EnumSource
    void aWrongConfigurationIsRefusedWithAllItsMistakesInOneBlock(ContainerKind kind) throws IOException {
        GateOptions options = GateOptions.defaults()
                .with("upstream.connect-timeout", "soon")
                .environment("NOMAD_SKIP_VERIFY", "perhaps")
                .configFile("""
                        nomad-gate {
                          servers = ["http://127.0.0.1:4646/nomad"]
                          sevrers = []
                          tls {
                            ca-cert = "%s"
                            client-cert = "%s"
                            client-key = "/absent/key.pem"
                          }
                        }
                        """.formatted(TestPki.pem("client-ec-sec1-key"), TestPki.clientCert()));

        ContainerFailedToStart failure = catchThrowableOfType(ContainerFailedToStart.class, () -> kind.start(options).close());

        assertThat(failure).isNotNull();
        List<String> block = block(failure.output());
        assertThat(String.join("\n", block)).contains(
                "6 mistakes in the configuration",
                "system property nomad-gate.upstream.connect-timeout", "nomad-gate.upstream.connect-timeout = soon",
                "environment variable NOMAD_SKIP_VERIFY", "nomad-gate.tls.skip-verify = perhaps",
                "nomad-gate.conf: 2", "nomad-gate.servers[0]",
                "nomad-gate.conf: 3", "nomad-gate.sevrers", "nomad-gate.servers",
                "nomad-gate.conf: 5", "nomad-gate.tls.ca-cert", "There is no CERTIFICATE in this file",
                "nomad-gate.conf: 7", "nomad-gate.tls.client-key = \"/absent/key.pem\"", "There is no such file");
        assertThat(block).noneMatch(line -> line.startsWith("\tat "));
        String key = Files.readAllLines(TestPki.pem("client-ec-sec1-key")).get(1);
        assertThat(failure.output()).noneMatch(line -> line.contains(key));
    }

    /** The log lines that tell the mistakes, before the container's stack trace. */
    private static List<String> block(List<String> output) {
        int first = 0;
        while (!output.get(first).contains("nomad-gate at '/' cannot start")) {
            first++;
        }
        int last = first + 1;
        while (last < output.size() && !output.get(last).contains("Exception")) {
            last++;
        }
        return output.subList(first, last);
    }

    @ParameterizedTest
    @EnumSource
    void aStrongerSourceCountsMore(ContainerKind kind) throws IOException {
        try (StandInNomad nomad = StandInNomad.start()) {
            GateOptions options = GateOptions.defaults()
                    .war(warWithParameters(kind.name(), Map.of(
                            "nomad-gate.client.allowed-hosts", "127.0.0.1",
                            "nomad-gate.exec.require-origin", "true")))
                    .environment("NOMAD_ADDR", "http://127.0.0.1:9")
                    .configFile("""
                            nomad-gate.servers = ["%s"]
                            nomad-gate.client.allowed-hosts = ["elsewhere.example"]
                            """.formatted(nomad.address()))
                    .with("exec.require-origin", "false");
            try (GateContainer gate = kind.start(options)) {
                // From the file, not the variable; by a name of the parameter, not the file.
                assertThat(RawHttp.get("127.0.0.1", gate.port(), "/v1/jobs").status()).isEqualTo(200);
                // Without Origin: by the property, not the parameter.
                try (RawWebSocket session = RawWebSocket.open("127.0.0.1", gate.port(),
                        "/v1/client/allocation/" + StandInNomad.ECHO_ALLOC + "/exec?task=sh&command=[\"sh\"]", Map.of())) {
                    assertThat(session.header("Upgrade")).isEqualToIgnoringCase("websocket");
                }
            }
        }
    }

    /** The packaged gate, with context parameters in its web.xml. */
    private static Path warWithParameters(String name, Map<String, String> parameters) throws IOException {
        Path war = Files.copy(GateOptions.defaults().war(), directory.resolve(name + ".war"));
        StringBuilder xml = new StringBuilder("</display-name>");
        parameters.forEach((parameter, value) -> xml.append("<context-param><param-name>").append(parameter)
                .append("</param-name><param-value>").append(value).append("</param-value></context-param>"));
        try (FileSystem zip = FileSystems.newFileSystem(URI.create("jar:" + war.toUri()), Map.of())) {
            Path descriptor = zip.getPath("WEB-INF/web.xml");
            String text = Files.readString(descriptor, StandardCharsets.UTF_8);
            Files.writeString(descriptor, text.replace("</display-name>", xml));
        }
        return war;
    }
}
