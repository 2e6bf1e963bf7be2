package dev.nomadgate.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
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

    private static RawTarget target(String contextPath, String uri) {
        return RawTarget.of((HttpServletRequest) Proxy.newProxyInstance(RawTargetTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class}, (proxy, method, args) -> switch (method.getName()) {
                    case "getContextPath" -> contextPath;
                    case "getRequestURI" -> uri;
                    case "getQueryString" -> null;
                    default -> throw new UnsupportedOperationException(method.getName());
                }));
    }
}
