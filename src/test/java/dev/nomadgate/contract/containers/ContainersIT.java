package dev.nomadgate.contract.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.nomadgate.contract.containers.probe.ProbeListener;
import dev.nomadgate.contract.containers.probe.ProbeServlet;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The harness keeps its word, and the containers are set up as our files say; with a WAR that only looks around. */
class ContainersIT {

    private static final String WEB_XML = """
            <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0" metadata-complete="true">
              <listener><listener-class>%s</listener-class></listener>
              <servlet>
                <servlet-name>probe</servlet-name>
                <servlet-class>%s</servlet-class>
                <async-supported>true</async-supported>
              </servlet>
              <servlet-mapping><servlet-name>probe</servlet-name><url-pattern>/*</url-pattern></servlet-mapping>
            </web-app>
            """.formatted(ProbeListener.class.getName(), ProbeServlet.class.getName());

    @TempDir
    static Path directory;

    static GateOptions probe;

    @BeforeAll
    static void packTheProbe() throws IOException {
        Path war = directory.resolve("probe.war");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(war))) {
            add(zip, "WEB-INF/web.xml", WEB_XML.getBytes(StandardCharsets.UTF_8));
            add(zip, "META-INF/context.xml", Files.readAllBytes(Path.of("webapp/META-INF/context.xml")));
            for (Class<?> type : List.of(ProbeServlet.class, ProbeListener.class)) {
                String file = type.getName().replace('.', '/') + ".class";
                try (InputStream bytes = type.getClassLoader().getResourceAsStream(file)) {
                    add(zip, "WEB-INF/classes/" + file, bytes.readAllBytes());
                }
            }
        }
        probe = GateOptions.defaults().war(war);
    }

    private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
    }

    @ParameterizedTest
    @EnumSource
    void deploysTheWarWithItsOptions(ContainerKind kind) throws Exception {
        GateOptions options = probe.contextPath("/nested").with("probe.setting", "a value")
                .environment("NOMAD_PROBE", "set").configFile("text").jvmArgs("-Xmx96m");
        try (GateContainer container = kind.start(options)) {
            String body = get(container.uri("/x"));
            assertThat(body).contains("uri=/nested/x\n", "context=/nested\n", "setting=a value\n", "variable=set\n");
            assertThat(Path.of(line(body, "config"))).content().isEqualTo("text");
            assertThat(line(body, "tests")).isEqualTo("false");
            assertThat(line(body, "jakarta")).isEqualTo(Boolean.toString(kind.isTomcat()));
            assertThat(line(body, "jetty")).isEqualTo(Boolean.toString(!kind.isTomcat()));
            container.awaitOutput("probe says hello");
            assertThat(container.threadNames()).contains("Signal Dispatcher");
            assertThat(container.heapUsed()).isBetween(1_000_000L, 96L << 20);
            assertThat(container.instances("java.lang.String")).isPositive();
            int before = container.socketCount();
            Socket socket = new Socket("127.0.0.1", container.port());
            await().until(() -> container.socketCount() == before + 1);
            socket.close();
            await().until(() -> container.socketCount() == before);
            container.stop();
            assertThat(container.isAlive()).isFalse();
        }
    }

    /** As the README installs it: Jetty takes the WAR and the file next to it for one. */
    @Test
    void jettyHomeDeploysTheWarOfItsWebappsOnce() {
        assertThat(ContainerKind.JETTY_HOME.shared(probe).output().stream()
                .filter(line -> line.contains(":oejsh.ContextHandler:main: Started oeje10w.WebAppContext@")))
                .singleElement().asString().contains("/jetty-base/webapps/nomad-gate.war");
    }

    @ParameterizedTest
    @EnumSource
    void saysWhyADeploymentFailed(ContainerKind kind) {
        assertThatThrownBy(() -> kind.start(probe.with("probe.fail", "true")))
                .isInstanceOf(ContainerFailedToStart.class)
                .hasMessageContaining("probe refuses");
    }

    @ParameterizedTest
    @EnumSource
    void handsRawTargetsToTheApplication(ContainerKind kind) throws IOException {
        GateContainer container = kind.shared(probe);
        for (String path : List.of("/a%2Fb", "/a%2fb", "/a%3Bb", "/a;b=c", "/a%5Cb", "/a%25b", "/a%252Fb", "/a//b", "//a", "/%C3%B6")) {
            assertThat(raw(container, path)).as(path).contains("200 ", "uri=" + path + "\n");
        }
        for (String query : List.of("command=[\"/bin/sh\"]", "q={x|y}^", "x=%zz", "a=b;c")) {
            assertThat(raw(container, "/x?" + query)).as(query).contains("200 ", "query=" + query + "\n");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TOMCAT_10_1", "TOMCAT_11"})
    void theContextPathIsAsLongAsItIsInTheRequest(ContainerKind kind) throws IOException {
        try (GateContainer container = kind.start(probe.contextPath("/nested"))) {
            assertThat(raw(container, "//nested/x")).contains("uri=//nested/x\n", "context=//nested\n");
        }
    }

    @ParameterizedTest
    @EnumSource
    void takesRequestHeadersOf12KiB(ContainerKind kind) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(kind.shared(probe).uri("/"))
                .header("X-Large", "t".repeat(12 << 10)).build();
        assertThat(HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding()).statusCode()).isEqualTo(200);
    }

    @Test
    void jettyDoesNotCountASilentAnswerAsIdle() throws Exception {
        try (GateContainer container = ContainerKind.JETTY_EMBEDDED.start(probe.jvmArgs("-Djetty.http.idleTimeout=500"))) {
            assertThat(get(container.uri("/?silent"))).isEqualTo("late");
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "JETTY_HOME")
    void redeploysAndSeesWhatIsLeftBehind(ContainerKind kind) {
        try (GateContainer container = kind.start(probe)) {
            assertThat(container.mbeans()).contains("java.lang:type=Memory");
            for (int i = 0; i < 3; i++) {
                container.redeploy();
            }
            await().until(() -> container.undeployedLoadersAlive() == 0);
        }
        try (GateContainer container = kind.start(probe.with("probe.leak", "true"))) {
            container.redeploy();
            assertThat(container.undeployedLoadersAlive()).isOne();
            assertThat(container.threadNames()).filteredOn("probe leak"::equals).hasSize(2);
        }
    }

    private static String line(String body, String name) {
        return body.lines().filter(line -> line.startsWith(name + "=")).findFirst().orElseThrow().substring(name.length() + 1);
    }

    private static String get(URI uri) throws Exception {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString()).body();
    }

    private static String raw(GateContainer container, String target) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", container.port())) {
            OutputStream out = socket.getOutputStream();
            out.write(("GET " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
