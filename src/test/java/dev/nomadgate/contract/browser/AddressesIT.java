package dev.nomadgate.contract.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
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

    private static BrowserContext browser;
    private static String script;

    @BeforeAll
    static void start() {
        script = Chromium.resource("/dev/nomadgate/ui/prefix.js");
        browser = Chromium.fresh();
        browser.route("**/*", route -> route.fulfill(route.request().url().endsWith("/gate/prefix.js")
                ? new Route.FulfillOptions().setContentType("text/javascript").setBody(script)
                : new Route.FulfillOptions().setContentType("text/html").setBody("<!DOCTYPE html><script src="
                        + route.request().url().replaceFirst("/ui/$", "/gate/prefix.js") + "></script>")));
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
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
        List<String> paths = List.of("/ui", "/ui/", "/ui?a=/v1/", "/ui#/v1/", "/v1", "/v1/jobs", "/v1/",
                "/v1/jobs?prefix=/ui/#x",
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
                "/nomad-gate/", "/nomad-gate/gate/x", "/nomad-gate/v1", "/gate/x", "//ui/v1/", "//v1/ui/",
                "//elsewhere.test/v1/jobs",
                "https://elsewhere.test:8443/ui/", "http://gate.test:8443/ui/", "https://gate.test/v1/",
                "https://gate.test:8443.x/v1/",
                "https://gate.test:8443@elsewhere.test/v1/", "wss://gate.test/v1/", "ftp://gate.test:8443/v1/",
                "https://[/v1/", "https:///v1/", "data:text/html,/v1/", "data:/v1/", "blob:" + ORIGIN + "/v1/",
                "javascript:'/v1/'",
                "about:blank", "mailto:/v1/", "x://" + HOST + "/v1/", "/%75i/", "\\v1\\", "/ui%2Fjobs", "/v1;a/",
                "null", "undefined");
        try (Page page = at("/nomad-gate")) {
            assertThat(adapted(page, given)).asList().containsExactlyElementsOf(given);
        }
    }

    /** What stands in for a function of the browser's answers every question about it as the original does. */
    @Test
    void callersCannotTellTheDifference() {
        String questions = Chromium.resource("/browser/questions.js");
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
        try (BrowserContext old = Chromium.fresh()) {
            old.addInitScript("for (const name of ['EventSource', 'navigation', 'SharedWorker', 'HTMLFrameElement']) {"
                    + "  delete window[name]; }"
                    + "delete Navigator.prototype.sendBeacon; delete HTMLImageElement.prototype.srcset;");
            old.route("**/*", route -> route.fulfill(route.request().url().endsWith("prefix.js")
                    ? new Route.FulfillOptions().setContentType("text/javascript").setBody(script)
                    : new Route.FulfillOptions().setContentType("text/html")
                            .setBody("<script src=/nomad-gate/gate/prefix.js></script>")));
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
