package dev.nomadgate.contract.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import dev.nomadgate.standin.StandInNomad;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way in which a page of Nomad's is left, or opens another one, ends below the prefix. */
@ParameterizedClass
@MethodSource("dev.nomadgate.contract.browser.GatePlace#all")
class LeavingIT {

    private static Chromium chromium;
    private static StandInNomad elsewhere;

    @Parameter
    GatePlace place;

    private BrowserContext browser;
    private Chromium.Watch watch;
    private Page page;

    @BeforeAll
    static void start() {
        chromium = Chromium.start();
        elsewhere = StandInNomad.start();
    }

    @AfterAll
    static void stop() {
        if (elsewhere != null) {
            elsewhere.close();
        }
        if (chromium != null) {
            chromium.close();
        }
    }

    @BeforeEach
    void openPage() {
        place.resetNomad();
        browser = chromium.fresh();
        watch = Chromium.Watch.over(browser);
        page = browser.newPage();
        page.navigate(place.address("/ui/mechanisms"));
    }

    @AfterEach
    void closePage() {
        browser.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "link", "link that is nowhere", "link changed behind our back", "form submitted by its button",
        "form submitted by its script", "form asked to submit", "form changed behind our back", "button of its own",
        "location.href", "location.assign", "location.replace", "window.location"})
    void aPageOfNomadsIsReached(String way) {
        String query = way.matches("form.*|button.*") ? "?attributes=1" : "";
        leave(way, "/ui/exec/team%2Fbatch/demo/sh");
        assertThat(page).hasURL(place.address("/ui/exec/team%2Fbatch/demo/sh" + query));
        noRequestLeftThePrefix();
    }

    @ParameterizedTest
    @ValueSource(strings = {"link", "form submitted by its script", "location.href"})
    void whatIsNotNomadsIsLeftAlone(String way) {
        String query = way.startsWith("form") ? "?attributes=1" : "";
        for (Map.Entry<String, String> goal : Map.of(
                "exec/a/b/c", place.address("/ui/exec/a/b/c"),
                place.prefix() + "/ui/exec/x", place.address("/ui/exec/x"),
                "/a/ui/exec/x", place.origin() + "/a/ui/exec/x",
                elsewhere.address() + "/ui/exec/x", elsewhere.address() + "/ui/exec/x").entrySet()) {
            page.navigate(place.address("/ui/mechanisms"));
            leave(way, goal.getKey());
            assertThat(page).hasURL(goal.getValue() + query);
        }
    }

    @Test
    void aLinkOfThePageItselfStaysBelowThePrefix() {
        page.locator("#link").click();
        assertThat(page).hasURL(place.address("/ui/jobs"));
        noRequestLeftThePrefix();
    }

    @Test
    void theWayBackIsTheBrowsersOwn() {
        leave("location.href", "/ui/jobs");
        assertThat(page).hasURL(place.address("/ui/jobs"));
        page.goBack();
        assertThat(page).hasURL(place.address("/ui/mechanisms"));
        page.goForward();
        assertThat(page).hasURL(place.address("/ui/jobs"));
        noRequestLeftThePrefix();
    }

    @Test
    void aWindowOpensBelowThePrefix() {
        for (Map.Entry<String, String> goal : Map.of(
                "'/ui/exec/x', '_blank', 'width=973,height=490,location=1'", place.address("/ui/exec/x"),
                "location.origin + '/ui/exec/x'", place.address("/ui/exec/x"),
                "'exec/x'", place.address("/ui/exec/x"),
                "'" + place.prefix() + "/ui/exec/x'", place.address("/ui/exec/x"),
                "'/a/ui/exec/x'", place.origin() + "/a/ui/exec/x",
                "'" + elsewhere.address() + "/ui/exec/x'", elsewhere.address() + "/ui/exec/x",
                "", "about:blank",
                "undefined", "about:blank").entrySet()) {
            Page opened = page.waitForPopup(() -> page.evaluate("() => { window.open(" + goal.getKey() + "); }"));
            assertThat(opened).hasURL(goal.getValue());
            opened.close();
        }
    }

    @Test
    void aShellRuns() {
        page.navigate(place.address("/ui/"));
        Page terminal = page; // Nomad opens it in a window of its own; here the link is followed
        terminal.locator("#open-terminal").click();
        assertThat(terminal.locator("#status")).containsText("connected");
        terminal.locator("#terminal").click();
        terminal.keyboard().type("echo answer is $((6*7))\nexit\n");
        assertThat(terminal.locator("#terminal")).containsText("answer is 42");
        assertThat(terminal.locator("#status")).containsText("closed");
        noRequestLeftThePrefix();
        assertThat(watch.complaints()).isEmpty();
    }

    private void leave(String way, String address) {
        page.evaluate("([way, address]) => { setTimeout(() => leave[way](address)); }", List.of(way, address));
    }

    private void noRequestLeftThePrefix() {
        assertThat(watch.requests()).allSatisfy(url ->
                assertThat(url.replaceFirst("^ws", "http")).matches("\\Q" + place.address("/") + "\\E.*|data:.*"));
    }
}
