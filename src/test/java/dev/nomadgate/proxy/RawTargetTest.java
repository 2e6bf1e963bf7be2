package dev.nomadgate.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nomadgate.played.Played;
import jakarta.servlet.http.HttpServletRequest;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is left of a target when the context path is taken off, for each way in which a container names that. */
class RawTargetTest {

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', value = {
        // at the root
        "``, /v1/x, /v1/x", "``, //v1, //v1", "``, /, /", "``, *, /*",
        // as the client spelled it, which Tomcat says
        "/gate, /gate/v1/a%2Fb, /v1/a%2Fb", "/gate, /gate, /", "//gate, //gate/v1, /v1", "/%67ate, /%67ate/v1, /v1",
        "/gate;a=b, /gate;a=b/v1, /v1", "/x/../gate, /x/../gate/../v1, /../v1", "/gate, /gate//gate, //gate",
        // as it was deployed, which Jetty says
        "/caf\u00e9, /caf%C3%A9/v1/%C3%A9, /v1/%C3%A9", "/a%20b, /a%20b/v1, /v1", "/gate, /%67ate/gate, /gate",
        "/gate, /./gate/v1, /v1", "/gate, /x/../gate/v1, /v1", "/gate, /gatex/../gate/v1, /v1", "/gate, /../gate, /",
        "/gate, /gate;a=b/v1/;c, /v1/;c", "/a/b, /a/%62/v1/./x, /v1/./x", "/a/b, /a/x/../b/v1, /v1"})
    void theRestIsRaw(String contextPath, String uri, String expected) {
        assertThat(target(contextPath, uri).path()).isEqualTo(expected);
    }

    @Test
    void anotherPathIsNotCutAnywhere() {
        assertThatThrownBy(() -> target("/gate", "/gatex/v1")).isInstanceOf(IllegalStateException.class);
    }

    /** Whatever stands behind the context path, however it was told, is what goes to Nomad. */
    @Property(tries = 500)
    void whatStandsBehindTheContextPathIsLeftAsItIs(
            @ForAll("places") Place place, @ForAll("rawPaths") String path, @ForAll("queries") String query) {
        RawTarget target = target(place.told(), place.sent() + path, query);
        assertThat(target.path()).isEqualTo(path.isEmpty() ? "/" : path);
        assertThat(target.toString()).isEqualTo(target.path() + (query == null ? "" : "?" + query));
        assertThat(target.isRaw()).isEqualTo(target.toString().matches("[!-~]+"));
    }

    @Property(tries = 500)
    void atTheRootEveryTargetCanBeRead(@ForAll String uri, @ForAll String query) {
        assertThat(target("", uri, query).toString()).endsWith(uri + "?" + query).startsWith("/");
    }

    /** A context path as containers tell it, and as a client sends it. */
    record Place(String told, String sent) {
    }

    @Provide
    Arbitrary<Place> places() {
        return Arbitraries.of(new Place("", ""), new Place("/gate", "/gate"), new Place("/a/b", "/a/b"),
                new Place("/caf\u00e9", "/caf%C3%A9"), new Place("/gate", "/%67ate"), new Place("/gate", "/x/../gate"),
                new Place("/a%20b", "/a%20b"), new Place("//gate", "//gate"));
    }

    @Provide
    Arbitrary<String> rawPaths() {
        return Arbitraries.oneOf(
                Arbitraries.strings().withCharRange('!', '~').ofMaxLength(20),
                Arbitraries.of("..", ".", "%2e%2e", "%2F", "", ";a=b", "gate", "%zz", "\u00e4", " ", "v1", "\\")
                        .list().ofMaxSize(5).map(parts -> String.join("/", parts)))
                .map(rest -> rest.isEmpty() ? "" : "/" + rest);
    }

    @Provide
    Arbitrary<String> queries() {
        return Arbitraries.strings().withCharRange(' ', '\u00ff').ofMaxLength(20).injectNull(0.2);
    }

    private static RawTarget target(String contextPath, String uri) {
        return target(contextPath, uri, null);
    }

    private static RawTarget target(String contextPath, String uri, String query) {
        return RawTarget.of(Played.by(HttpServletRequest.class, (proxy, method, args) -> switch (method.getName()) {
            case "getContextPath" -> contextPath;
            case "getRequestURI" -> uri;
            case "getQueryString" -> query;
            default -> throw new UnsupportedOperationException(method.getName());
        }));
    }
}
