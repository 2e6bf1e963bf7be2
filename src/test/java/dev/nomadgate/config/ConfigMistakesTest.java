package dev.nomadgate.config;

import static dev.nomadgate.config.SourcesFixture.nothing;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigMistakesTest {

    @TempDir
    Path directory;

    @Test
    void allMistakesAreToldAtOnceWithFileLineSettingValueAndRemedy() {
        GateConfigException failure = nothing().file(directory, """
                nomad-gate {
                  servers = ["ftp://a", "http://b:4646"]
                  upstream {
                    connect-timeout = 5 parsecs
                    max-connections = many
                  }
                }
                """).variable("NOMAD_SKIP_VERIFY", "maybe").failure();

        String file = directory.resolve("nomad-gate.conf").toString();
        assertThat(failure.mistakes()).extracting(Mistake::origin).containsExactlyInAnyOrder(
                file + ": 2", file + ": 4", file + ": 5", "environment variable NOMAD_SKIP_VERIFY");
        assertThat(failure).hasMessageStartingWith("nomad-gate: 4 mistakes in the configuration")
                .hasMessageContaining("nomad-gate.upstream.connect-timeout = \"5 parsecs\"")
                .hasMessageContaining("Write a number with a unit");
        assertThat(failure.mistakes()).allSatisfy(mistake -> assertThat(mistake.remedy()).isNotBlank());
    }

    @ParameterizedTest
    @CsvSource({
        "nomad-gate.upstream.conect-timeout,  nomad-gate.upstream.connect-timeout",
        "nomad-gate.upstream.connectTimeout,  nomad-gate.upstream.connect-timeout",
        "nomad-gate.connect-timeout,          nomad-gate.upstream.connect-timeout",
        "nomad-gate.upstream.ca-cert,         nomad-gate.tls.ca-cert",
        "nomad-gate.upstrem.idle-timeout,     nomad-gate.upstream",
        "servers,                             nomad-gate.servers",
    })
    void anUnknownSettingIsAMistakeWhichNamesTheNearest(String unknown, String nearest) {
        assertThat(nothing().file(directory, unknown + " = 5s").mistake().remedy())
                .isEqualTo("Did you mean " + nearest + "?");
    }

    @Test
    void anUnknownSettingIsAMistakeInPropertiesAndParametersToo() {
        assertThat(nothing().property("nomad-gate.colour", "red").mistake().origin())
                .isEqualTo("system property nomad-gate.colour");
        assertThat(nothing().parameter("nomad-gate.colour", "red").mistake().origin())
                .isEqualTo("context parameter nomad-gate.colour");
    }

    @Test
    void propertiesAndParametersOfOthersAreNotLookedAt() {
        assertThat(nothing().property("nomad.binary", "x").parameter("other.thing", "y").mistakes()).isEmpty();
    }

    @Test
    void theFileCannotSayWhereTheFileIs() {
        assertThat(nothing().file(directory, "nomad-gate.config = x").mistake().remedy()).contains("system property");
    }

    @ParameterizedTest
    @CsvSource({
        "upstream.connect-timeout, 5",
        "upstream.connect-timeout, '\"5\"'",
        "upstream.connect-timeout, true",
        "upstream.connect-timeout, [5s]",
        "upstream.connect-timeout, null",
        "upstream.connect-timeout, -5s",
        "upstream.max-connections, 1.5",
        "upstream.max-connections, 99999999999",
        "upstream.max-connections, {}",
        "exec.require-origin, yes",
        "exec.require-origin, 1",
        "tls.server-name, [a]",
        "tls.server-name, https://a",
        "tls.ca-cert, {}",
        "client.allowed-hosts, 7",
        "client.allowed-hosts, [7]",
        "client.trusted-proxies, [[]]",
        "tls, off",
        "upstream, []",
    })
    void aValueOfTheWrongKindIsOneMistake(String setting, String value) {
        String shown = value.startsWith("https") ? "\"" + value + "\"" : value;
        assertThat(nothing().file(directory, "nomad-gate." + setting + " = " + shown).mistake().setting())
                .startsWith("nomad-gate." + setting);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "discovery { tokn = \"%s\" }", "discovery { tokens = [\"%s\"] }", "discovery = \"%s\"", "discovery { token \"%s\" }",
        "discovery { token %s }", "discovery { token: \"%s }", "discovery.\"%s\" = x", "discovery.members = \"%s\"",
        "servers = [{ adress = \"http://a\", tokn = \"%s\" }]", "servers = [{ address = { tokn = \"%s\" } }]",
        "discovery { token = ${%s} }", "health.timeout = \"the one who asks is known by all of them as he who has this token: %s\""})
    void aTokenIsNotShownWhereverItStands(String text) {
        String token = "b9a6f1c4-7d2e-4c1a-9f0b-3e5d8c7a6b12";
        assertThat(nothing().file(directory, "nomad-gate { " + text.formatted(token) + " }").failure())
                .isNotNull().message().doesNotContain("b9a6", "7d2e", "3e5d");
    }

    @ParameterizedTest
    @ValueSource(strings = {"discovery { tokn = geheim }", "discovery = geheim", "health = [geheim]",
        "servers = [{ address = \"http://a\", tokn = geheim }]", "servers = [{ tokn = geheim }]"})
    void whatNoSettingIsMeantToHoldIsNotShown(String text) {
        assertThat(nothing().file(directory, "nomad-gate { " + text + " }").failure())
                .isNotNull().message().doesNotContain("geheim");
    }

    @ParameterizedTest
    @ValueSource(strings = {"5000", "\"5000\""})
    void aDurationWithoutUnitIsNotGuessedToBeMilliseconds(String value) {
        assertThat(nothing().file(directory, "nomad-gate.upstream.connect-timeout = " + value).mistake().problem())
                .isEqualTo("The unit is missing.");
    }

    @Test
    void theWholeSectionMayNotBeText() {
        assertThat(nothing().file(directory, "nomad-gate = on").mistake().setting()).isEqualTo("nomad-gate");
    }

    @Test
    void aSyntaxErrorIsToldWithFileAndLineBesideTheMistakesOfOtherSources() {
        List<Mistake> mistakes = nothing().file(directory, "nomad-gate {\n  servers = [http://a]\n}")
                .property("nomad-gate.upstream.max-connections", "0").mistakes();

        assertThat(mistakes).extracting(Mistake::origin).containsExactly(
                directory.resolve("nomad-gate.conf") + ": 2", "system property nomad-gate.upstream.max-connections");
        assertThat(mistakes.get(0).remedy()).contains("double quotes");
    }

    @Test
    void anUndefinedSubstitutionIsToldWithFileAndLine() {
        Mistake mistake = nothing().file(directory, "\nnomad-gate.tls.server-name = ${ABSENT}").mistake();

        assertThat(mistake.origin()).endsWith("nomad-gate.conf: 2");
        assertThat(mistake.problem()).contains("ABSENT");
    }

    @Test
    void aMissingIncludeThatIsRequiredIsAMistake() {
        assertThat(nothing().file(directory, "include required(file(\"absent.conf\"))").mistake().problem())
                .contains("absent.conf");
    }

    @Test
    void aPropertyThatIsNoHoconListIsNamed() {
        assertThat(nothing().property("nomad-gate.servers", "[http://a").mistake().origin())
                .isEqualTo("system property nomad-gate.servers");
    }

    @ParameterizedTest
    @ValueSource(strings = {"300.0.0.1", "10.0.0.0/99", "proxy.example.com"})
    void aTrustedProxyThatIsNoAddressIsAMistake(String range) {
        Mistake mistake = nothing().parameter("nomad-gate.client.trusted-proxies", "10.0.0.1," + range).mistake();

        assertThat(mistake.setting()).isEqualTo("nomad-gate.client.trusted-proxies[1]");
        assertThat(mistake.problem()).contains(range);
    }

    @Test
    void everyoneMayBeTrusted() throws Exception {
        assertThat(nothing().property("nomad-gate.client.trusted-proxies", "0.0.0.0/0").read().client()
                .trustedProxies().contains(java.net.InetAddress.getByName("192.0.2.1"))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "https://nomad.example.com, no scheme",
        "nomad.example.com:8080,    no port",
        "*.example.com,             no wildcards",
        "nomad example,             not a host name",
    })
    void anAllowedHostIsABareName(String host, String problem) {
        assertThat(nothing().property("nomad-gate.client.allowed-hosts", host).mistake().problem()).contains(problem);
    }

    @Test
    void allowedHostsAreFoldedAndAddressesGetTheirBrackets() {
        assertThat(nothing().property("nomad-gate.client.allowed-hosts", "Nomad.Example.COM,::1,[fe80::1],10.0.0.1")
                .read().client().allowedHosts())
                .containsExactlyInAnyOrder("nomad.example.com", "[::1]", "[fe80::1]", "10.0.0.1");
    }

    @Test
    void anAllowedOriginHasNoPath() {
        Mistake mistake = nothing().property("nomad-gate.exec.allowed-origins", "https://a.example/x").mistake();

        assertThat(mistake.problem()).contains("https://a.example/x");
        assertThat(mistake.remedy()).contains("no path");
    }

    @Test
    void allowedOriginsAreRead() {
        assertThat(nothing().property("nomad-gate.exec.allowed-origins", "https://a.example").read().exec()
                .allowedOrigins()).singleElement().hasFieldOrPropertyWithValue("port", 443);
    }
}
