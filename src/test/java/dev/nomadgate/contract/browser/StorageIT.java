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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The gates of one origin share its storage in the browser, and do not see each other's entries: tokens above all. */
class StorageIT {

    /** What pages do with a storage; the browser's own gives the same answers at a gate without a prefix. */
    private static final String USES = """
            (name) => {
              const storage = window[name];
              const told = [];
              const tell = (use) => { try { told.push(use() ?? null); } catch (e) { told.push(e.name + ': ' + e.message); } };
              tell(() => storage === window[name] && storage instanceof Storage && String(storage));
              tell(() => storage.length);
              tell(() => { storage.nomadTokenSecret = 42; return storage.nomadTokenSecret; });
              tell(() => storage.setItem('/v1/', { toString: () => 'once' }));
              tell(() => [storage.getItem('/v1/'), storage['/v1/'], storage['none'], storage.getItem('none')].map(String));
              tell(() => ['nomadTokenSecret' in storage, 'none' in storage, 'getItem' in storage, 'length' in storage]);
              tell(() => [Object.keys(storage).sort(), Object.values(storage).sort(), JSON.stringify({ ...storage }).length]);
              tell(() => { const all = []; for (const key in storage) { all.push(key); } return all.sort(); });
              tell(() => Object.getOwnPropertyDescriptor(storage, 'nomadTokenSecret'));
              tell(() => [Object.hasOwn(storage, 'none'), storage.hasOwnProperty('nomadTokenSecret')]);
              tell(() => [storage.length, storage.key(0) !== storage.key(1), storage.key(2), storage.key(-1), storage.key('x') === storage.key(0)]);
              tell(() => [delete storage.nomadTokenSecret, delete storage.none, storage.length]);
              tell(() => Object.defineProperty(storage, 'defined', { value: 'd' }).defined);
              tell(() => { try { Object.defineProperty(storage, 'got', { get: () => 1 }); } catch (e) { return e.name; } });
              tell(() => Storage.prototype.getItem.call(storage, 'defined'));
              tell(() => { const { getItem } = storage; return getItem('defined'); });
              tell(() => storage.getItem());
              tell(() => storage.setItem('one'));
              tell(() => storage.key());
              tell(() => storage.getItem(Symbol()));
              tell(() => storage.setItem('null', null) ?? storage.getItem(null));
              tell(() => { storage.getItem = 'entry'; return [typeof storage.getItem, storage.length]; });
              tell(() => { storage.removeItem('getItem'); return storage.length; });
              tell(() => { const s = Symbol(); storage[s] = 1; return [storage[s], s in storage, delete storage[s], s in storage]; });
              tell(() => { storage[0] = 'zero'; return [storage[0], storage.getItem(0), storage.getItem('0')]; });
              tell(() => { storage.toString = 'x'; return typeof storage.toString; });
              tell(() => { storage['constructor'] = 'x'; return storage.constructor.name; });
              tell(() => { try { storage.setItem('big', 'x'.repeat(6000000)); } catch (e) { return e.name; } });
              tell(() => { window[name] = 1; return window[name] === storage; });
              tell(() => Object.isFrozen(Object.preventExtensions(storage)));
              tell(() => [storage.clear(), storage.length, storage.key(0)]);
              tell(() => Object.keys(Object.getOwnPropertyDescriptor(window, name)));
              tell(() => [Storage.prototype.getItem.length, Storage.prototype.setItem.name, /native code/.test(Storage.prototype.key)]);
              tell(() => Storage.prototype.length);
              tell(() => Storage.prototype.clear.call({}));
              return told;
            }""";

    private static Chromium chromium;

    private final GatePlace place = new GatePlace(ContainerKind.JETTY_EMBEDDED, "/a/b");
    private final GatePlace parent = place.neighbour("/a");
    private final GatePlace root = place.neighbour("/");
    private BrowserContext browser;

    @BeforeAll
    static void startBrowser() {
        chromium = Chromium.start();
    }

    @AfterAll
    static void stopBrowser() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @BeforeEach
    void openBrowser() {
        place.resetNomad();
        browser = chromium.fresh();
    }

    @AfterEach
    void closeBrowser() {
        browser.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localStorage", "sessionStorage"})
    void aPageCannotTellItsStorageFromTheBrowsersOwn(String name) {
        List<?> expected;
        try (BrowserContext another = chromium.fresh()) {
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
                + "content=\"%7B%22rootURL%22%3A%22%2Fui%2F%22%7D\"><link rel=icon href=data:,></head><body>alone</body></html>";
        nomad.script("/ui/alone", (request, wire) -> wire.write("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
                + "Content-Security-Policy: sandbox allow-scripts\r\nContent-Length: " + html.length() + "\r\n\r\n" + html));
        Chromium.Watch watch = Chromium.Watch.over(browser);
        Page page = browser.newPage();
        page.navigate(place.address("/ui/alone"));
        assertThat(page.evaluate("() => { try { return localStorage; } catch (e) { return e.name; } }")).isEqualTo("SecurityError");
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
