package dev.nomadgate.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostPolicyTest {

    private final HostPolicy policy = new HostPolicy(Set.of("gate.example", "192.0.2.7", "2001:DB8::7"));

    private static Client called(String... lines) {
        return new ClientResolver(AddressRanges.of(List.of("10.0.0.0/8"))).resolve(SampleArrivals.from("10.0.0.1", lines));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gate.example", "GATE.example:8443", "192.0.2.7:80", "[2001:db8::7]", "[2001:db8:0::7]:1"})
    void listedHostIsAllowed(String host) {
        assertThat(policy.judge(called("Host: " + host))).isEqualTo(new Verdict.Allowed());
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "gate.example.", "gate.example.evil.example", "[::ffff:c000:207]"})
    void reboundNameIsRefused(String host) {
        assertThat(policy.judge(called("Host: " + host))).isInstanceOfSatisfying(Verdict.Refused.class,
                refused -> assertThat(refused.reason()).contains("\"" + host).contains("nomad-gate.client.allowed-hosts"));
    }

    @Test
    void requestWithoutUsableHostIsRefused() {
        assertThat(policy.judge(called())).isInstanceOf(Verdict.Refused.class);
        assertThat(policy.judge(called("Host: a@gate.example"))).isInstanceOf(Verdict.Refused.class);
        assertThat(policy.judge(called("Host: gate.example", "Host: gate.example"))).isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void forwardedHostThatAReboundPageWroteDoesNotHideItsOwnName() {
        assertThat(policy.judge(called("Host: evil.example", "X-Forwarded-Host: gate.example")))
                .isInstanceOf(Verdict.Refused.class);
        assertThat(policy.judge(called("Host: evil!.example", "X-Forwarded-Host: gate.example")))
                .isInstanceOf(Verdict.Refused.class);
        assertThat(policy.judge(called("Host: 192.0.2.7:8080", "X-Forwarded-Host: gate.example")))
                .isEqualTo(new Verdict.Allowed());
        assertThat(policy.judge(called("Host: gate.example", "X-Forwarded-Host: evil.example")))
                .isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void emptyListAllowsAnyHostAndNone() {
        HostPolicy any = new HostPolicy(Set.of());
        assertThat(any.judge(called("Host: evil.example"))).isEqualTo(new Verdict.Allowed());
        assertThat(any.judge(called())).isEqualTo(new Verdict.Allowed());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*", "gate.example:80", "https://gate.example", "*.example", "127.1", "[gate]"})
    void configuredTextThatIsNoHost(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> new HostPolicy(Set.of(text)))
                .withMessageContaining("\"" + text + "\" is not a host name without port");
    }
}
