package dev.nomadgate.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The gate is called as {@code https://gate.example}; {@code https://ui.example:8443} is listed. */
class OriginPolicyTest {

    private static final ClientResolver RESOLVER = new ClientResolver(AddressRanges.of(List.of("10.0.0.0/8")));
    private static final Client CLIENT = called("Host: gate.example", "X-Forwarded-Proto: https");

    private final OriginPolicy policy = new OriginPolicy(Set.of(Origin.parse("https://ui.example:8443")), false);

    private static Client called(String... lines) {
        return RESOLVER.resolve(SampleArrivals.from("10.0.0.1", lines));
    }

    private static String refusal(Verdict verdict) {
        assertThat(verdict).isInstanceOf(Verdict.Refused.class);
        return ((Verdict.Refused) verdict).reason();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "https://gate.example", "https://gate.example:443", "HTTPS://Gate.EXAMPLE",
        "https://ui.example:8443", "https://UI.example:8443",
    })
    void ownAndListedOriginsAreAllowed(String origin) {
        assertThat(policy.judge(List.of(origin), CLIENT)).isEqualTo(new Verdict.Allowed());
    }

    @ParameterizedTest(name = "attacker''s Origin {0}")
    @NullSource
    @ValueSource(strings = {
        // another site
        "https://evil.example", "https://gate.example.evil.example", "https://evilgate.example", "https://example",
        "https://sub.gate.example", "https://gate.example.", "https://gate-example", "https://gate.exampl",
        // another scheme or port
        "http://gate.example", "http://gate.example:443", "https://gate.example:80", "https://gate.example:8443",
        "https://ui.example", "http://ui.example:8443", "wss://gate.example", "ws://gate.example", "ftp://gate.example",
        "file://", "file://gate.example", "chrome-extension://gate.example", "data:text/html,x", "javascript:0",
        // no origin
        "", " ", "null", "NULL", "*", "https", "https:", "https://", "https:gate.example", "https:/gate.example",
        "//gate.example", "gate.example", "://gate.example",
        // something around it
        "https://gate.example/", "https://gate.example/ui/", "https://gate.example?", "https://gate.example#",
        "https://gate.example\\", "https://gate.example\\@evil.example", "https://evil.example\\@gate.example",
        "https://user@gate.example", "https://user:password@gate.example", "https://@gate.example",
        "https://gate.example@evil.example", "https://evil.example#@gate.example", "https://evil.example/gate.example",
        " https://gate.example", "https://gate.example ", "\thttps://gate.example", "https://gate.example\t",
        "https:// gate.example", "https://gate .example", "https://gate.example\r\n", "https://gate.example\u0000",
        "https://gate.example\u0000.evil.example", "https://gate.example%00", "https://gate%2eexample",
        "https://gate.example;", "https://gate.example'", "\"https://gate.example\"", "<https://gate.example>",
        // more than one
        "https://gate.example,https://evil.example", "https://gate.example, https://gate.example",
        "https://gate.example https://evil.example", "https://gate.example https://gate.example",
        "null, https://gate.example", "https://gate.example,",
        // odd ports
        "https://gate.example:", "https://gate.example:0", "https://gate.example:0443", "https://gate.example:65979",
        "https://gate.example:4294967739", "https://gate.example:-1", "https://gate.example:+443",
        "https://gate.example:443:443", "https://gate.example:443 ", "https://gate.example:\u0664\u0664\u0663",
        // look-alikes
        "https://g\u0430te.example", "https://gate\u3002example", "https://gate\uff0eexample",
        "https://\uff47ate.example", "https://gate.example\u200b", "https://gat\u00e9.example",
        "https://gate\u00ad.example", "\u212attps://gate.example", "http\u017f://gate.example",
        // odd hosts
        "https://.", "https://.gate.example", "https://gate..example", "https://gate.example..", "https://[gate.example]",
        "https://[::1]", "https://[::1", "https://[fe80::1%25eth0]", "https://127.1", "https://0x7f000001",
    })
    void anyOtherOriginIsRefused(String origin) {
        assertThat(refusal(policy.judge(Arrays.asList(origin), CLIENT)))
                .contains("Origin header").contains("nomad-gate.exec.allowed-origins").matches("[ -~]{1,700}");
    }

    @Test
    void cliWithoutOriginIsAllowed() {
        assertThat(policy.judge(List.of(), CLIENT)).isEqualTo(new Verdict.Allowed());
        assertThat(policy.judge(null, CLIENT)).isEqualTo(new Verdict.Allowed());
        assertThat(policy.judge(List.of(), called())).isEqualTo(new Verdict.Allowed());
    }

    @Test
    void cliWithoutOriginIsRefusedIfOriginIsRequired() {
        assertThat(refusal(new OriginPolicy(Set.of(), true).judge(List.of(), CLIENT)))
                .contains("nomad-gate.exec.require-origin is true");
    }

    @Test
    void repeatedOriginIsRefusedEvenIfEqual() {
        assertThat(refusal(policy.judge(List.of("https://gate.example", "https://gate.example"), CLIENT)))
                .contains("came 2 times").contains("\"https://gate.example\"");
        assertThat(refusal(policy.judge(List.of("https://gate.example", ""), CLIENT))).contains("came 2 times");
    }

    @Test
    void schemeMismatchHintsAtTheProxyThatEndsTls() {
        Client direct = RESOLVER.resolve(
                SampleArrivals.from("192.0.2.1", "Host: gate.example", "X-Forwarded-Proto: https"));
        assertThat(refusal(policy.judge(List.of("https://gate.example"), direct))).isEqualTo(
                "The Origin header \"https://gate.example\" is not the gate's own origin \"http://gate.example\": "
                        + "the scheme differs. If a proxy that ends TLS stands in front, list its address in "
                        + "nomad-gate.client.trusted-proxies and let it send X-Forwarded-Proto and X-Forwarded-Port; "
                        + "otherwise add the origin to nomad-gate.exec.allowed-origins.");
    }

    @Test
    void portMismatchHintsAtTheProxyToo() {
        assertThat(refusal(policy.judge(List.of("https://gate.example:8443"), CLIENT)))
                .contains("the port differs").contains("nomad-gate.client.trusted-proxies");
    }

    @ParameterizedTest(name = "Origin {0} at {1}")
    @CsvSource({
        "http://[2001:db8::1]:8080, [2001:DB8:0:0::1]:8080, true",
        "http://192.0.2.7, 192.0.2.7, true",
        "http://192.0.2.7, [::ffff:192.0.2.7], false",
        "http://gate.example., gate.example., true",
        "http://gate.example, gate.example., false",
        "http://xn--bcher-kva.example, XN--bcher-kva.example:80, true",
        "http://task_gate, task_gate, true",
        "http://localhost:8080, 127.0.0.1:8080, false",
    })
    void hostsAreComparedInOneForm(String origin, String host, boolean allowed) {
        assertThat(policy.judge(List.of(origin), called("Host: " + host)) instanceof Verdict.Allowed)
                .isEqualTo(allowed);
    }

    @Test
    void withoutOneUsableHostNoOriginIsAllowed() {
        List<String> listed = List.of("https://ui.example:8443");
        assertThat(refusal(policy.judge(listed, called()))).contains("the Host header is missing");
        assertThat(refusal(policy.judge(listed, called("Host: ")))).contains("it is empty");
        assertThat(refusal(policy.judge(listed, called("Host: ui.example", "Host: ui.example")))).contains("repeated");
        assertThat(refusal(policy.judge(listed, called("Host: a@b")))).contains("user information");
    }

    @Test
    void longAndHostileValuesAreShownBoundedAndHarmless() {
        String reason = refusal(policy.judge(List.of("<script>'\"\r\nX: y\u001b[31m" + "a".repeat(10_000)), CLIENT));
        assertThat(reason).hasSizeLessThan(500).doesNotContain("<", "\r", "\n", "\u001b", "'\"").contains("...");
    }
}
