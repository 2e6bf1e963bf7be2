package dev.nomadgate.contract.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import dev.nomadgate.standin.RecordedRequest;
import dev.nomadgate.standin.StandInNomad;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Single sign-on (OIDC): the way to the identity provider and back again, in the order in which Nomad's UI takes it. */
class SignInIT {

    private static final Pattern REDIRECT_URI = Pattern.compile("\"RedirectU(?:ri|RI)\":\"([^\"]*)\"");
    private static final Pattern NONCE = Pattern.compile("\"ClientNonce\":\"([^\"]+)\"");

    @ParameterizedTest
    @MethodSource("dev.nomadgate.contract.browser.GatePlace#all")
    void theProviderSendsThePersonBackToThePrefixedPage(GatePlace place) {
        StandInNomad nomad = place.resetNomad();
        try (StandInNomad provider = StandInNomad.start(); BrowserContext browser = Chromium.fresh()) {
            // What Nomad does with the redirect address: hands it to the provider, which goes there.
            nomad.script("/v1/acl/oidc/auth-url", (request, wire) -> {
                String goal = found(REDIRECT_URI, wire.body().readAllBytes());
                wire.write(json("{\"AuthURL\":\"" + provider.address() + "/authorize?redirect_uri=" + goal + "\"}"));
            });
            provider.script("/authorize", (request, wire) -> wire.write("HTTP/1.1 302 Found\r\nLocation: "
                    + request.parameter("redirect_uri") + "?state=s%2F1&code=c%2B2\r\nContent-Length: 0\r\n\r\n"));
            nomad.script("/v1/acl/oidc/complete-auth", (request, wire) -> {
                wire.body().readAllBytes();
                wire.write(json("{\"SecretID\":\"the-token\"}"));
            });
            nomad.script("/v1/acl/token/self", (request, wire) -> wire.write(json("{}")));

            Chromium.Watch watch = Chromium.Watch.over(browser);
            Page page = browser.newPage();
            page.navigate(place.address("/ui/settings/tokens?namespace=*"));
            page.locator("#sign-in").click();

            assertThat(page.locator("#status")).hasText("signed in: 200");
            assertThat(page).hasURL(place.address("/ui/settings/tokens"));
            assertThat(watch.complaints()).isEmpty();

            byte[] asked = nomad.awaitRequest(is("/v1/acl/oidc/auth-url")).body();
            byte[] completed = nomad.awaitRequest(is("/v1/acl/oidc/complete-auth")).body();
            assertThat(found(REDIRECT_URI, asked)).isEqualTo(place.address("/ui/settings/tokens"));
            assertThat(found(REDIRECT_URI, completed)).isEqualTo(place.address("/ui/settings/tokens"));
            assertThat(found(NONCE, completed)).isEqualTo(found(NONCE, asked));
            assertThat(new String(completed, StandardCharsets.UTF_8)).contains("\"Code\":\"c+2\"", "\"State\":\"s/1\"");
            assertThat(nomad.awaitRequest(is("/v1/acl/token/self")).header("X-Nomad-Token")).isEqualTo("the-token");
        }
    }

    private static Predicate<RecordedRequest> is(String path) {
        return request -> request.rawTarget().equals(path) && request.bodyComplete();
    }

    private static String json(String body) {
        return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private static String found(Pattern pattern, byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        Matcher matcher = pattern.matcher(text);
        assertThat(matcher.find()).as("%s in %s", pattern, text).isTrue();
        return matcher.group(1);
    }
}
