package dev.nomadgate.proxy;

import dev.nomadgate.ui.PageFields;
import dev.nomadgate.ui.UiPages;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;

/**
 * Gathers a page of Nomad's UI and sends it adapted, since only the whole page tells whether it can be. One that is
 * longer than {@link UiPages#MAX_SIZE} goes on as every other answer does, from its first byte. Until then nothing is
 * sent, so a page that breaks off becomes a failure that can be explained.
 */
final class PageRelay implements AnswerBody {

    private final UiPages pages;
    private final HttpFields fields;
    private final List<String> ifNoneMatch;
    private final BiConsumer<Integer, HttpFields> head;
    private final AnswerBody relay;
    private final ResponseDeadline deadline;
    private ByteArrayOutputStream gathered = new ByteArrayOutputStream();

    /**
     * @param ifNoneMatch values of the client's field
     * @param fields the header of Nomad's answer
     * @param head takes the status and the header for the client
     * @param relay takes the body for the client
     * @param deadline of the page
     */
    PageRelay(UiPages pages, List<String> ifNoneMatch, HttpFields fields,
            BiConsumer<Integer, HttpFields> head, AnswerBody relay, ResponseDeadline deadline) {
        this.pages = pages;
        this.fields = fields;
        this.ifNoneMatch = ifNoneMatch;
        this.head = head;
        this.relay = relay;
        this.deadline = deadline;
    }

    @Override
    public void write(Content.Chunk chunk, Rest rest) {
        if (gathered == null) {
            relay.write(chunk, rest);
            return;
        }
        gather(chunk.getByteBuffer());
        if (gathered.size() <= UiPages.MAX_SIZE) {
            rest.demand();
            return;
        }
        pages.warnTooLarge();
        byte[] beginning = gathered();
        head.accept(HttpStatus.OK_200, fields);
        relay.write(Content.Chunk.from(ByteBuffer.wrap(beginning), false), rest);
    }

    private void gather(ByteBuffer content) {
        byte[] bytes = new byte[content.remaining()];
        content.get(bytes);
        gathered.writeBytes(bytes);
    }

    private byte[] gathered() {
        deadline.end();
        byte[] bytes = gathered.toByteArray();
        gathered = null;
        return bytes;
    }

    @Override
    public void end() {
        if (gathered != null) {
            send(gathered());
        }
        relay.end();
    }

    private void send(byte[] page) {
        Optional<byte[]> adapted = pages.adapt(page);
        HttpFields answer = adapted.map(bytes -> PageFields.answer(fields, bytes)).orElse(fields);
        boolean known = adapted.isPresent() && PageFields.unchanged(answer, ifNoneMatch);
        head.accept(known ? HttpStatus.NOT_MODIFIED_304 : HttpStatus.OK_200, answer);
        if (!known) {
            relay.write(Content.Chunk.from(ByteBuffer.wrap(adapted.orElse(page)), false), () -> { });
        }
    }
}
