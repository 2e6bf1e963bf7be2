package dev.nomadgate.lifetime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What is replaced ends after its last user, once. */
class UsesTest {

    private final AtomicInteger ended = new AtomicInteger();
    private final Uses uses = new Uses(ended::incrementAndGet);

    @Test
    void endsWithItsOwnerWhereNobodyElseUsesIt() {
        uses.release();
        assertThat(ended).hasValue(1);
        assertThat(uses.begin()).isEmpty();
    }

    @Test
    void endsWithTheLastUse() {
        Uses.Use request = uses.begin().orElseThrow();
        Uses.Use session = request.another();
        uses.release();
        request.close();
        assertThat(ended).hasValue(0);
        assertThat(uses.begin()).as("still used").isPresent().get().satisfies(Uses.Use::close);
        session.close();
        assertThat(ended).hasValue(1);
        assertThatIllegalStateException().isThrownBy(session::another);
    }

    @Test
    void aUseThatIsClosedTwiceCountsOnce() {
        Uses.Use request = uses.begin().orElseThrow();
        request.close();
        request.close();
        assertThat(ended).hasValue(0);
        uses.release();
        assertThat(ended).hasValue(1);
    }
}
