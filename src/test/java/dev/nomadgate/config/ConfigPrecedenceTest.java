package dev.nomadgate.config;

import static dev.nomadgate.config.SourcesFixture.nothing;
import static dev.nomadgate.config.SourcesFixture.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nomadgate.upstream.Server;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigPrecedenceTest {

    private static final String TIMEOUT = "nomad-gate.upstream.connect-timeout";

    @TempDir
    Path directory;

    @Test
    void withNothingSetTheGateServesTheNomadOfItsOwnHost() {
        GateConfig config = nothing().read();

        assertThat(config.upstream().servers()).containsExactly(
                new Server(URI.create("http://127.0.0.1:4646"), 1, false, 1, Duration.ofSeconds(10)));
        assertThat(config.upstream().tls().caCert()).isEmpty();
        assertThat(config.upstream().tls().serverName()).isEmpty();
    }

    @Test
    void theDefaultResponseTimeoutOutlastsNomadsLongestAnswer() {
        assertThat(nothing().read().upstream().responseTimeout()).isGreaterThanOrEqualTo(Duration.ofSeconds(330));
    }

    @Test
    void aSystemPropertyOverridesAParameterWhichOverridesTheFileWhichOverridesTheDefault() {
        assertThat(connectTimeout(nothing())).isEqualTo(Duration.ofSeconds(5));
        SourcesFixture sources = nothing().file(directory, TIMEOUT + " = 4s");
        assertThat(connectTimeout(sources)).isEqualTo(Duration.ofSeconds(4));
        sources.parameter(TIMEOUT, "3s");
        assertThat(connectTimeout(sources)).isEqualTo(Duration.ofSeconds(3));
        sources.property(TIMEOUT, "2s");
        assertThat(connectTimeout(sources)).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void theFileOverridesTheVariablesOfNomadsCli() {
        SourcesFixture sources = nothing().variable("NOMAD_ADDR", "http://variable:4646");
        assertThat(servers(sources)).isEqualTo("[http://variable:4646]");
        sources.file(directory, "nomad-gate.servers = [\"http://file:4646\"]");
        assertThat(servers(sources)).isEqualTo("[http://file:4646]");
    }

    @Test
    void twoGatesInOneJvmDifferByTheirParameters() {
        Path one = write(directory.resolve("one.conf"), "nomad-gate.servers = [\"http://one:4646\"]");
        Path two = write(directory.resolve("two.conf"), "nomad-gate.servers = [\"http://two:4646\"]");

        assertThat(servers(nothing().parameter("nomad-gate.config", one.toString()))).contains("one");
        assertThat(servers(nothing().parameter("nomad-gate.config", two.toString()))).contains("two");
    }

    @Test
    void listsInAPropertyAreWrittenWithCommasByNumberOrAsInTheFile() {
        assertThat(servers(nothing().property("nomad-gate.servers", "http://a:1, http://b:2")))
                .isEqualTo("[http://a:1, http://b:2]");
        assertThat(servers(nothing().property("nomad-gate.servers.1", "http://b:2")
                .property("nomad-gate.servers.0", "http://a:1"))).isEqualTo("[http://a:1, http://b:2]");
        assertThat(servers(nothing().property("nomad-gate.servers", "[\"http://a:1\", {address = \"http://b:2\"}]")))
                .isEqualTo("[http://a:1, http://b:2]");
    }

    @Test
    void moreThanTenServersByNumberKeepTheirOrder() {
        SourcesFixture sources = nothing();
        for (int i = 0; i <= 10; i++) {
            sources.property("nomad-gate.servers." + i, "http://n" + i);
        }
        assertThat(sources.read().upstream().servers().get(10).authority()).isEqualTo("n10:80");
    }

    @Test
    void aListReplacesTheWholeListOfAWeakerSource() {
        SourcesFixture sources = nothing().file(directory, "nomad-gate.servers = [\"http://a:1\", \"http://b:2\"]")
                .property("nomad-gate.servers", "http://c:3");
        assertThat(servers(sources)).isEqualTo("[http://c:3]");
    }

    @Test
    void theFileIsFoundOnTheClassPathBeforeThePlacesOfTheContainers() {
        Path classes = write(directory.resolve("classes/nomad-gate.conf"), timeout(1)).getParent();
        Path jetty = write(directory.resolve("jetty/nomad-gate.conf"), timeout(2)).getParent();
        Path tomcat = write(directory.resolve("tomcat/conf/nomad-gate.conf"), timeout(3)).getParent().getParent();

        SourcesFixture sources = nothing().property("catalina.base", tomcat.toString());
        assertThat(connectTimeout(sources)).isEqualTo(Duration.ofSeconds(3));
        sources.property("jetty.base", jetty.toString());
        assertThat(connectTimeout(sources)).isEqualTo(Duration.ofSeconds(2));
        sources.classPath(classes);
        assertThat(connectTimeout(sources)).isEqualTo(Duration.ofSeconds(1));
        assertThat(GateConfigReader.file(sources.sources())).get().asString().contains("classes/nomad-gate.conf");
    }

    @Test
    void aFileWhichWasAskedForHasToExist() {
        Mistake mistake = nothing().parameter("nomad-gate.config", directory + "/absent.conf").mistake();

        assertThat(mistake.origin()).isEqualTo("context parameter nomad-gate.config");
        assertThat(mistake.problem()).contains("absent.conf");
    }

    @Test
    void theFileMayNameVariablesPropertiesAndOtherSettings() {
        SourcesFixture sources = nothing().variable("PORT_OF_NOMAD", "4747").property("host.of.nomad", "h")
                .file(directory, """
                        nomad-gate {
                          servers = ["http://"${host.of.nomad}":"${PORT_OF_NOMAD}, ${?ABSENT}]
                          exec.ping-interval = ${nomad-gate.exec.pong-timeout}
                        }""");
        assertThat(servers(sources)).isEqualTo("[http://h:4747]");
        assertThat(sources.read().exec().pingInterval()).isEqualTo(sources.read().exec().pongTimeout());
    }

    @Test
    void theFileMayIncludeAnotherThatLiesBesideIt() {
        write(directory.resolve("servers.conf"), "nomad-gate.servers = [\"http://included\"]");

        assertThat(servers(nothing().file(directory, "include \"servers.conf\""))).isEqualTo("[http://included:80]");
    }

    private static String timeout(int seconds) {
        return TIMEOUT + " = " + seconds + "s";
    }

    private static Duration connectTimeout(SourcesFixture sources) {
        return sources.read().upstream().connectTimeout();
    }

    private static String servers(SourcesFixture sources) {
        return sources.read().upstream().servers().toString();
    }
}
