package dev.nomadgate.contract.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import dev.nomadgate.contract.containers.ContainerKind;
import dev.nomadgate.standin.StandInNomad;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The gates of one origin share its storage in the browser, and do not see each other's entries: tokens above all. */
class StorageIT {

    /** What pages do with a storage; the browser's own gives the same answers at a gate without a prefix. */
    private static final String USES = Chromium.resource("/browser/storage.js");

    private final GatePlace place = new GatePlace(ContainerKind.JETTY_EMBEDDED, "/a/b");
    private final GatePlace parent = place.neighbour("/a");
    private final GatePlace root = place.neighbour("/");
    private BrowserContext browser;

    @BeforeEach
    void openBrowser() {
        place.resetNomad();
        browser = Chromium.fresh();
    }

    @AfterEach
    void closeBrowser() {
        browser.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localStorage", "sessionStorage"})
    void aPageCannotTellItsStorageFromTheBrowsersOwn(String name) {
        List<?> expected;
        try (BrowserContext another = Chromium.fresh()) {
            expected = (List<?>) open(another, root).evaluate(USES, name);
        }
        Page page = open(browser, root);
        page.evaluate("(name) => { window[name].nomadTokenSecret = 'of the root'; window[name].other = 'of the root'; }", name);
        page.navigate(place.address("/ui/settings/tokens"));

        assertThat(expected).hasSizeGreaterThan(30).asString().contains("nomadTokenSecret", "QuotaExceededError");
        assertThat((List<?>) page.evaluate(USES, name)).asList().containsExactlyElementsOf(expected);
        page.navigate(root.address("/ui/settings/tokens"));
        assertThat(page.evaluate("(name) => window[name].nomadTokenSecret", name)).isEqualTo("of the root");
    }

    @Test
    void eachGateKeepsAnEntryOfTheSameNameForItself() {
        List<GatePlace> places = List.of(root, place, parent);
        for (GatePlace each : places) {
            Page page = open(browser, each);
            assertThat(page.evaluate("localStorage.nomadTokenSecret")).as("at %s", each).isNull();
            page.evaluate("(token) => { window.localStorage.nomadTokenSecret = token; }", "of " + each);
        }
        for (GatePlace each : places) {
            assertThat(open(browser, each).evaluate("localStorage.getItem('nomadTokenSecret')")).isEqualTo("of " + each);
        }
        open(browser, parent).evaluate("localStorage.clear()");

        assertThat(open(browser, parent).evaluate("localStorage.length")).isEqualTo(0);
        assertThat(open(browser, place).evaluate("localStorage.nomadTokenSecret")).isEqualTo("of " + place);
        assertThat((Map<?, ?>) open(browser, root).evaluate("({...localStorage})")).isEqualTo(Map.of(
                "nomadTokenSecret", "of " + root, "nomad-gate:%2Fa%2Fb:nomadTokenSecret", "of " + place));
    }

    @Test
    void otherWindowsOfTheSameGateHearOfAChangeAndThoseOfAnotherDoNot() {
        String listen = """
                () => {
                  window.heard = [];
                  const told = (event) => [event.key, event.oldValue, event.newValue, event.url, event.isTrusted,
                    event.storageArea === localStorage, event instanceof StorageEvent];
                  window.addEventListener('storage', (event) => heard.push(told(event)), true);
                  window.onstorage = (event) => heard.push('too');
                }""";
        Page writer = open(browser, place);
        Page sibling = open(browser, place);
        Page stranger = open(browser, parent);
        sibling.evaluate(listen);
        stranger.evaluate(listen);

        writer.evaluate("localStorage.setItem('region', 'global')");
        writer.evaluate("localStorage.region = 'europe'");
        open(browser, parent).evaluate("localStorage.setItem('last', '1')");

        String url = place.address("/ui/settings/tokens");
        await().untilAsserted(() -> assertThat(heard(sibling)).isEqualTo(List.of(
                told("region", null, "global", url), "too", told("region", "global", "europe", url), "too")));
        await().untilAsserted(() -> assertThat(heard(stranger)).isEqualTo(List.of(
                told("last", null, "1", parent.address("/ui/settings/tokens")), "too")));

        open(browser, root).evaluate("localStorage.clear()"); // by what knows of no gate, and of all entries
        await().untilAsserted(() -> assertThat(heard(sibling)).hasSize(6)
                .element(4).isEqualTo(told(null, null, null, root.address("/ui/settings/tokens"))));
    }

    @Test
    void anEventThatThePageMakesIsThePages() {
        assertThat(open(browser, place).evaluate("""
                () => {
                  const heard = [];
                  addEventListener('storage', (event) => heard.push(event.key, event.storageArea === localStorage));
                  dispatchEvent(new StorageEvent('storage', { key: 'mine', storageArea: localStorage }));
                  dispatchEvent(new StorageEvent('storage'));
                  return heard;
                }""")).asString().isEqualTo("[mine, true, null, false]");
    }

    @Test
    void whereABrowserRefusesStorageItsRefusalIsSeen() {
        StandInNomad nomad = place.resetNomad();
        String html = "<!DOCTYPE html><html><head><meta name=\"nomad-ui/config/environment\" "
                + "content=\"%7B%22rootURL%22%3A%22%2Fui%2F%22%7D\"><link rel=icon href=data:,></head>"
                + "<body>alone</body></html>";
        nomad.script("/ui/alone", (request, wire) -> wire.write("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
                + "Content-Security-Policy: sandbox allow-scripts\r\nContent-Length: " + html.length() + "\r\n\r\n" + html));
        Chromium.Watch watch = Chromium.Watch.over(browser);
        Page page = browser.newPage();
        page.navigate(place.address("/ui/alone"));
        assertThat(page.evaluate("() => { try { return localStorage; } catch (e) { return e.name; } }"))
                .isEqualTo("SecurityError");
        assertThat(page.evaluate("Object.assign(document.createElement('a'), { href: '/v1/jobs' }).getAttribute('href')"))
                .isEqualTo("/a/b/v1/jobs");
        assertThat(watch.complaints()).isEmpty();
    }

    private static Page open(BrowserContext browser, GatePlace place) {
        Page page = browser.newPage();
        page.navigate(place.address("/ui/settings/tokens"));
        return page;
    }

    private static List<?> heard(Page page) {
        return (List<?>) page.evaluate("heard");
    }

    private static List<Object> told(String key, String before, String after, String url) {
        return Arrays.asList(key, before, after, url, true, true, true);
    }
}
