package dev.nomadgate.contract.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nomadgate.contract.GateUnderTest;
import dev.nomadgate.contract.containers.ContainerKind;
import dev.nomadgate.contract.containers.GateContainer;
import dev.nomadgate.contract.containers.GateOptions;
import dev.nomadgate.standin.RawHttp;
import dev.nomadgate.standin.StandInNomad;
import dev.nomadgate.upstream.tls.TestPki;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A gate that is taken down leaves nothing behind, whatever it was doing. */
class RedeploymentIT {

    private static final Duration SOON = Duration.ofSeconds(10);
    /** Threads of the container's own pools and timers, which come and go with the load. */
    private static final String CONTAINERS_OWN = "(qtp|http-nio-|Catalina|Scheduler-|Connector-Scheduler|Session-|"
            + "Common-Cleaner|WebSocket(Server|Client)-).*";

    /** As catalina.sh has it: Tomcat's search for leaks needs to look into the JDK. */
    private static final String[] LEAK_DETECTION = Stream.of("java.base/java.lang", "java.base/java.util",
            "java.base/java.util.concurrent", "java.base/java.io", "java.rmi/sun.rmi.transport")
            .map(name -> "--add-opens=" + name + "=ALL-UNNAMED").toArray(String[]::new);

    @TempDir
    Path recordings;

    private StandInNomad plain;
    private StandInNomad secure;

    @BeforeEach
    void startNomads() {
        plain = StandInNomad.start();
        secure = StandInNomad.start(TestPki.server(), false);
    }

    @AfterEach
    void stopNomads() {
        plain.close();
        secure.close();
    }

    private GateOptions options() {
        return GateUnderTest.options(plain)
                .contextPath("/nomad-gate")
                .with("servers", plain.address() + "," + secure.address())
                .with("tls.ca-cert", TestPki.ca().toString())
                .with("client.trusted-proxies", "127.0.0.1")
                .with("recording.enabled", "true")
                .with("recording.directory", recordings.toString())
                // A server that resets a connection is to stay the one of its clients.
                .with("server-defaults.max-fails", "0");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "JETTY_HOME")
    void fiveRedeploymentsInTheMidstOfTrafficLeaveNothingBehind(ContainerKind kind) throws IOException {
        try (GateContainer gate = kind.start(options().jvmArgs(LEAK_DETECTION))) {
            Set<String> threads = threads(gate);
            Set<String> mbeans = mbeans(gate);
            int sockets = gate.socketCount();
            for (int i = 0; i < 5; i++) {
                try (Traffic traffic = Traffic.start(gate, plain, secure)) {
                    gate.redeploy();
                    assertThat(traffic.closeCodes()).containsExactly(1001, 1001);
                }
                await().atMost(SOON).untilAsserted(() -> {
                    assertThat(plain.openConnections() + secure.openConnections()).as("connections to Nomad").isZero();
                    assertThat(gate.undeployedLoadersAlive()).as("class loaders").isZero();
                    assertThat(gate.socketCount()).as("sockets").isEqualTo(sockets);
                    assertThat(threads(gate)).as("threads").isSubsetOf(threads);
                    assertThat(mbeans(gate)).as("MBeans").isSubsetOf(mbeans);
                });
            }
            gate.undeploy();
            await().atMost(SOON).until(() -> gate.undeployedLoadersAlive() == 0);
            assertThat(gate.threadNames()).noneMatch(name -> name.contains("nomad"));
            assertThat(gate.leaksTold()).isEmpty();
        }
    }

    /** A page that waits for news, as Nomad's own do, must not be told that Nomad is busy. */
    @ParameterizedTest
    @EnumSource(names = {"JETTY_EMBEDDED", "TOMCAT_11"})
    void whoWaitsForNomadIsToldThatTheGateStops(ContainerKind kind) throws IOException {
        String poll = "/v1/jobs?index=" + plain.index() + "&wait=60s";
        try (GateContainer gate = kind.start(GateUnderTest.options(plain));
                RawHttp client = RawHttp.connect("127.0.0.1", gate.port());
                RawHttp upload = RawHttp.connect("127.0.0.1", gate.port())) {
            upload.write(RawHttp.request("PUT", "127.0.0.1", gate.port(), "/echo/x", "Content-Length: 4"));
            client.write(RawHttp.request("GET", "127.0.0.1", gate.port(), poll));
            plain.awaitRequest(request -> request.rawTarget().equals(poll));

            gate.undeploy();

            for (RawHttp waiting : List.of(client, upload)) {
                RawHttp.Response answer = waiting.readResponse();
                assertThat(answer.status()).isEqualTo(503);
                assertThat(answer.text()).contains("The gate is being stopped");
            }
            assertThat(plain.requests()).filteredOn(request -> request.rawTarget().equals(poll)).hasSize(1);
            assertThat(plain.requests()).noneMatch(request -> request.rawTarget().equals("/echo/x"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aContainerThatIsToldToStopEndsWithItsSessions(ContainerKind kind) throws IOException {
        try (GateContainer gate = kind.start(options())) {
            gate.awaitOutput("exec through " + (kind.isTomcat() ? "Tomcat's connections" : "Jetty WebSocket"));
            int before;
            try (Traffic traffic = Traffic.start(gate, plain, secure)) {
                before = gate.output().size();
                assertThat(ProcessHandle.of(gate.pid()).orElseThrow().destroy()).isTrue();
                assertThat(traffic.closeCodes()).containsExactly(1001, 1001);
            }
            await().atMost(SOON).until(() -> !gate.isAlive());
            assertThat(gate.output().stream().skip(before)).noneMatch(line -> line.matches(".*(SEVERE|ERROR|WARN.*not stop).*"));
            assertThat(gate.stackTraces(before)).isEmpty();
            await().atMost(SOON).until(() -> plain.openConnections() + secure.openConnections() == 0);
        }
    }

    private static Set<String> threads(GateContainer gate) {
        return gate.threadNames().stream()
                .filter(name -> !name.matches(CONTAINERS_OWN))
                .map(name -> name.replaceAll("@?[0-9a-f]{6,}|[0-9]+", "#"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> mbeans(GateContainer gate) {
        return gate.mbeans().stream()
                .filter(name -> !name.matches("java\\.lang:.*|.*type=(Global)?RequestProcessor.*"))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
