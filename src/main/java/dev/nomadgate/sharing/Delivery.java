package dev.nomadgate.sharing;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.io.Content;

/** Gives a whole answer to one of those who waited for it, piece by piece as that one takes them. */
final class Delivery implements Runnable {

    private static final int PIECE = 32 * 1024;

    private final Participant.Listener listener;
    private final Result result;
    private final byte[] body;
    private final Runnable done;
    private final AtomicInteger asked = new AtomicInteger();
    private int position;

    Delivery(Participant.Listener listener, Result result, byte[] body, Runnable done) {
        this.listener = listener;
        this.result = result;
        this.body = body;
        this.done = done;
    }

    @Override
    public void run() {
        listener.onHeaders(result.getResponse());
        next();
    }

    /** One piece may be asked for while the last is still being handed over. */
    private void next() {
        if (asked.getAndIncrement() > 0) {
            return;
        }
        do {
            if (position == body.length) {
                listener.onSuccess(result.getResponse());
                listener.onComplete(result);
                done.run();
                return;
            }
            int length = Math.min(PIECE, body.length - position);
            Content.Chunk piece = Content.Chunk.from(ByteBuffer.wrap(body, position, length), false);
            position += length;
            listener.onContent(result.getResponse(), piece, this::next);
        } while (asked.decrementAndGet() > 0);
    }
}
