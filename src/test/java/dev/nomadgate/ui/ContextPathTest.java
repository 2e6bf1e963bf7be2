package dev.nomadgate.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContextPathTest {

    /** Jetty names a blank encoded and an umlaut decoded; Tomcat names both decoded. */
    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', value = {
        "``|``", "/nomad-gate|/nomad-gate", "/a/b|/a/b", "/a b|/a%20b", "/a%20b|/a%20b", "/\u00f6|/%C3%B6", "/%c3%b6|/%c3%b6",
        "/100%|/100%25", "/a%2|/a%252", "/%zz|/%25zz", "/it's&(c)=:@|/it's&(c)=:@", "/a;b|/a%3Bb", "/\"<>|/%22%3C%3E",
        "/?#[]\\^`{}|/%3F%23%5B%5D%5C%5E%60%7B%7D"})
    void isAsABrowserShowsIt(String deployed, String expected) {
        assertThat(ContextPath.of(deployed).value()).isEqualTo(expected);
    }

    @Property
    void canStandInAnyAddressAndIsEncodedOnce(@ForAll String deployed) {
        ContextPath path = ContextPath.of("/" + deployed);
        assertThat(URI.create("http://gate.example" + path).getRawPath()).isEqualTo(path.value());
        assertThat(path.value()).doesNotContain(";", "\"", "<");
        assertThat(ContextPath.of(path.value())).isEqualTo(path);
    }

    @ParameterizedTest
    @CsvSource({"/ui/,/gate/ui/", "/gate/ui/,/gate/gate/ui/", "/gate,/gate/gate", "/,/gate/"})
    void isPutOnOnceAndAlways(String path, String expected) {
        assertThat(ContextPath.of("/gate").prefix(path)).isEqualTo(expected);
    }
}
