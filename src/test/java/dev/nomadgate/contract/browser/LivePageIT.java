package dev.nomadgate.contract.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.nomadgate.contract.containers.ContainerKind;
import dev.nomadgate.standin.RawWebSocket;
import dev.nomadgate.standin.StandInNomad;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The page that an operator looks at: what is on it, and that a session can be ended from it. */
@ParameterizedClass
@MethodSource("places")
class LivePageIT {

    private static final String MARKUP = "<img src=x onerror=alert(1)>";

    @Parameter
    GatePlace place;

    private final List<RawWebSocket> sessions = new ArrayList<>();
    private BrowserContext browser;
    private Chromium.Watch watch;
    private Page page;

    static Stream<GatePlace> places() {
        return Stream.of(new GatePlace(ContainerKind.JETTY_EMBEDDED, "/"), new GatePlace(ContainerKind.TOMCAT_11, "/nomad-gate"));
    }

    @BeforeEach
    void open() throws IOException {
        place.resetNomad();
        session(StandInNomad.ALLOC, "/bin/sh", "-l");
        session(StandInNomad.ECHO_ALLOC, MARKUP);
        browser = Chromium.fresh();
        watch = Chromium.Watch.over(browser);
        page = browser.newPage();
    }

    @AfterEach
    void close() {
        browser.close();
        sessions.forEach(RawWebSocket::close);
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void endsASessionWithTheKeyboard(ColorScheme scheme) throws IOException {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
        page.setViewportSize(1280, 800);
        page.navigate(place.address("/gate/"));
        Locator rows = page.locator("#sessions tbody tr");
        assertThat(rows).hasCount(2);
        assertThat(rows.first()).containsText("/bin/sh -l");
        assertThat(rows.last()).containsText(MARKUP);
        assertThat(rows.first()).containsText(StandInNomad.TASK);
        assertThat(page.locator("#servers tbody tr")).hasCount(1);
        assertThat(page.locator("#servers")).containsText("Available");
        assertThat(page.locator("[data-figure=sessions]")).hasText("2");
        String name = "live-" + scheme.name().toLowerCase(Locale.ROOT);
        picture(name);

        focus(rows.first().getByRole(AriaRole.BUTTON));
        page.keyboard().press("Enter");
        assertThat(page.getByRole(AriaRole.DIALOG, new Page.GetByRoleOptions().setName("End this session?"))).isVisible();
        assertThat(page.locator("#confirm-text")).containsText(StandInNomad.TASK);
        picture(name + "-end");
        page.keyboard().press("Escape");
        assertThat(page.locator("#confirm")).isHidden();
        assertThat(rows).hasCount(2);

        page.keyboard().press("Enter");
        focus(page.locator("#confirm button[value=end]"));
        page.keyboard().press("Enter");
        assertThat(rows).hasCount(1);
        assertThat(rows.first()).containsText(MARKUP);
        assertThat(page.locator("#said")).containsText("is ended");
        assertThat(page.locator("#sessions-title")).isFocused();
        assertThat(sessions.get(0).readClose(Duration.ofSeconds(10)).isClose()).isTrue();

        Locator left = rows.first().getByRole(AriaRole.BUTTON);
        focus(left);
        updates(2);
        assertThat(left).isFocused();
        assertThat(watch.complaints()).isEmpty();
        assertThat(watch.requests()).allSatisfy(url -> assertThat(url).matches("\\Q" + place.address("/gate/") + "\\E.*|data:.*"));
        assertThat(page).hasTitle("Live (1) – nomad-gate");
    }

    @Test
    void saysSoWhenTheGateDoesNotAnswerAndWhenItDoesAgain() {
        page.navigate(place.address("/gate/"));
        assertThat(page.locator("#pulse")).containsText("Live");
        page.route("**/api/state", route -> route.abort());
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("does not answer");
        picture("live-no-answer");
        assertThat(page.locator("#sessions tbody tr")).hasCount(2);
        page.unroute("**/api/state");
        assertThat(page.getByRole(AriaRole.ALERT)).isHidden();
        assertThat(page.locator("#pulse")).containsText("Live");
    }

    @Test
    void alarmsWhenThereAreProblems() {
        page.navigate(place.address("/gate/"));
        assertThat(page.locator("#pulse")).containsText("Live");
        assertThat(page.getByRole(AriaRole.ALERT)).isHidden();
        page.route("**/api/state", route -> route.fulfill(new Route.FulfillOptions().setResponse(route.fetch()).setBody(
                route.fetch().text().replace("\"problems\":[]", "\"problems\":[\"" + MARKUP + "\",\"The disk is full.\"]"))));
        assertThat(page.getByRole(AriaRole.ALERT)).containsText(MARKUP);
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("The disk is full.");
        picture("live-problems");
        page.unroute("**/api/state");
        assertThat(page.getByRole(AriaRole.ALERT)).isHidden();
    }

    @Test
    void doesNotAskWhileNobodyLooks() {
        page.clock().install();
        page.addInitScript("Object.defineProperty(document, 'hidden', { get: () => window.away === true })");
        page.navigate(place.address("/gate/"));
        assertThat(page.locator("#pulse")).containsText("Live");
        page.evaluate("() => { window.away = true; document.dispatchEvent(new Event('visibilitychange')); }");
        long before = questions();
        page.clock().runFor(60_000);
        assertThat(questions()).isEqualTo(before);
        page.evaluate("() => { window.away = false; document.dispatchEvent(new Event('visibilitychange')); }");
        await().until(() -> page.evaluate("1") != null && questions() == before + 1);
        page.clock().runFor(2_500);
        await().until(() -> page.evaluate("1") != null && questions() == before + 2);
    }

    @Test
    void tellsWhichServerAnAddressWouldGet() {
        page.navigate(place.address("/gate/"));
        page.getByLabel("Address of a client").fill("192.0.2.7");
        page.keyboard().press("Enter");
        assertThat(page.locator("#which-answer")).containsText("192.0.2.7 gets http://127.0.0.1:");
        picture("live-which");
        page.getByLabel("Address of a client").fill("nomad.example");
        page.keyboard().press("Enter");
        assertThat(page.locator("#which-answer")).containsText("nomad.example");
        assertThat(page.locator("#address")).hasAttribute("aria-invalid", "true");
    }

    @Test
    void findsASession() {
        page.navigate(place.address("/gate/"));
        page.getByLabel("Find").fill("BIN/sh " + StandInNomad.TASK);
        assertThat(page.locator("#sessions tbody tr")).hasCount(1);
        page.getByLabel("Find").fill("nobody");
        assertThat(page.locator("#sessions-empty")).containsText("None of the 2");
    }

    @Test
    void fitsAPhone() {
        page.setViewportSize(390, 844);
        page.navigate(place.address("/gate/"));
        assertThat(page.locator("#sessions tbody tr")).hasCount(2);
        assertThat(page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")).isEqualTo(true);
        assertThat(page.getByRole(AriaRole.COLUMNHEADER, new Page.GetByRoleOptions().setName("Command"))).hasCount(1);
        picture("live-phone");
    }

    /** To be looked at. */
    private void picture(String name) {
        page.screenshot(new Page.ScreenshotOptions().setFullPage(true).setPath(Path.of("target/screenshots", name + ".png")));
    }

    private void session(String alloc, String... command) throws IOException {
        String words = "[\"" + String.join("\",\"", command) + "\"]";
        sessions.add(RawWebSocket.open(URI.create(place.address("/v1/client/allocation/" + alloc + "/exec?task=" + StandInNomad.TASK + "&tty=true&command="
                + URLEncoder.encode(words, StandardCharsets.UTF_8))), Map.of("Origin", place.origin())));
    }

    /** As often as it takes, and no oftener than there is something to come to. */
    private void focus(Locator wanted) {
        for (int i = 0; i < 40 && !(boolean) wanted.evaluate("element => element === document.activeElement"); i++) {
            page.keyboard().press("Tab");
        }
        assertThat(wanted).isFocused();
    }

    private void updates(int count) {
        for (int i = 0; i < count; i++) {
            page.waitForResponse(response -> response.url().endsWith("/api/state"), () -> { });
        }
    }

    private long questions() {
        return watch.requests().stream().filter(url -> url.endsWith("/gate/api/state")).count();
    }
}
