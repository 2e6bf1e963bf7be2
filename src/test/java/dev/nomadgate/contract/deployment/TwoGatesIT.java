package dev.nomadgate.contract.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import dev.nomadgate.contract.browser.Chromium;
import dev.nomadgate.contract.containers.ContainerKind;
import dev.nomadgate.contract.containers.GateContainer;
import dev.nomadgate.contract.containers.GateOptions;
import dev.nomadgate.contract.containers.GateOptions.Deployment;
import dev.nomadgate.standin.RawHttp;
import dev.nomadgate.standin.RawWebSocket;
import dev.nomadgate.standin.RecordedRequest;
import dev.nomadgate.standin.StandInNomad;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Two gates in one container, each with a cluster of its own: what befalls one, the other does not notice. */
@ParameterizedClass
@EnumSource(names = {"JETTY_EMBEDDED", "JETTY_HOME", "TOMCAT_11"})
class TwoGatesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String ECHO = "/v1/client/allocation/" + StandInNomad.ECHO_ALLOC + "/exec?task=sh&command=sh";

    private static StandInNomad production;
    private static StandInNomad staging;
    private static GateContainer container;

    @Parameter
    ContainerKind kind;

    @BeforeEach
    void startWhatIsNotRunning() {
        if (container == null) {
            production = StandInNomad.start();
            staging = StandInNomad.start();
            container = kind.start(GateOptions.defaults().with("exec.close-timeout", "2s").deployments(
                    gate("/prod", production), gate("/staging", staging)));
        }
        production.reset();
        staging.reset();
    }

    private static Deployment gate(String contextPath, StandInNomad nomad) {
        return new Deployment(contextPath, Map.of(
                "servers", nomad.address().toString(), "server-defaults.fail-timeout", "1s", "health.enabled", "false"));
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        if (container != null) {
            container.close();
            container = null;
            production.close();
            staging.close();
        }
    }

    @Test
    void requestsGoToTheirOwnCluster() throws IOException {
        assertThat(get("/prod/v1/which?p").status()).isEqualTo(404);
        assertThat(get("/staging/v1/which?s").status()).isEqualTo(404);

        assertThat(production.requests()).extracting(request -> request.rawTarget()).containsExactly("/v1/which?p");
        assertThat(staging.requests()).extracting(request -> request.rawTarget()).containsExactly("/v1/which?s");
    }

    @Test
    void redirectsAndCookiesStayBelowTheirOwnContextPath() throws IOException {
        for (StandInNomad nomad : new StandInNomad[] {production, staging}) {
            nomad.script("/v1/moved", (request, wire) -> wire.write("HTTP/1.1 307 Temporary Redirect\r\n"
                    + "Location: /ui/\r\nSet-Cookie: here=1; Path=/\r\nContent-Length: 0\r\n\r\n"));
        }
        for (String context : new String[] {"/prod", "/staging"}) {
            RawHttp.Response answer = get(context + "/v1/moved");
            assertThat(answer.header("Location")).isEqualTo(context + "/ui/");
            assertThat(answer.header("Set-Cookie")).matches("(?i)here=1; *Path=" + context + "/?");
        }
    }

    @Test
    void aSessionOutlivesTheOtherCluster() throws IOException {
        try (RawWebSocket inProduction = echo("/prod"); RawWebSocket inStaging = echo("/staging")) {
            assertThat(production.openSessions()).isOne();
            assertThat(staging.openSessions()).isOne();

            int port = production.port();
            production.close();
            assertThat(inProduction.readClose(PATIENCE)).isNotNull();
            assertThat(get("/prod/v1/jobs").status()).isIn(502, 503);
            assertThat(get("/staging/v1/jobs").status()).isEqualTo(200);
            inStaging.sendText("still here");
            assertThat(inStaging.readText(PATIENCE)).isEqualTo("still here");

            production = StandInNomad.startOn(port);
            await().until(() -> get("/prod/v1/jobs").status() == 200);
        }
    }

    @Test
    void aSessionOutlivesTheOtherGate() throws IOException {
        assumeTrue(kind.isEmbedded(), "jetty-home is set up without hot deployment");
        try (RawWebSocket inProduction = echo("/prod"); RawWebSocket inStaging = echo("/staging")) {
            container.undeploy();
            try {
                assertThat(inProduction.readClose(PATIENCE).closeCode()).isEqualTo(1001);
                assertThat(get("/prod/v1/jobs").status()).isEqualTo(404);
                assertThat(get("/staging/v1/jobs").status()).isEqualTo(200);
                inStaging.sendText("still here");
                assertThat(inStaging.readText(PATIENCE)).isEqualTo("still here");
                await().until(() -> production.openSessions() == 0);
                assertThat(staging.openSessions()).isOne();
            } finally {
                container.deploy();
            }
            assertThat(get("/prod/v1/jobs").status()).isEqualTo(200);
        }
    }

    /** The pages of both share an origin, and with it what a browser stores; Nomad's UI keeps its token there. */
    @Test
    void aPagesTokenAndCookieAreForItsOwnClusterOnly() {
        BrowserContext person = Chromium.fresh();
        Chromium.Watch watch = Chromium.Watch.over(person);
        try {
            for (StandInNomad nomad : new StandInNomad[] {production, staging}) {
                nomad.script("/v1/cookie", (request, wire) -> wire.write("HTTP/1.1 200 OK\r\nSet-Cookie: of="
                        + nomad.port() + "; Path=/\r\nContent-Length: 0\r\n\r\n"));
            }
            Page inProduction = person.newPage();
            inProduction.navigate(container.origin() + "/prod/ui/settings/tokens");
            Page inStaging = person.newPage();
            inStaging.navigate(container.origin() + "/staging/ui/settings/tokens");

            signIn(inProduction, "of production");
            assertThat(token(inStaging)).isNull();
            signIn(inStaging, "of staging");
            inProduction.reload();
            assertThat(token(inProduction)).isEqualTo("of production");
            ask(inProduction);
            ask(inStaging);
            inStaging.evaluate("localStorage.clear()");
            assertThat(token(inStaging)).isNull();
            assertThat(token(inProduction)).isEqualTo("of production");

            assertThat(production.awaitRequest(this::asked).header("X-Nomad-Token")).isEqualTo("of production");
            assertThat(staging.awaitRequest(this::asked).header("X-Nomad-Token")).isEqualTo("of staging");
            assertThat(heads(production)).contains("of=" + production.port())
                    .doesNotContain("of staging", "of=" + staging.port());
            assertThat(heads(staging)).contains("of=" + staging.port())
                    .doesNotContain("of production", "of=" + production.port());
            assertThat(watch.complaints()).isEmpty();
        } finally {
            person.close();
        }
    }

    private static void signIn(Page page, String token) {
        page.evaluate("token => { localStorage.nomadTokenSecret = token; "
                + "return fetch('/v1/cookie').then(answer => answer.text()); }", token);
    }

    private static Object token(Page page) {
        return page.evaluate("localStorage.nomadTokenSecret ?? localStorage.getItem('nomadTokenSecret')");
    }

    private static void ask(Page page) {
        page.evaluate("fetch('/v1/jobs?asked', { headers: { 'X-Nomad-Token': localStorage.nomadTokenSecret } })"
                + ".then(answer => answer.text())");
    }

    private boolean asked(RecordedRequest request) {
        return request.rawTarget().equals("/v1/jobs?asked");
    }

    private static String heads(StandInNomad nomad) {
        return nomad.requests().stream().map(RecordedRequest::rawHead).collect(Collectors.joining());
    }

    private static RawHttp.Response get(String target) throws IOException {
        return RawHttp.get("127.0.0.1", container.port(), target);
    }

    private static RawWebSocket echo(String contextPath) throws IOException {
        return RawWebSocket.open("127.0.0.1", container.port(), contextPath + ECHO, Map.of());
    }
}
