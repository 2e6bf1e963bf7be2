package dev.nomadgate.contract.nomad;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocket;

/** The terminal on the exec page of Nomad's UI. */
final class UiTerminal {

    private final Page page;
    private final Locator screen;

    private UiTerminal(Page page) {
        this.page = page;
        this.screen = page.locator(".xterm-rows");
    }

    /** Starts the command that the page proposes, and returns when the shell has shown its prompt. */
    static UiTerminal start(Page page) {
        UiTerminal terminal = new UiTerminal(page);
        assertThat(terminal.screen).containsText("/bin/bash");
        terminal.screen.click();
        // What is typed before the shell answers is lost: Nomad's page listens to the keyboard only then.
        WebSocket session = page.waitForWebSocket(() -> page.keyboard().press("Enter"));
        session.waitForFrameReceived(new WebSocket.WaitForFrameReceivedOptions()
                .setPredicate(frame -> frame.text().contains("\"data\"")), () -> { });
        return terminal;
    }

    void type(String text) {
        page.keyboard().type(text);
    }

    void awaitText(String text) {
        assertThat(screen).containsText(text);
    }
}
