package dev.nomadgate.contract.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The system's own Chromium, driven by Playwright; it ends with this object. For the thread that started it. */
public final class Chromium implements AutoCloseable {

    private static final Path PROGRAM = Path.of(System.getProperty("chromium", "/usr/bin/chromium"));

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    public static Chromium start() {
        assertThat(Files.isExecutable(PROGRAM))
                .as("Chromium at %s is missing: install Debian's package chromium (apt-get install chromium), "
                        + "or name another one with -Dchromium=/path", PROGRAM)
                .isTrue();
        Playwright playwright = Playwright.create(new Playwright.CreateOptions()
                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        return new Chromium(playwright, playwright.chromium().launch(new BrowserType.LaunchOptions()
                .setExecutablePath(PROGRAM)
                .setArgs(List.of("--no-sandbox", "--disable-quic", "--no-first-run", "--disable-sync",
                        "--disable-background-networking", "--disable-component-update"))));
    }

    /** A person's profile: its pages share cookies and storage with each other and with no other profile. */
    public BrowserContext newProfile() {
        return browser.newContext(new Browser.NewContextOptions().setViewportSize(1280, 800));
    }

    @Override
    public void close() {
        playwright.close();
    }
}
