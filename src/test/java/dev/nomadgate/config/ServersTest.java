package dev.nomadgate.config;

import static dev.nomadgate.config.SourcesFixture.nothing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nomadgate.upstream.Server;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServersTest {

    @TempDir
    Path directory;

    @Test
    void aServerTakesFromTheDefaultsWhatItDoesNotSay() {
        assertThat(nothing().file(directory, """
                nomad-gate {
                  server-defaults { weight = 3, fail-timeout = 1m }
                  servers = [
                    "http://a:1"
                    { address = "https://b:2", weight = 2, down = true, max-fails = 0, fail-timeout = 5s }
                    { address = "http://c:3" }
                  ]
                }""").read().upstream().servers()).containsExactly(
                new Server(URI.create("http://a:1"), 3, false, 1, Duration.ofMinutes(1)),
                new Server(URI.create("https://b:2"), 2, true, 0, Duration.ofSeconds(5)),
                new Server(URI.create("http://c:3"), 3, false, 1, Duration.ofMinutes(1)));
    }

    @Test
    void serversMayBeBackupsOrBeLookedUp() {
        var sources = servers("\"http://a\", {address = \"http://b\", backup = true}, {address = \"https://c:1\", resolve = true},"
                + "{address = \"http://d\", service = http}, {address = \"http://e\", service = \"x._udp\"}").read().upstream().sources();

        assertThat(sources).extracting(source -> source.server().backup()).containsExactly(false, true, false, false, false);
        assertThat(sources).extracting(ServerSource::query).containsExactly(Optional.empty(), Optional.empty(),
                Optional.of(new ServerSource.Query("c", false)), Optional.of(new ServerSource.Query("_http._tcp.d", true)),
                Optional.of(new ServerSource.Query("x._udp.e", true)));
    }

    @Test
    void aServiceHasANameAndNoPort() {
        assertThat(servers("{address = \"http://d:4646\", service = http}").mistake().remedy()).isEqualTo("Remove the port.");
        assertThat(servers("{address = \"http://d\", service = \"a b\"}").mistake().problem()).contains("not the name of one");
    }

    @ParameterizedTest
    @CsvSource({"dns.example", "127.0.0.1:0", "127.0.0.1:65536", "::1", "127.0.0.1:x"})
    void aDnsServerIsAnAddress(String address) {
        assertThat(nothing().property("nomad-gate.discovery.resolver", address).mistake().remedy()).contains("127.0.0.1:8600");
    }

    @Test
    void theTokenComesFromASettingOrAFileAndIsNotShown() {
        Path file = SourcesFixture.write(directory.resolve("token"), "geheim\nmore\n");
        SourcesFixture sources = nothing().property("nomad-gate.discovery.token-file", file.toString());
        assertThat(sources.read().upstream().discovery().token()).contains("geheim");
        assertThat(sources.read().toString()).doesNotContain("geheim");
        assertThat(sources.property("nomad-gate.discovery.token", "geheim").mistake().toString()).doesNotContain("geheim");
        assertThat(nothing().property("nomad-gate.discovery.token-file", "/nowhere").mistake().problem()).contains("cannot be read");
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:4646,              not an address",
        "localhost:4646,              scheme is missing",
        "localhost,                   scheme is missing",
        "ftp://h,                     http and https only",
        "http://,                     not an address",
        "http://my host,              not an address",
        "http://h:x,                  cannot be read",
        "http://h:0,                  no such port",
        "http://h:65536,              no such port",
        "http://h/nomad,              no path",
        "http://h?a=b,                no path",
        "http://h#a,                  no path",
        "http://u:geheim@h,           User and password",
        "unix:///run/nomad.sock,      Unix domain socket",
    })
    void anAddressIsSchemeHostAndPort(String address, String problem) {
        Mistake mistake = servers("\"" + address + "\"").mistake();

        assertThat(mistake.problem()).contains(problem);
        assertThat(mistake.toString()).doesNotContain("geheim");
    }

    @Test
    void theSameServerTwiceIsAMistakeThatNamesTheFirst() {
        Mistake mistake = servers("\"http://a\", {address = \"HTTP://A:80/\"}").mistake();

        assertThat(mistake.setting()).isEqualTo("nomad-gate.servers[1].address");
        assertThat(mistake.problem()).contains("nomad-gate.servers[0]");
    }

    @Test
    void thereHasToBeAServerThatIsNotDown() {
        assertThat(servers("").mistake().problem()).isEqualTo("There is no server.");
        assertThat(servers("{address = \"http://a\", down = true}").mistake().problem())
                .isEqualTo("Every server is down.");
    }

    @Test
    void everyServersMistakesAreTold() {
        assertThat(servers("{weight = 0, adress = \"http://a\"}, 7, {address = \"http://b\", max-fails = -1}").mistakes())
                .extracting(Mistake::setting).containsExactlyInAnyOrder(
                        "nomad-gate.servers[0].weight", "nomad-gate.servers[0].adress", "nomad-gate.servers[0]",
                        "nomad-gate.servers[1]", "nomad-gate.servers[2].max-fails");
    }

    @Test
    void aWrongDefaultIsToldOnceNotForEveryServer() {
        assertThat(servers("\"http://a\", \"http://b\"").property("nomad-gate.server-defaults.weight", "0").mistake()
                .setting()).isEqualTo("nomad-gate.server-defaults.weight");
    }

    private SourcesFixture servers(String elements) {
        return nothing().file(directory, "nomad-gate.servers = [" + elements + "]");
    }
}
