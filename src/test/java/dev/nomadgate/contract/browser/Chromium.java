package dev.nomadgate.contract.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The system's own Chromium, driven by Playwright. The tests of a run share it: it starts when the first of them asks, and
 * ends with the run. As Playwright is, it is for one thread at a time.
 */
public final class Chromium {

    private static final Path PROGRAM = Path.of(System.getProperty("chromium", "/usr/bin/chromium"));

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static Browser shared;

    private Chromium() {
    }

    /** A browser with nothing in its storage, which is the caller's to close. */
    public static BrowserContext fresh() {
        if (shared == null) {
            shared = start();
        }
        return shared.newContext();
    }

    private static Browser start() {
        assertThat(Files.isExecutable(PROGRAM))
                .as("Chromium at %s is missing: install Debian's package chromium (apt-get install chromium), "
                        + "or name another one with -Dchromium=/path", PROGRAM)
                .isTrue();
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE.toMillis());
        Playwright playwright = Playwright.create(new Playwright.CreateOptions()
                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Runtime.getRuntime().addShutdownHook(new Thread(playwright::close, "end of the browser"));
        return playwright.chromium().launch(new BrowserType.LaunchOptions()
                .setExecutablePath(PROGRAM)
                .setArgs(List.of("--no-sandbox", "--disable-quic", "--no-first-run", "--disable-sync",
                        "--disable-background-networking", "--disable-component-update")));
    }

    /** The text of a file of the class path. */
    static String resource(String name) {
        try (InputStream file = Chromium.class.getResourceAsStream(name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What a browser's pages asked for and complained about.
     *
     * @param requests the address of every request and every WebSocket
     * @param complaints console errors, uncaught exceptions and failed requests
     */
    public record Watch(List<String> requests, List<String> complaints) {

        public static Watch over(BrowserContext context) {
            Watch watch = new Watch(new CopyOnWriteArrayList<>(), new CopyOnWriteArrayList<>());
            context.onRequest(request -> watch.requests.add(request.url()));
            context.onRequestFailed(request -> {
                // An event source is ended by its page, and a browser calls that failed.
                if (!request.resourceType().equals("eventsource")) {
                    watch.complaints.add(request.url() + ": " + request.failure());
                }
            });
            context.onWebError(error -> watch.complaints.add(error.error()));
            context.onConsoleMessage(message -> {
                if (message.type().equals("error")) {
                    watch.complaints.add(message.text());
                }
            });
            context.onPage(watch::watchSockets);
            return watch;
        }

        private void watchSockets(Page page) {
            page.onWebSocket(socket -> requests.add(socket.url()));
        }
    }
}
