package dev.nomadgate.recording;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.nomadgate.recording.RecorderFixture.SINCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.nomadgate.contract.browser.Chromium;
import dev.nomadgate.session.Session;
import dev.nomadgate.session.User;
import dev.nomadgate.session.Workload;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody finds a recording in the browser and replays it. */
class RecordingsPageIT {

    private static final String MARKUP = "<img src=x onerror=\"document.title='taken'\">";
    private static final String SHOP = "2026-11-26T05-10-00Z_shop";

    @TempDir
    static Path directory;
    private static RecorderFixture fixture;
    private static RecordingsPageServer server;

    private BrowserContext browser;
    private Chromium.Watch watch;
    private Page page;

    @BeforeAll
    static void record() throws Exception {
        fixture = new RecorderFixture(directory.resolve("recordings"));
        fixture.input(true);
        Session shop = begin("shop", 0, "ada", "team/shop");
        fixture.resized(shop, 90, 12);
        fixture.shown(shop, "\u001b[1;32mada@shop\u001b[0m:~$ ");
        for (int second = 1; second <= 9; second++) {
            fixture.after(1000);
            fixture.typed(shop, "echo " + second + "\r");
            fixture.shown(shop, "echo " + second + "\r\n\u001b[3" + second % 8 + "mline " + second + "\u001b[0m\r\n$ ");
        }
        fixture.after(60_000);
        fixture.resized(shop, 60, 20);
        fixture.shown(shop, "after a minute");
        fixture.recorder.passed(shop, false, "x".repeat(400_000), true);
        fixture.shown(shop, "\r\n");
        fixture.ended(shop);

        Session hostile = begin("hostile", 60, MARKUP, MARKUP);
        fixture.resized(hostile, 1000, 1000);
        fixture.shown(hostile, MARKUP + "\r\n\u001b]52;c;aGVsbG8=\u0007\u001b]2;taken\u0007"
                + "\u001b]8;;https://example.com/\u0007link\u001b]8;;\u0007"
                + "\u001b[8;2;2t\u001b[3;9;9t\u001b[21t\u001b[6n\u001b[c\u001bP$q\"p\u001b\\ harmless");
        fixture.ended(hostile);
        fixture.shown(begin("going-on", 120, "grace", "db"), "$ ");
        await().until(() -> fixture.store.files().size() == 3
                && fixture.recorder.figures().active() == 1);
        server = new RecordingsPageServer(fixture.store);
    }

    private static Session begin(String id, long second, String user, String job) {
        Session session = fixture.session(id, SINCE.plusSeconds(second), "&tty=true");
        session.known(User.principal(user));
        session.known(new Workload(Optional.empty(), Optional.of(job), Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty()));
        return fixture.begun(session);
    }

    @AfterAll
    static void stop() throws Exception {
        fixture.close();
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void openPage() {
        browser = Chromium.fresh();
        browser.grantPermissions(List.of("clipboard-read", "clipboard-write"));
        watch = Chromium.Watch.over(browser);
        page = browser.newPage();
    }

    @AfterEach
    void nothingWentWrong() {
        browser.close();
        assertThat(watch.complaints()).isEmpty();
        assertThat(watch.requests()).allMatch(address -> address.startsWith(server.uri("/").toString())
                || address.startsWith("data:"));
    }

    private void open(String query) {
        page.navigate(server.uri("/gate/recordings.html" + query).toString());
    }

    private Locator rows() {
        return page.locator("#list tbody tr");
    }

    private Locator screen() {
        return page.locator("#screen .xterm-rows");
    }

    private Locator said() {
        return page.getByRole(AriaRole.STATUS).and(page.locator("#said"));
    }

    private void looks(String name) {
        Path pictures = Path.of("target/pages");
        page.screenshot(new Page.ScreenshotOptions().setPath(pictures.resolve(name + ".png")).setFullPage(true));
    }

    @Test
    void theyAreListedAndFoundByUserJobAndTime() {
        open("");
        assertThat(said()).hasText("3 recordings found.");
        assertThat(rows()).hasCount(3);
        assertThat(rows().nth(0)).containsText("being recorded");
        assertThat(rows().nth(2)).containsText("prod / team/shop / front / web");
        assertThat(rows().nth(2)).containsText("/bin/sh -l");
        assertThat(rows().nth(1)).containsText(MARKUP);
        looks("recordings-list");

        page.getByLabel("User").fill("AD");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Find").setExact(true)).click();
        assertThat(said()).hasText("1 recording found.");
        assertThat(page.getByLabel("User")).hasValue("AD");

        page.getByLabel("User").fill("");
        page.getByLabel("Job").fill("nothing");
        page.keyboard().press("Enter");
        assertThat(said()).hasText("No recording was found.");

        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Show all")).click();
        assertThat(said()).hasText("3 recordings found.");
        page.getByLabel("Begun after").fill("2026-11-27T00:00");
        page.keyboard().press("Enter");
        assertThat(said()).hasText("No recording was found.");
        assertThat(page.title()).doesNotContain("taken");
    }

    @Test
    void oneIsPlayedPausedSoughtAndCopied() {
        open("?job=shop");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Play")).click();
        assertThat(page.locator("#player-title")).isFocused();
        assertThat(page.locator("#player-title")).hasText("team/shop/web: /bin/sh -l");
        assertThat(page.locator("#facts")).containsText("10.0.0.1:4646");
        assertThat(screen()).containsText("ada@shop:~$");
        assertThat(screen()).not().containsText("line 1");
        assertThat(page.locator("#time")).hasText("0:00 / 1:09");

        page.locator("#position").focus();
        page.keyboard().press("ArrowRight");
        assertThat(screen()).containsText("line 5");
        assertThat(screen()).not().containsText("line 6");
        assertThat(page.locator("#typed kbd")).containsText("echo 5^M");
        assertThat(page.locator("#position")).hasAttribute("aria-valuetext", "0:05 of 1:09");
        looks("recordings-player");
        page.keyboard().press("ArrowLeft");
        assertThat(screen()).not().containsText("line 1");

        page.keyboard().press("End");
        assertThat(screen()).containsText("after a minute");
        assertThat(screen().locator("> div")).hasCount(20);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Copy text")).click();
        assertThat(said()).hasText("All text up to here was copied.");
        assertThat((String) page.evaluate("navigator.clipboard.readText()"))
                .startsWith("ada@shop:~$ echo 1\nline 1\n$ echo 2\n")
                .endsWith("$ after a minute\n");

        page.getByLabel("Speed").selectOption("16×");
        page.locator("#screen").click();
        page.keyboard().press("k");
        assertThat(page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Pause"))).isVisible();
        assertThat(said()).containsText("Paused at 1:09 of 1:09.");
        assertThat(screen()).containsText("after a minute");

        page.getByLabel("Shorten pauses").check();
        assertThat(page.locator("#time")).hasText("0:11 / 0:11");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Go to 0:11")).first().click();
        assertThat(page.locator("#marks")).containsText("missing: about 30000");
        assertThat(page.locator("#marks")).containsText("end of recording: the process exited with 3");
    }

    @Test
    void aHostileOneIsOnlyText() {
        open("?play=2026-11-26T05-11-00Z_hostile");
        page.evaluate("navigator.clipboard.writeText('mine')");
        assertThat(page.locator("#player-title")).containsText(MARKUP);
        page.locator("#position").focus();
        page.keyboard().press("End");
        assertThat(screen()).containsText(MARKUP);
        assertThat(screen()).containsText("link harmless");
        assertThat(page.locator("main img, main a[href*=example]")).hasCount(0);
        assertThat(screen().locator("> div")).hasCount(200);
        assertThat(page.title()).startsWith(MARKUP);
        assertThat((String) page.evaluate("navigator.clipboard.readText()")).isEqualTo("mine");
        assertThat(page.locator("#screen textarea")).hasValue("");
    }

    @Test
    void whatIsThereIsReachedByTheKeyboardAloneAndNamed() {
        browser.close();
        browser = Chromium.fresh();
        page = browser.newPage();
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        open("?play=" + SHOP);
        assertThat(page.locator("#player-title")).isFocused();
        page.locator("#play").focus();
        for (String next : List.of("#position", "#speed", "#shorten", "#copy", "#file")) {
            page.keyboard().press("Tab");
            assertThat(page.locator(next)).isFocused();
        }
        assertThat((String) page.evaluate("[...document.querySelectorAll('button, input, select, a')]"
                + ".filter(e => !(e.innerText || e.ariaLabel || e.labels?.length)).map(e => e.outerHTML).join()"))
                .isEmpty();
        page.locator("#position").focus();
        page.keyboard().press("End");
        assertThat(page.locator("#screen .xterm-accessibility")).containsText("after a minute");
        looks("recordings-dark");
    }

    @Test
    void oneThatIsGoneIsSaid() {
        open("?play=2026-11-26T05-10-00Z_gone");
        assertThat(said()).hasText("There is no such recording. 3 recordings found.");
        watch.complaints().removeIf(complaint -> complaint.contains("404"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/..%2f..%2fetc%2fpasswd.cast", "/%2e%2e/secret.cast", "/" + SHOP, "/" + SHOP + ".cast/",
        "/" + SHOP + ".cast;x=y", "/x/" + SHOP + ".cast",
        "/" + SHOP + "%00.cast", "//" + SHOP + ".cast", "/.cast", "/"})
    void nothingButARecordingsNameIsFound(String path) throws Exception {
        Files.writeString(directory.resolve("secret.cast"), "hidden");
        HttpResponse<String> answer = send("GET", RecordingsApi.PATH + path);
        assertThat(answer.statusCode()).isIn(400, 404);
        assertThat(answer.body()).doesNotContain("hidden", "root:", "\"version\"");
    }

    @Test
    void theFileIsSentAsItIs() throws Exception {
        HttpResponse<String> answer = send("GET", RecordingsApi.PATH + "/" + SHOP + ".cast");
        assertThat(answer.body()).isEqualTo(Files.readString(directory.resolve("recordings/" + SHOP + ".cast")));
        assertThat(answer.headers().map()).containsEntry("content-type", List.of("application/x-asciicast"))
                .containsEntry("x-content-type-options", List.of("nosniff"))
                .containsEntry("cache-control", List.of("no-store"))
                .containsEntry("content-disposition", List.of("inline; filename=\"" + SHOP + ".cast\""));
        HttpResponse<String> head = send("HEAD", RecordingsApi.PATH + "/" + SHOP + ".cast");
        assertThat(head.headers().firstValueAsLong("Content-Length")).hasValue(answer.body().length());
        assertThat(send("POST", RecordingsApi.PATH).statusCode()).isEqualTo(405);
        assertThat(send("DELETE", RecordingsApi.PATH + "/" + SHOP + ".cast").statusCode()).isEqualTo(405);
    }

    @ParameterizedTest
    @ValueSource(strings = {"from=yesterday", "to=2026-13-01T00:00:00Z", "page=0", "page=-1", "page=x",
        "page=99999999999"})
    void whatCannotBeFoundIsSaid(String query) throws Exception {
        HttpResponse<String> answer = send("GET", RecordingsApi.PATH + "?" + query);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).startsWith("{\"error\":\"").contains(query.substring(0, query.indexOf('=')));
    }

    private static HttpResponse<String> send(String method, String path) throws Exception {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(server.uri("") + path))
                .timeout(Duration.ofSeconds(30)).method(method, HttpRequest.BodyPublishers.noBody()).build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
