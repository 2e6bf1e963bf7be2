package dev.nomadgate.contract.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import dev.nomadgate.contract.GateUnderTest;
import dev.nomadgate.contract.containers.ContainerKind;
import dev.nomadgate.contract.containers.GateContainer;
import dev.nomadgate.standin.StandInNomad;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A user of the realm in a browser, which knows name and password by the address that was opened. */
class RealmIT {

    @ParameterizedTest
    @EnumSource(names = {"JETTY_EMBEDDED", "TOMCAT_11"})
    void showsAViewerWhatItMaySeeAndTellsNomadNothing(ContainerKind kind) {
        try (StandInNomad nomad = StandInNomad.start(); BrowserContext browser = Chromium.fresh()) {
            GateContainer gate = kind.shared(GateUnderTest.options(nomad).withRealm());
            String signedIn = gate.uri("/").toString().replace("://", "://viewer:viewer@");
            Page page = browser.newPage();
            page.navigate(signedIn + "gate");
            assertThat(page.locator("#pulse")).containsText("Live");
            assertThat(page.locator("#caller")).containsText("you are viewer, and may look");

            page.navigate(signedIn + "gate/recordings.html");
            assertThat(page.locator("#said")).containsText("You may not see this page.");
            assertThat(page.locator("#said")).containsText("recordings seen, by gate-admin only");

            page.navigate(gate.uri("/ui/").toString());
            assertThat(nomad.requests()).isNotEmpty().allSatisfy(request ->
                    assertThat(request.headers("Authorization")).isEmpty());
        }
    }
}
