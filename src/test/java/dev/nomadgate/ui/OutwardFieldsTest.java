package dev.nomadgate.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutwardFieldsTest {

    private static final URI SERVER = URI.create("http://10.0.0.1:4646");
    private static final OutwardFields NESTED = new OutwardFields(ContextPath.of("/a/b"));
    private static final OutwardFields ROOT = new OutwardFields(ContextPath.of(""));

    @ParameterizedTest
    @CsvSource({
        "/ui/, /a/b/ui/", "/, /a/b/", "/a/b/ui/, /a/b/a/b/ui/", "/v1/job/a%2Fb?x=%zz#f, /a/b/v1/job/a%2Fb?x=%zz#f",
        "http://10.0.0.1:4646/ui/, /a/b/ui/", "HTTP://10.0.0.1:4646?x, /a/b/?x", "http://10.0.0.1:4646//x/, /a/b//x/",
        "./, ./", "ui/, ui/", "?x, ?x", "//10.0.0.1:4646/ui/, //10.0.0.1:4646/ui/", "//x/ui/, //x/ui/",
        "https://10.0.0.1:4646/ui/, https://10.0.0.1:4646/ui/", "http://10.0.0.1/ui/, http://10.0.0.1/ui/",
        "http://x/ui/, http://x/ui/", "mailto:/ui/, mailto:/ui/", "'', ''"})
    void locationsAreBelowTheContextPath(String sent, String expected) {
        assertThat(NESTED.rewrite("location", sent, SERVER)).isEqualTo(expected);
        assertThat(NESTED.rewrite("content-location", sent, SERVER)).isEqualTo(expected);
    }

    /** Browsers read each of these rests as another host. */
    @ParameterizedTest
    @ValueSource(strings = {"//x/", "/\\x/", "/\t/x/", "/\t\\x/"})
    void atTheRootNoLocationOfNomadsOwnLeadsElsewhere(String rest) {
        assertThat(ROOT.rewrite("location", SERVER + rest, SERVER)).isEqualTo("/." + rest);
        assertThat(NESTED.rewrite("location", SERVER + rest, SERVER)).isEqualTo("/a/b" + rest);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', value = {
        "0; url=/ui/|0; url=/a/b/ui/", "0;url=/ui/|0;url=/a/b/ui/", "5, URL = '/ui/' x|5, URL = '/a/b/ui/' x",
        "0.5;url=\"/ui/?a='\"|0.5;url=\"/a/b/ui/?a='\"", "0;url='/ui/|0;url='/a/b/ui/", "0; /ui/|0; /a/b/ui/",
        "0 /ui/|0 /a/b/ui/", "0;'/ui/'|0;'/a/b/ui/'", "0; url=http://10.0.0.1:4646/ui/|0; url=/a/b/ui/",
        "5|5", "5;|5;", "5; url=|5; url=", "5; url=ui/|5; url=ui/", "5; url=//x/|5; url=//x/", "5; url=''|5; url=''",
        "5; url=https://x/ui/|5; url=https://x/ui/", "x; url=/ui/|x; url=/ui/", "/ui/|/ui/", "``|``"}, delimiter = '|')
    void refreshesAreBelowTheContextPath(String sent, String expected) {
        assertThat(NESTED.rewrite("refresh", sent, SERVER)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', value = {
        "a=b; Path=/|a=b; Path=/a/b/", "a=b; Path=/ui|a=b; Path=/a/b/ui", "a=b;path=/ui;Secure|a=b;path=/a/b/ui;Secure",
        "a=b; HttpOnly;  PATH = /ui/; Expires=Wed, 21 Oct 2026 07:28:00 GMT|a=b; HttpOnly;  PATH = /a/b/ui/; Expires=Wed, 21 Oct 2026 07:28:00 GMT",
        "a=b; Path=/x; Path=/y|a=b; Path=/a/b/x; Path=/a/b/y", "__Secure-a=b; Path=/|__Secure-a=b; Path=/a/b/",
        "a=b|a=b", "a=b; Domain=x; Secure|a=b; Domain=x; Secure", "a=b; Path=|a=b; Path=", "a=b; Path|a=b; Path",
        "a=b; Path=ui|a=b; Path=ui", "a=b; Path=\"/ui\"|a=b; Path=\"/ui\"", "path=/ui|path=/ui", "path=/ui; Path=/|path=/ui; Path=/a/b/",
        "a=b; XPath=/ui|a=b; XPath=/ui", "__Host-a=b; Secure; Path=/|__Host-a=b; Secure; Path=/"}, delimiter = '|')
    void cookiesStayBelowTheContextPath(String sent, String expected) {
        assertThat(NESTED.rewrite("set-cookie", sent, SERVER)).isEqualTo(expected);
    }

    /** Cookies come back to the same paths of Nomad, and a group reference in the context path is not one. */
    @ParameterizedTest
    @ValueSource(strings = {"/$1", "/a$"})
    void theContextPathIsTakenLiterally(String contextPath) {
        assertThat(new OutwardFields(ContextPath.of(contextPath)).rewrite("set-cookie", "a=b; Path=/ui", SERVER))
                .isEqualTo("a=b; Path=" + contextPath + "/ui");
    }

    @Property
    void atTheRootOnlyTheServersAddressChanges(@ForAll String value) {
        for (String name : new String[] {"refresh", "set-cookie", "link", "etag"}) {
            assertThat(ROOT.rewrite(name, value, SERVER)).isEqualTo(value);
        }
        if (!value.regionMatches(true, 0, "http://10.0.0.1:4646", 0, 20)) {
            assertThat(ROOT.rewrite("location", value, SERVER)).isEqualTo(value);
        }
    }

    @Property
    void otherFieldsStay(@ForAll String value) {
        for (String name : new String[] {"link", "etag", "content-security-policy", "x-path"}) {
            assertThat(NESTED.rewrite(name, value, SERVER)).isEqualTo(value);
        }
    }

    /** What the gate makes of an address of Nomad's is, at the gate, that address of Nomad's. */
    @Property(tries = 500)
    void aLocationLeadsBackToWhereNomadMeant(@ForAll("paths") String path, @ForAll boolean absolute) {
        String location = NESTED.rewrite("location", absolute ? SERVER + path : path, SERVER);
        assertThat(location).startsWith("/a/b");
        assertThat(location.substring("/a/b".length())).isEqualTo(path);
    }

    @Property(tries = 500)
    void anythingCanBeRewritten(@ForAll String value) {
        for (String name : new String[] {"location", "content-location", "refresh", "set-cookie"}) {
            assertThat(NESTED.rewrite(name, value, SERVER)).isNotNull();
            assertThat(ROOT.rewrite(name, value, SERVER)).isNotNull();
        }
    }

    @Provide
    Arbitrary<String> paths() {
        return Arbitraries.strings().withCharRange('!', '~').ofMaxLength(20)
                .filter(rest -> !rest.startsWith("/")).map(rest -> "/" + rest);
    }
}
