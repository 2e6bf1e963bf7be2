package dev.nomadgate.contract.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Which addresses get the prefix, at any context path: the script alone, in a page that no server answers for. An
 * attribute shows what the script makes of an address before the browser reads it.
 */
class AddressesIT {

    private static final String HOST = "gate.test:8443";
    private static final String ORIGIN = "https://" + HOST;

    private static Chromium chromium;
    private static BrowserContext browser;
    private static String script;

    @BeforeAll
    static void start() throws IOException {
        script = new String(AddressesIT.class.getResourceAsStream("/dev/nomadgate/ui/prefix.js").readAllBytes(),
                StandardCharsets.UTF_8);
        chromium = Chromium.start();
        browser = chromium.fresh();
        browser.route("**/*", route -> route.fulfill(route.request().url().endsWith("/gate/prefix.js")
                ? new Route.FulfillOptions().setContentType("text/javascript").setBody(script)
                : new Route.FulfillOptions().setContentType("text/html").setBody("<!DOCTYPE html><script src="
                        + route.request().url().replaceFirst("/ui/$", "/gate/prefix.js") + "></script>")));
    }

    @AfterAll
    static void stop() {
        if (chromium != null) {
            chromium.close();
        }
    }

    private static Page at(String prefix) {
        Page page = browser.newPage();
        page.navigate(ORIGIN + prefix + "/ui/");
        return page;
    }

    private static List<?> adapted(Page page, List<String> addresses) {
        return (List<?>) page.evaluate("""
                (all) => all.map((address) => {
                  const link = document.createElement('a');
                  link.setAttribute('href', address);
                  return link.getAttribute('href');
                })""", addresses);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "/nomad-gate", "/a/b", "/n%C3%A4v", "/a.b+c(d)$&", "/u", "/ui", "/v1", "/gate", "/ui/v1", "/v1/ui", "/ui/ui"})
    void nomadsAddressesGetThePrefixOnce(String prefix) {
        List<String> paths = List.of("/ui", "/ui/", "/ui?a=/v1/", "/ui#/v1/", "/v1", "/v1/jobs", "/v1/", "/v1/jobs?prefix=/ui/#x",
                "/ui/jobs/team%2Fbatch@default", "/v1/job/a;b=c%3Bd", "/v1/exec?command=[\"/bin/sh\"]&x={y|z}^`%zz",
                "/v1//jobs", "/ui/../v1/jobs", "/v1/ä\n", "/ui/exec/x\t");
        List<String> authorities = List.of("", " ", "//" + HOST, ORIGIN, "HTTPS://GATE.test:8443", "https://user@" + HOST,
                "wss://" + HOST, "ws://" + HOST);
        List<String> given = authorities.stream().flatMap(each -> paths.stream().map(path -> each + path)).toList();
        List<String> expected = authorities.stream().flatMap(each -> paths.stream().map(path -> each + prefix + path)).toList();

        try (Page page = at(prefix)) {
            assertThat(adapted(page, given)).asList().containsExactlyElementsOf(expected);
            assertThat(adapted(page, expected)).as("what has the prefix").asList().containsExactlyElementsOf(expected);
        }
    }

    @Test
    void everythingElseIsLeftAsItIs() {
        List<String> given = List.of("", " ", "#/v1/", "?/ui/", "v1/jobs", "./v1/", "../v1/jobs", "ui", "/", "//", "///v1/",
                "/uix", "/ui-x/", "/v1x/", "/v10", "/UI/", "/V1/", "/other-app/ui/", "/other-app/v1/jobs", "/nomad-gate",
                "/nomad-gate/", "/nomad-gate/gate/x", "/nomad-gate/v1", "/gate/x", "//ui/v1/", "//v1/ui/", "//elsewhere.test/v1/jobs",
                "https://elsewhere.test:8443/ui/", "http://gate.test:8443/ui/", "https://gate.test/v1/", "https://gate.test:8443.x/v1/",
                "https://gate.test:8443@elsewhere.test/v1/", "wss://gate.test/v1/", "ftp://gate.test:8443/v1/",
                "https://[/v1/", "https:///v1/", "data:text/html,/v1/", "data:/v1/", "blob:" + ORIGIN + "/v1/", "javascript:'/v1/'",
                "about:blank", "mailto:/v1/", "x://" + HOST + "/v1/", "/%75i/", "\\v1\\", "/ui%2Fjobs", "/v1;a/", "null", "undefined");
        try (Page page = at("/nomad-gate")) {
            assertThat(adapted(page, given)).asList().containsExactlyElementsOf(given);
        }
    }

    /** What stands in for a function of the browser's answers every question about it as the original does. */
    @Test
    void callersCannotTellTheDifference() {
        String questions = """
                () => {
                  const told = {};
                  const tell = (name, use) => { try { told[name] = String(use()); } catch (e) { told[name] = e.name + ': ' + e.message; } };
                  const owners = { window, XMLHttpRequest: XMLHttpRequest.prototype, Element: Element.prototype, History: History.prototype,
                    Navigator: Navigator.prototype, Document: Document.prototype, Storage: Storage.prototype, Form: HTMLFormElement.prototype,
                    Anchor: HTMLAnchorElement.prototype, Script: HTMLScriptElement.prototype, StorageEvent: StorageEvent.prototype,
                    DOMParser: DOMParser.prototype };
                  for (const [owner, object] of Object.entries(owners)) {
                    for (const name of Object.getOwnPropertyNames(object).filter((each) => !/^(Proxy|Reflect)$/.test(each))) {
                      const property = Object.getOwnPropertyDescriptor(object, name);
                      tell(owner + ' ' + name, () => JSON.stringify(Object.keys(property).filter((each) => property[each])));
                      for (const kind of ['get', 'set', 'value'].filter((each) => typeof property[each] === 'function')) {
                        const f = property[kind];
                        tell([owner, name, kind], () => [f.name, f.length, Object.getOwnPropertyNames(f), typeof f.prototype,
                          /\\[native code\\]/.test(Function.prototype.toString.call(f)), f.prototype?.constructor === f]);
                        if (object !== window) {
                          tell([owner, name, kind, 'called on nothing'], () => f.call({}, '/v1/', '/v1/', '/v1/'));
                        }
                      }
                    }
                  }
                  for (const Kind of [WebSocket, EventSource, Request, Worker, SharedWorker, StorageEvent]) {
                    tell(Kind.name + ' with nothing', () => new Kind());
                    tell(Kind.name + ' without new', () => Kind('/v1/'));
                    tell(Kind.name + ' with a symbol', () => new Kind(Symbol()));
                  }
                  class Mine extends Request { }
                  tell('class', () => [new Mine('x') instanceof Mine, new Mine('x') instanceof Request, Object.getPrototypeOf(Mine) === Request]);
                  tell('request of a request', () => new Request(new Request('x', { method: 'PUT' })).method);
                  tell('statics', () => [WebSocket.OPEN, EventSource.CLOSED, new Request('x').constructor === Request]);
                  tell('history', () => [history.pushState({ a: 1 }, ''), history.state.a, history.replaceState(2, '', null),
                    history.pushState(3, '', undefined), history.state, location.hash]);
                  tell('history elsewhere', () => { try { history.pushState(null, '', 'https://elsewhere.test/v1/'); } catch (e) { return e.name; } });
                  tell('history with nothing', () => history.pushState());
                  tell('open with nothing', () => new XMLHttpRequest().open());
                  tell('open of a method', () => new XMLHttpRequest().open('GET'));
                  const link = document.createElement('a');
                  let asked = 0;
                  tell('text once', () => { link.href = { toString() { asked++; return '/x/'; } }; return asked; });
                  tell('text twice', () => { link.setAttribute('href', { toString() { asked++; return '/v1/'; } }); return asked; });
                  tell('text never', () => { link.href = { toString() { throw new RangeError('no'); } }; });
                  tell('values', () => [null, undefined, 1, true].map((each) => { link.setAttribute('href', each); return link.getAttribute('href'); }));
                  tell('other attributes', () => ['title', 'constructor', 'data-href', 'xmlns'].map((each) => {
                    link.setAttribute(each, '/v1/'); return link.getAttribute(each); }));
                  tell('attribute with nothing', () => link.setAttribute());
                  tell('attribute without value', () => link.setAttribute('href'));
                  tell('attribute of a bad name', () => link.setAttribute('<', '/v1/'));
                  tell('no attribute node', () => link.setAttributeNode(null));
                  const p = document.createElement('p');
                  tell('markup', () => ['<b>/v1/</b>', '<pre>\\n\\n/v1/</pre>', '<tr><td>/ui/', '<p>/v1/<p>', null, undefined, 1, ''].map((each) => {
                    p.innerHTML = each; return p.innerHTML; }));
                  tell('markup of others', () => ['textarea', 'style', 'table', 'select', 'template', 'pre', 'title'].map((each) => {
                    const e = document.createElement(each); e.innerHTML = '<tr><td><b title="/v1/">/ui/</b>'; return e.innerHTML; }));
                  tell('markup of svg', () => { const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
                    svg.innerHTML = '<path d="/v1/"/><image/>'; return [svg.lastChild.localName, svg.lastChild.namespaceURI, svg.innerHTML]; });
                  tell('markup twice', () => { p.innerHTML = '<i></i>'; const i = p.firstChild; i.outerHTML = '/v1/<b>x</b>'; return p.innerHTML + i.parentNode; });
                  tell('outer alone', () => { document.createElement('p').outerHTML = '/v1/'; });
                  tell('outer of all', () => { document.documentElement.outerHTML = '/v1/'; });
                  tell('adjacent', () => { p.innerHTML = '<i></i>'; for (const each of ['beforebegin', 'AFTERBEGIN', 'beforeEnd', 'afterend']) {
                    p.firstElementChild.insertAdjacentHTML(each, each + '/v1/'); } return p.innerHTML; });
                  tell('adjacent nowhere', () => p.insertAdjacentHTML('nowhere', '/v1/'));
                  tell('adjacent alone', () => document.createElement('p').insertAdjacentHTML('afterend', '/v1/'));
                  tell('adjacent to all', () => document.documentElement.insertAdjacentHTML('afterend', '/v1/'));
                  tell('adjacent with nothing', () => p.insertAdjacentHTML('beforeend'));
                  tell('script of markup', () => { p.innerHTML = '<script>window.ran = "/v1/"</' + 'script>'; document.body.append(p); return window.ran; });
                  tell('parsed', () => new DOMParser().parseFromString('<a href="/v1/"/>', 'text/xml').documentElement.getAttribute('href'));
                  tell('parsed with nothing', () => new DOMParser().parseFromString());
                  tell('beacon with nothing', () => navigator.sendBeacon());
                  return told;
                }""";
        try (Page native_ = at(""); Page page = at("/nomad-gate")) {
            Map<?, ?> expected = (Map<?, ?>) native_.evaluate(questions);
            assertThat(expected).hasSizeGreaterThan(1000);
            Map<?, ?> actual = (Map<?, ?>) page.evaluate(questions);
            assertThat(expected.keySet().stream().filter(key -> !expected.get(key).equals(actual.get(key)))
                    .map(key -> key + ": " + actual.get(key) + " instead of " + expected.get(key))).isEmpty();
            assertThat(actual.keySet()).isEqualTo(expected.keySet());
        }
    }

    @Test
    void anOldBrowserWithoutSomeInterfacesIsServedWithTheOthers() {
        try (BrowserContext old = chromium.fresh()) {
            old.addInitScript("for (const name of ['EventSource', 'navigation', 'SharedWorker', 'HTMLFrameElement']) { delete window[name]; }"
                    + "delete Navigator.prototype.sendBeacon; delete HTMLImageElement.prototype.srcset;");
            old.route("**/*", route -> route.fulfill(route.request().url().endsWith("prefix.js")
                    ? new Route.FulfillOptions().setContentType("text/javascript").setBody(script)
                    : new Route.FulfillOptions().setContentType("text/html").setBody("<script src=/nomad-gate/gate/prefix.js></script>")));
            Chromium.Watch watch = Chromium.Watch.over(old);
            Page page = old.newPage();
            page.navigate(ORIGIN + "/nomad-gate/ui/");
            assertThat(page.evaluate("[typeof EventSource, typeof SharedWorker, window.navigation].join()"))
                    .isEqualTo("undefined,undefined,");
            assertThat(adapted(page, List.of("/v1/jobs"))).asList().containsExactly("/nomad-gate/v1/jobs");
            assertThat(page.evaluate("async () => (await fetch('/v1/jobs')).url")).isEqualTo(ORIGIN + "/nomad-gate/v1/jobs");
            assertThat(page.evaluate("() => { localStorage.x = 1; return localStorage.x; }")).isEqualTo("1");
            assertThat(watch.complaints()).isEmpty();
        }
    }
}
