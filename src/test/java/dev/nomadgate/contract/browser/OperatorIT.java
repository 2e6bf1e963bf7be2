package dev.nomadgate.contract.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.nomadgate.contract.GateUnderTest;
import dev.nomadgate.contract.containers.ContainerKind;
import dev.nomadgate.contract.containers.GateContainer;
import dev.nomadgate.standin.StandInNomad;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An operator at work: somebody opens a shell, which is seen, ended, found again, replayed, and on record. */
class OperatorIT {

    private static final StandInNomad NOMAD = StandInNomad.start();

    @TempDir
    static Path directory;

    @AfterAll
    static void stopNomad() {
        NOMAD.close();
    }

    @ParameterizedTest
    @CsvSource({"JETTY_EMBEDDED, /", "TOMCAT_11, /nomad-gate"})
    void seesAShellEndsItFindsItAndReplaysIt(ContainerKind kind, String contextPath) throws IOException {
        Path records = Files.createDirectory(directory.resolve(kind.name()));
        GateContainer gate = kind.shared(GateUnderTest.options(NOMAD).contextPath(contextPath)
                .with("identity.enabled", "true")
                .with("audit.file", records.resolve("audit.jsonl").toString())
                .with("recording.enabled", "true")
                .with("recording.directory", records.resolve("recordings").toString()));
        try (BrowserContext somebody = Chromium.fresh(); BrowserContext operator = Chromium.fresh()) {
            Chromium.Watch watch = Chromium.Watch.over(operator);
            Page shell = somebody.newPage();
            shell.navigate(gate.uri("/ui/").toString());
            shell.locator("#open-terminal").click();
            assertThat(shell.locator("#status")).containsText("connected");
            shell.locator("#terminal").click();
            shell.keyboard().type("echo answer is $((6*7))\n");
            assertThat(shell.locator("#terminal")).containsText("answer is 42");

            Page page = operator.newPage();
            page.setViewportSize(1280, 800);
            page.navigate(gate.uri("/gate/").toString());
            Locator rows = page.locator("#sessions tbody tr");
            assertThat(rows).hasCount(1);
            assertThat(rows.first()).containsText(StandInNomad.JOB);
            assertThat(rows.first()).containsText("/bin/sh");
            picture(page, kind, "live");
            rows.first().getByRole(AriaRole.BUTTON).click();
            page.locator("#confirm button[value=end]").click();
            assertThat(rows).hasCount(0);
            assertThat(shell.locator("#status")).containsText("closed");
            assertThat(shell.locator("#terminal")).containsText("an operator ended the session");

            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Recordings")).click();
            page.getByLabel("Job").fill(StandInNomad.JOB);
            Locator found = page.locator("#list tbody tr");
            // The end of a session is written behind its back.
            await().pollInSameThread().atMost(Duration.ofSeconds(15)).until(() -> {
                page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Find").setExact(true)).click();
                assertThat(page.locator("#said")).containsText("found");
                return found.count() == 1;
            });
            found.first().getByRole(AriaRole.LINK).first().click();
            assertThat(page.locator("#marks")).containsText("somebody at the gate's pages ended it");
            page.getByLabel("Position").press("End");
            assertThat(page.locator("#screen .xterm-rows")).containsText("answer is 42");
            picture(page, kind, "recordings");
            assertThat(watch.complaints()).isEmpty();
            assertThat(watch.requests()).allSatisfy(address ->
                    assertThat(address).matches("\\Q" + gate.uri("/gate/") + "\\E.*|data:.*"));
        }
        await().atMost(Duration.ofSeconds(15)).untilAsserted(() -> assertThat(records.resolve("audit.0.jsonl")).content()
                .contains("\"event\":\"session-start\"", "\"endedBy\":\"admin\"", "\"job\":\"demo\"", "\"tty\":true"));
    }

    /** To be looked at; the README shows two of them. */
    private static void picture(Page page, ContainerKind kind, String name) {
        page.screenshot(new Page.ScreenshotOptions().setFullPage(true)
                .setPath(Path.of("target/screenshots", "operator-" + name + "-" + kind.name() + ".png")));
    }
}
