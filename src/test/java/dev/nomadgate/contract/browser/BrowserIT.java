package dev.nomadgate.contract.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import dev.nomadgate.contract.GateUnderTest;
import dev.nomadgate.contract.containers.ContainerKind;
import dev.nomadgate.standin.StandInNomad;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A person at a browser: opens the page, reads the log as it is written, types into a shell. */
@ParameterizedClass
@EnumSource(ContainerKind.class)
class BrowserIT {

    private final GateUnderTest gate;
    private BrowserContext browser;
    private List<String> complaints;
    private Page page;

    BrowserIT(ContainerKind kind) {
        gate = GateUnderTest.shared(kind);
    }

    @BeforeEach
    void openPage() {
        browser = Chromium.fresh();
        complaints = Chromium.Watch.over(browser).complaints();
        page = browser.newPage();
    }

    @AfterEach
    void closePage() {
        browser.close();
    }

    @Test
    void aCommandTypedIntoTheTerminalIsAnswered() {
        page.navigate(gate.container().uri("/ui/").toString());
        page.locator("#open-terminal").click();
        assertThat(page.locator("#status")).containsText("connected");

        page.locator("#terminal").click();
        page.keyboard().type("echo answer is $((6*7))\n");
        assertThat(page.locator("#terminal")).containsText("answer is 42");

        page.keyboard().type("exit\n");
        assertThat(page.locator("#status")).containsText("closed");
        assertThat(complaints).isEmpty();
    }

    @Test
    void aLogLineShowsWhenItIsWritten() {
        page.navigate(gate.container().uri("/ui/").toString());
        assertThat(page.locator("body")).containsText("following");

        StandInNomad nomad = gate.nomad();
        for (String line : List.of("first line", "second line")) {
            nomad.log(line);
            assertThat(page.locator("body")).containsText(line);
        }
        assertThat(complaints).isEmpty();
    }

    @Test
    void aPageOfAnotherOriginCannotOpenAShell() {
        String html = "<!DOCTYPE html><title>attacker</title><p id=out>waiting</p><script>"
                + "const s = new WebSocket('ws://127.0.0.1:" + gate.container().port() + "/v1/client/allocation/"
                + StandInNomad.ALLOC + "/exec?task=sh&command=%5B%22/bin/sh%22%5D&ws_handshake=true');"
                + "s.onopen = () => out.textContent = 'open';"
                + "s.onclose = e => out.textContent = 'refused ' + e.code;</script>";
        try (StandInNomad attacker = StandInNomad.start()) {
            attacker.script("/attack", (request, wire) -> wire.write("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
                    + "Content-Length: " + html.length() + "\r\n\r\n" + html));
            page.navigate(attacker.address() + "/attack");
            assertThat(page.locator("#out")).hasText("refused 1006");
        }
        assertThat(gate.nomad().requests()).isEmpty();
    }
}
