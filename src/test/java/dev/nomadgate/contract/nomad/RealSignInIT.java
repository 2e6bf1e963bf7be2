package dev.nomadgate.contract.nomad;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.nomadgate.contract.browser.Chromium;
import dev.nomadgate.contract.containers.ContainerKind;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A person signs in with a token to an agent with ACLs, in Nomad's own UI at one of two gates. Skipped as {@link RealUiIT}. */
class RealSignInIT {

    private static final RealNomad NOMAD = new RealNomad(true);

    @BeforeEach
    void startWhatIsNotRunning() {
        NOMAD.agentWithUi();
    }

    @AfterAll
    static void stop() {
        NOMAD.close();
    }

    @ParameterizedTest
    @CsvSource({"JETTY_EMBEDDED, /nomad-gate, /a/b", "TOMCAT_11, /nomad-gate, /a/b"})
    void aTokenCountsAtTheGateWhereItWasGivenOnly(ContainerKind kind, String contextPath, String other) {
        URI gate = NOMAD.gate(kind, contextPath);
        try (BrowserContext profile = Chromium.fresh()) {
            profile.setDefaultTimeout(15_000);
            Page signIn = profile.newPage();
            signIn.navigate(gate + "/ui/settings/tokens");
            // Whoever has no token is signed in as "Anonymous Token".
            signIn.getByRole(AriaRole.BUTTON, button("Sign Out")).click();
            signIn.locator("#token-input").fill(NOMAD.agent().token());
            signIn.getByRole(AriaRole.BUTTON, button("Sign in with secret")).click();
            assertThat(signIn.getByText("Bootstrap Token").first()).isVisible();

            // Not before: what the UI asks without a token, Nomad refuses, at any address.
            Complaints complaints = Complaints.of(profile, gate, RealAgent.NODE);
            Page page = profile.newPage();
            page.navigate(gate + "/ui/jobs");
            assertThat(page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(NomadCluster.JOB))).isVisible();
            page.navigate(gate + "/ui/exec/demo/demo/sh");
            UiTerminal terminal = UiTerminal.start(page);
            terminal.type("echo seven=$((6+1))\n");
            terminal.awaitText("seven=7");
            assertThat(complaints.all()).isEmpty();

            Page neighbour = profile.newPage();
            neighbour.navigate(NOMAD.gate(kind, other) + "/ui/settings/tokens");
            assertThat(neighbour.getByText("Anonymous Token").first()).isVisible();
        }
    }

    private static Page.GetByRoleOptions button(String name) {
        return new Page.GetByRoleOptions().setName(name);
    }
}
