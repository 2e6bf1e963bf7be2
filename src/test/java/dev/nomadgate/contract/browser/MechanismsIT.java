package dev.nomadgate.contract.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import dev.nomadgate.standin.RecordedRequest;
import dev.nomadgate.standin.StandInNomad;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every way in which a page of Nomad's reaches an address gets there at any context path. The stand-in's page
 * {@code /ui/mechanisms}, which knows of no prefix, tries them all once; the tests look at what came of it.
 */
@ParameterizedClass
@MethodSource("dev.nomadgate.contract.browser.GatePlace#all")
class MechanismsIT {

    private static final String PATH = "/v1/job/team%2Fbatch;a=b?";
    private static final String SOCKET = "/v1/client/allocation/" + StandInNomad.ECHO_ALLOC + "/exec?";
    /** Ways that only write an address down, and those for which Nomad's policy forbids to load it. */
    private static final String SILENT = "(?!document|script|link|img\\.src$).*\\..*|.*State|img\\.srcset";

    private static StandInNomad elsewhere;

    private static StandInNomad nomad;
    private static BrowserContext browser;
    private static Chromium.Watch watch;
    private static Page page;
    private static byte[] html;
    private static List<Attempt> attempts;

    @Parameter
    GatePlace place;

    /** One way with one kind of address: the address it was given, and the one that the browser used. */
    private record Attempt(String way, String kind, String given, String used) {

        /** Where the address belongs when its page is at this place. */
        String expected(GatePlace place) {
            String here = place.address("");
            String authority = place.origin().substring("http:".length());
            String expected = switch (kind) {
                case "absolute" -> here + given;
                case "own origin" -> here + given.substring(place.origin().length());
                case "own host" -> here + given.substring(authority.length());
                case "relative" -> here + given.substring("..".length());
                case "prefixed", "neighbour" -> place.origin() + given;
                case "elsewhere" -> given;
                default -> throw new AssertionError("unknown kind of address: " + kind);
            };
            // As browsers encode a query: quotation marks, but no brackets.
            return expected.replace("\"", "%22");
        }

        boolean reachesNomad() {
            return !kind.equals("elsewhere") && !way.matches(SILENT);
        }
    }

    @BeforeAll
    static void start() {
        elsewhere = StandInNomad.start();
        elsewhere.script(PATH, ObligingAnswers::please);
        elsewhere.script(SOCKET, ObligingAnswers::openSocket);
    }

    @AfterAll
    static void stop() {
        if (elsewhere != null) {
            elsewhere.close();
        }
    }

    @BeforeParameterizedClassInvocation
    static void tryAll(GatePlace place) {
        nomad = place.resetNomad();
        nomad.script(PATH, ObligingAnswers::please);
        browser = Chromium.fresh();
        watch = Chromium.Watch.over(browser);
        page = browser.newPage();
        Response response = page.navigate(place.address("/ui/mechanisms?elsewhere=") + elsewhere.address());
        html = response.body();
        assertThat(page.locator("#status")).hasText("tried");
        attempts = new ArrayList<>();
        for (Object item : (List<?>) page.locator("#results li").evaluateAll("all => all.map((one) => ({...one.dataset}))")) {
            Map<?, ?> data = (Map<?, ?>) item;
            attempts.add(new Attempt((String) data.get("way"), (String) data.get("kind"),
                    (String) data.get("given"), (String) data.get("used")));
        }
    }

    @AfterParameterizedClassInvocation
    static void closePage() {
        browser.close();
    }

    /** What is Nomad's gets the prefix once; what is relative, another application's or another origin's is left alone. */
    @TestFactory
    Stream<DynamicTest> everyWayReachesItsAddress() {
        List<String> ways = attempts.stream().map(Attempt::way).distinct().toList();
        assertThat(ways).hasSizeGreaterThan(35);
        return ways.stream().map(way -> DynamicTest.dynamicTest(way, () -> {
            SoftAssertions softly = new SoftAssertions();
            for (Attempt attempt : attempts) {
                if (attempt.way().equals(way)) {
                    softly.assertThat(attempt.used().replaceFirst("^ws", "http")).as(attempt.kind())
                            .isEqualTo(attempt.expected(place).replaceFirst("^ws", "http"));
                }
            }
            softly.assertAll();
        }));
    }

    @Test
    void nomadGetsEveryRequestOnceAndWithoutThePrefix() {
        List<String> received = nomad.requests().stream().map(RecordedRequest::rawTarget)
                .filter(target -> target.contains("&way=")).toList();
        List<String> wanted = attempts.stream().filter(Attempt::reachesNomad)
                .map(attempt -> (attempt.way().contains("WebSocket") ? SOCKET + "task=sh&command=[%22/bin/sh%22]"
                        : PATH + "q=[%22/v1/%22,%22/ui/%22]")
                        + "&way=" + encoded(attempt.way() + " " + attempt.kind())).toList();
        assertThat(received).containsExactlyInAnyOrderElementsOf(wanted);
    }

    @Test
    void noRequestLeavesThePrefix() {
        String neighbour = place.origin().substring("http:".length()) + "/a/v1/";
        assertThat(watch.requests()).hasSizeGreaterThan(100).allSatisfy(url -> assertThat(url).satisfiesAnyOf(
                it -> assertThat(it).startsWith(place.address("/")),
                it -> assertThat(it).startsWith(place.address("/").replaceFirst("^http", "ws")),
                it -> assertThat(it).contains(":" + elsewhere.port() + "/v1/"),
                it -> assertThat(it).contains(neighbour).contains("neighbour"),
                it -> assertThat(it).startsWith("data:")));
    }

    @Test
    void theBrowserComplainsOfNothing() {
        assertThat(watch.complaints()).isEmpty();
    }

    @Test
    void onlyBelowAPrefixIsThereAScriptOfOurs() throws IOException {
        List<?> scripts = (List<?>) page.evaluate("[...document.scripts].map((script) => script.getAttribute('src'))");
        List<String> asked = watch.requests().stream().filter(url -> url.contains("/gate/")).toList();
        byte[] nomads = StandInNomad.class.getResourceAsStream("/standin/mechanisms.html").readAllBytes();
        if (place.prefix().isEmpty()) {
            assertThat(html).as("byte for byte Nomad's").isEqualTo(nomads);
            assertThat(scripts.toString()).doesNotContain("prefix.js");
            assertThat(asked).isEmpty();
        } else {
            assertThat(html).isNotEqualTo(nomads);
            assertThat(scripts.get(0)).isEqualTo(place.prefix() + "/gate/prefix.js");
            assertThat(asked).containsExactly(place.address("/gate/prefix.js"));
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.US_ASCII).replace("+", "%20");
    }
}
