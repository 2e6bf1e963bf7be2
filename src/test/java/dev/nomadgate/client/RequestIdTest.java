package dev.nomadgate.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a proxy sends as X-Request-Id: what is fit for a log is taken, and nothing else. */
class RequestIdTest {

    @Property
    void whateverIsSentTheIdIsSafe(@ForAll List<String> sent) {
        assertThat(RequestId.choose(sent)).matches("[A-Za-z0-9._-]{1,128}");
    }

    @Property
    void whatIsFitIsTaken(@ForAll("fit") String sent) {
        assertThat(RequestId.choose(List.of(sent))).isEqualTo(sent);
    }

    @Property
    void oneUnfitCharacterIsEnoughToRefuseIt(@ForAll("fit") String before, @ForAll("unfit") char c, @ForAll("fit") String after) {
        assertThat(UUID.fromString(RequestId.choose(List.of(before + c + after)))).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a\n", "a\r\nX: y", "a\u0000", "\u0430", "<script>", "a,b", "${jndi:ldap://x}", "a/b"})
    void whatIsNotFitIsReplaced(String sent) {
        assertThat(UUID.fromString(RequestId.choose(List.of(sent)))).isNotNull();
    }

    @Test
    void aLongerOneIsReplaced() {
        assertThat(RequestId.choose(List.of("x".repeat(128)))).hasSize(128);
        assertThat(RequestId.choose(List.of("x".repeat(129)))).hasSize(36);
    }

    @Test
    void ofSeveralNoneIsTaken() {
        assertThat(RequestId.choose(List.of("a", "a"))).hasSize(36);
        assertThat(RequestId.choose(List.of())).hasSize(36).isNotEqualTo(RequestId.choose(List.of()));
    }

    @Provide
    Arbitrary<String> fit() {
        return Arbitraries.strings().withCharRange('a', 'z').withCharRange('A', 'Z').withCharRange('0', '9').withChars("._-")
                .ofMinLength(1).ofMaxLength(60);
    }

    @Provide
    Arbitrary<Character> unfit() {
        return Arbitraries.chars().filter(c -> !String.valueOf(c).matches("[A-Za-z0-9._-]"));
    }
}
