package dev.nomadgate.contract.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import dev.nomadgate.standin.RecordedRequest;
import dev.nomadgate.standin.StandInNomad;
import dev.nomadgate.standin.Wire;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way in which a page of Nomad's is left, or opens another one, ends below the prefix. */
@ParameterizedClass
@MethodSource("dev.nomadgate.contract.browser.GatePlace#one")
class LeavingIT {

    private static StandInNomad elsewhere;

    @Parameter
    GatePlace place;

    private BrowserContext browser;
    private Chromium.Watch watch;
    private Page page;

    @BeforeAll
    static void start() {
        elsewhere = StandInNomad.start();
        elsewhere.script("/ui/goal", LeavingIT::goal);
    }

    @AfterAll
    static void stop() {
        if (elsewhere != null) {
            elsewhere.close();
        }
    }

    @BeforeEach
    void openPage() {
        StandInNomad nomad = place.resetNomad();
        nomad.script("/ui/goal", LeavingIT::goal);
        browser = Chromium.fresh();
        if (!tellsNavigations()) {
            browser.addInitScript("delete window.navigation");
        }
        watch = Chromium.Watch.over(browser);
        page = browser.newPage();
        page.navigate(place.address("/ui/mechanisms"));
    }

    @AfterEach
    void closePage() {
        browser.close();
    }

    @TestFactory
    Stream<DynamicTest> everyWayLeadsToAPageOfNomads() {
        List<?> ways = (List<?>) page.evaluate("Object.keys(leave)");
        assertThat(ways).hasSizeGreaterThan(10);
        return ways.stream().map(String.class::cast).filter(this::isTold).map(way -> DynamicTest.dynamicTest(way, () -> {
            page.navigate(place.address("/ui/mechanisms"));
            leave(way, "/ui/goal/team%2Fbatch@default", place.address("/ui/goal/team%2Fbatch@default"));
            noRequestLeftThePrefix();
        }));
    }

    @TestFactory
    Stream<DynamicTest> whatIsNotNomadsIsLeftAlone() {
        Map<String, String> goals = Map.of(
                "goal", place.address("/ui/goal"),
                place.prefix() + "/ui/goal", place.address("/ui/goal"),
                "/a/ui/goal", place.origin() + "/a/ui/goal",
                elsewhere.address() + "/ui/goal", elsewhere.address() + "/ui/goal");
        Stream<String> ways = Stream.of("link", "form submitted by its script", "location.href").filter(this::isTold);
        return ways.map(way -> DynamicTest.dynamicTest(way, () -> {
            for (Map.Entry<String, String> goal : goals.entrySet()) {
                page.navigate(place.address("/ui/mechanisms"));
                leave(way, goal.getKey(), goal.getValue());
            }
        }));
    }

    @Test
    void aLinkOfThePageItselfStaysBelowThePrefix() {
        page.locator("#link").click();
        page.waitForURL(place.address("/ui/jobs"));
        noRequestLeftThePrefix();
    }

    @Test
    void theWayBackIsTheBrowsersOwn() {
        leave("link", "/ui/goal", place.address("/ui/goal"));
        page.goBack();
        assertThat(page).hasURL(place.address("/ui/mechanisms"));
        page.goForward();
        assertThat(page).hasURL(place.address("/ui/goal"));
        noRequestLeftThePrefix();
    }

    @Test
    void aWindowOpensBelowThePrefix() {
        for (Map.Entry<String, String> goal : Map.of(
                "'/ui/goal', '_blank', 'width=973,height=490,location=1'", place.address("/ui/goal"),
                "location.origin + '/ui/goal'", place.address("/ui/goal"),
                "'goal'", place.address("/ui/goal"),
                "'" + place.prefix() + "/ui/goal'", place.address("/ui/goal"),
                "'/a/ui/goal'", place.origin() + "/a/ui/goal",
                "'" + elsewhere.address() + "/ui/goal'", elsewhere.address() + "/ui/goal",
                "", "about:blank",
                "undefined", "about:blank").entrySet()) {
            Page opened = page.waitForPopup(() -> page.evaluate("() => { window.open(" + goal.getKey() + "); }"));
            opened.waitForURL(goal.getValue());
            opened.close();
        }
    }

    @Test
    void aShellRuns() {
        page.navigate(place.address("/ui/"));
        page.locator("#open-terminal").click();
        assertThat(page.locator("#status")).containsText("connected");
        page.locator("#terminal").click();
        page.keyboard().type("echo answer is $((6*7))\nexit\n");
        assertThat(page.locator("#terminal")).containsText("answer is 42");
        assertThat(page.locator("#status")).containsText("closed");
        noRequestLeftThePrefix();
        assertThat(watch.complaints()).isEmpty();
    }

    /** Only a browser with the Navigation API can be followed when a page sets its location; one of our places has none. */
    private boolean tellsNavigations() {
        return !place.contextPath().equals("/a/b");
    }

    private boolean isTold(String way) {
        return tellsNavigations() || !way.contains("location");
    }

    private static void goal(RecordedRequest request, Wire wire) throws IOException {
        wire.write("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 49\r\n\r\n"
                + "<!DOCTYPE html><link rel=icon href=data:,>arrived");
    }

    private void leave(String way, String address, String goal) {
        page.evaluate("([way, address]) => { setTimeout(() => leave[way](address)); }", List.of(way, address));
        page.waitForURL(goal + (way.matches("form.*|button.*") ? "?attributes=1" : ""));
    }

    private void noRequestLeftThePrefix() {
        assertThat(watch.requests()).allSatisfy(url ->
                assertThat(url.replaceFirst("^ws", "http")).matches("\\Q" + place.address("/") + "\\E.*|data:.*"));
    }
}
