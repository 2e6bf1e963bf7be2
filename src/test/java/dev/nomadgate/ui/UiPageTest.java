package dev.nomadgate.ui;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UiPageTest {

    private static final ContextPath GATE = ContextPath.of("/gate-1");
    private static final String META = "<meta name=\"nomad-ui/config/environment\" content=\"%22rootURL%22%3A%22%2Fui%2F%22\">";
    private static final String ADAPTED_META = META.replace("%2Fui", "%2Fgate-1%2Fui");
    private static final String SCRIPT = "<script src=\"/gate-1/gate/prefix.js\"></script>";

    @ParameterizedTest
    @ValueSource(strings = {"/nomad-gate", "/a/b", "/nomad", "/ui", "/v1"})
    void nomadsPageWorksBelowTheContextPath(String contextPath) {
        assertThat(adapted(NomadsPage.TEXT, UTF_8, ContextPath.of(contextPath))).isEqualTo(NomadsPage.below(contextPath));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\n", "\r", "\n\n", " "})
    void positionsAreThoseOfTheBytesWhateverEndsALine(String lineEnd) {
        assertThat(adapted(NomadsPage.TEXT.replace("\n", lineEnd), UTF_8, GATE))
                .isEqualTo(NomadsPage.below("/gate-1").replace("\n", lineEnd));
    }

    @Test
    void bytesThatAreNoTextStay() {
        String bytes = "<head>" + META + "\u00ff\u0000\u0080\u00c3<a href=/ui/\u00ff\u00c3>";
        assertThat(adapted(bytes, ISO_8859_1, GATE)).isEqualTo(
                "<head>" + SCRIPT + ADAPTED_META + "\u00ff\u0000\u0080\u00c3<a href=/gate-1/ui/\u00ff\u00c3>");
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', value = {
        "<a href=\"/ui/\">                      | <a href=\"^/ui/\">",
        "<a href='/v1/jobs'>                    | <a href='^/v1/jobs'>",
        "<A HREF=/ui>                           | <A HREF=^/ui>",
        "<LiNk rel=x HreF = \"/ui?a=/ui/\" >    | <LiNk rel=x HreF = \"^/ui?a=/ui/\" >",
        "<script src=/v1#x></script>            | <script src=^/v1#x></script>",
        "<img alt='>' src='/ui/a&amp;b'>        | <img alt='>' src='^/ui/a&amp;b'>",
        "<img\tsrc=\" /ui/a \">                 | <img\tsrc=\" ^/ui/a \">",
        "<img src=&#47;ui/a>                    | <img src=^&#47;ui/a>",
        "<svg><image href='/ui/a'/></svg>       | <svg><image href='^/ui/a'/></svg>",
        "<noscript><img src='/ui/a'></noscript> | <noscript><img src='^/ui/a'></noscript>",
        "<base href=/ui/>                       | <base href=^/ui/>",
        "<img src=/ui/a><img src=/ui/a>         | <img src=^/ui/a><img src=^/ui/a>",
        "<img src=/gate-1/ui/a>                 | <img src=/gate-1/ui/a>",
        "<img src=/ui/gate-1/ui/a>              | <img src=^/ui/gate-1/ui/a>"})
    void addressesOfNomadAreMoved(String element, String expected) {
        assertThat(adapted("<head>" + META + "</head>" + element, ISO_8859_1, GATE))
                .isEqualTo("<head>" + SCRIPT + ADAPTED_META + "</head>" + expected.replace("^", "/gate-1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "<a href=//ui/>", "<a href=//other.example/ui/>", "<a href=https://other.example/ui/>", "<a href=ui/>",
        "<a href=./ui/>", "<a href=\"#/ui/\">", "<a href=\"?/ui/\">", "<a href>", "<a href=\"\">", "<a href=\"  \">",
        "<a href=/>", "<a href=/uix>", "<a href=/v10/>", "<a href=/UI/>", "<a href=/ui%2Fa>", "<a href=javascript:/ui/>",
        "<a data-href=/ui/ title='href=/ui/'>", "<a href=\"&#32;/ui/\">", "<a href=/uix href=/ui/>",
        "<!-- <a href=/ui/> -->", "<script>'<a href=/ui/>'</script>", "<textarea><a href=/ui/></textarea>",
        "</a href=/ui/>", "<title><a href=/ui/></title>", "<a href=\"/ui/"})
    void everythingElseStays(String element) {
        assertThat(adapted("<head>" + META + "</head>" + element, ISO_8859_1, GATE))
                .isEqualTo("<head>" + SCRIPT + ADAPTED_META + "</head>" + element);
    }

    @Test
    void whatTheContextPathHoldsIsEscapedForEachPlace() {
        assertThat(adapted("<head>" + META + "<a href=/ui/><a href='/ui/'>", ISO_8859_1, ContextPath.of("/it's &c")))
                .isEqualTo("<head><script src=\"/it&#39;s%20&amp;c/gate/prefix.js\"></script>"
                        + META.replace("%2Fui", "%2Fit%27s%2520%26c%2Fui")
                        + "<a href=/it&#39;s%20&amp;c/ui/><a href='/it&#39;s%20&amp;c/ui/'>");
    }

    @Test
    void aLongPageKeepsItsPositions() {
        String filler = "<p class=\"x\">\u00e9 &amp; \r\n</p>".repeat(8000);
        assertThat(adapted("<html><head>" + META + "</head>" + filler + "<a href=/ui/>" + filler, UTF_8, GATE))
                .isEqualTo("<html><head>" + SCRIPT + ADAPTED_META + "</head>" + filler + "<a href=/gate-1/ui/>" + filler);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', value = {
        "``                                                | has no <head>",
        "<html><body><a href=/ui/></body></html>           | has no <head>",
        "<p>early</p><head></head>                         | has no <head>",
        "<script>early()</script><head></head>             | has no <head>",
        "<head><meta name=other content=x></head>          | has no meta",
        "<head><meta name=nomad-ui/config/environment>     | has no rootURL",
        "<head><meta name=nomad-ui/config/environment content='%22rootURL%22%3A%22%2F%22'>%22rootURL%22%3A%22%2Fui%2F%22 | has no rootURL",
        "<head><meta name=nomad-ui/config/environment content='{\"rootURL\":\"/ui/\"}'> | has no rootURL"})
    void anotherPageIsNotTouched(String page, String reason) {
        UiPage.Result result = UiPage.adapt(page.getBytes(UTF_8), GATE);
        assertThat(result).isInstanceOfSatisfying(UiPage.Result.Unexpected.class,
                unexpected -> assertThat(unexpected.reason()).startsWith(reason));
    }

    @Property
    void anyTextAtAllKeepsItsBytes(@ForAll("pages") String page) {
        if (UiPage.adapt(page.getBytes(ISO_8859_1), GATE) instanceof UiPage.Result.Adapted adapted) {
            String result = new String(adapted.page(), ISO_8859_1);
            assertThat(result).contains(SCRIPT);
            assertThat(result.replace(SCRIPT, "").replace("/gate-1/", "/").replace("%2Fgate-1", "")).isEqualTo(page);
        }
    }

    @Provide
    Arbitrary<String> pages() {
        return Arbitraries.of("<head>", "</head>", "<html>", "<body>", META, "<a href=\"", "<img src='", "<link href=", "/ui/",
                        "/v1/x", "//x", "\"", "'", ">", "<", "/", "&amp;", "&#47;", "\r\n", " ", "=", "<!--", "-->", "<script>",
                        "</script>", "<svg>", "<template>", "\u0000", "\u00e9", "<![CDATA[", "<textarea>", "<base href=/ui/>")
                .list().ofMaxSize(40)
                .map(pieces -> "<head>" + String.join("", pieces))
                .flatMap(text -> Arbitraries.of(text, text.substring(6), "<head>" + META + text));
    }

    private static String adapted(String page, Charset charset, ContextPath context) {
        UiPage.Result result = UiPage.adapt(page.getBytes(charset), context);
        assertThat(result).isInstanceOf(UiPage.Result.Adapted.class);
        return new String(((UiPage.Result.Adapted) result).page(), charset);
    }
}
