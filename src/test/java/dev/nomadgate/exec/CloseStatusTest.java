package dev.nomadgate.exec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What a close frame says, whatever is in it. */
class CloseStatusTest {

    @Property(tries = 500)
    void anyPayloadCanBeReadAndIsNotConsumed(@ForAll byte[] payload) {
        ByteBuffer buffer = ByteBuffer.wrap(payload);
        CloseStatus status = CloseStatus.of(buffer);
        assertThat(buffer.remaining()).isEqualTo(payload.length);
        assertThat(status.code()).isBetween(0, 65535);
        assertThat(bytes(status.reason())).hasSizeLessThanOrEqualTo(123);
        assertThat(status.announced()).isEqualTo(status.code() != CloseStatus.ABNORMAL);
    }

    @Property(tries = 500)
    void aReasonIsShortenedBetweenTwoCharacters(@ForAll String reason) {
        CloseStatus status = new CloseStatus(1000, reason);
        assertThat(bytes(status.reason())).hasSizeLessThanOrEqualTo(123);
        assertThat(reason).startsWith(status.reason());
        assertThat(new CloseStatus(1000, status.reason())).isEqualTo(status);
    }

    @Property(tries = 500)
    void whatIsWrittenIsReadAgain(@ForAll @IntRange(min = 1000, max = 4999) int code, @ForAll String text) {
        CloseStatus status = new CloseStatus(code, text);
        byte[] reason = bytes(status.reason());
        ByteBuffer payload = ByteBuffer.allocate(2 + reason.length).putShort((short) code).put(reason).flip();
        assertThat(CloseStatus.of(payload)).isEqualTo(status);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
