package dev.nomadgate.proxy;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.IteratingCallback;

/**
 * Writes Nomad's body to the client as it comes: what is there is written and flushed, as much at once as the container takes,
 * before more is asked for. So each line of a log is at the client before the next one is written, a client that reads slowly
 * slows Nomad, and memory is bounded by one chunk and the response's buffer.
 *
 * <p>Calls may come from Nomad's and from the container's threads at once; {@link IteratingCallback}
 * makes them one after the other.
 */
final class ResponseRelay extends IteratingCallback implements AnswerBody {

    /** What becomes of the exchange at its end. */
    interface Ending {
        /** Everything was handed to the client. */
        void delivered();

        /** The client cannot be written to any more. */
        void undeliverable(Throwable cause);
    }

    private final Ending ending;
    private final ProxyExchange exchange;
    private final ClientOutput client;
    private final ChunkWriter writer;
    private final AtomicReference<Rest> due = new AtomicReference<>();
    private volatile boolean started;
    private volatile Content.Chunk chunk;
    private volatile Rest rest;
    private volatile boolean last;

    ResponseRelay(Ending ending, ProxyExchange exchange) {
        this.ending = ending;
        this.exchange = exchange;
        this.client = exchange.output();
        this.writer = new ChunkWriter(exchange);
    }

    /** Whether it was given something to write, so that nobody else may any more. */
    boolean started() {
        return started;
    }

    /** Sends the header at once, without waiting for a body that may be long in coming. */
    void flushHead() {
        writer.owesHead();
        proceed();
    }

    @Override
    public void write(Content.Chunk content, Rest following) {
        content.retain();
        rest = following;
        chunk = content;
        proceed();
    }

    @Override
    public void end() {
        last = true;
        if (started) {
            advance();
        } else {
            ending.delivered();
        }
    }

    private void proceed() {
        if (started || exchange.ended()) {
            advance();
        } else {
            started = true;
            client.writeWith(this::whenTold);
        }
    }

    private void whenTold() {
        if (client.failure() != null) {
            abort(client.failure());
        } else {
            advance();
        }
    }

    /** Demands behind processing, not within: only the thread in which a chunk comes can read on behind it. */
    private void advance() {
        iterate();
        Rest wanted = due.getAndSet(null);
        if (wanted != null) {
            wanted.demand();
        }
    }

    @Override
    protected Action process() throws IOException {
        while (client.writable() || exchange.ended()) {
            Content.Chunk content = readOn(chunk);
            switch (writer.step(content)) {
                case WRITTEN -> { }
                case BLOCKED -> {
                    return Action.IDLE;
                }
                case DONE -> {
                    return done(content);
                }
            }
        }
        return Action.IDLE;
    }

    private Content.Chunk readOn(Content.Chunk written) {
        if (!writer.mayReadOn(written)) {
            return written;
        }
        chunk = Content.Chunk.EMPTY;
        written.release();
        Content.Chunk next = rest.now();
        if (next != null) {
            chunk = next;
        }
        return chunk;
    }

    private Action done(Content.Chunk content) {
        if (content != null) {
            chunk = null;
            writer.done(content);
        }
        if (last) {
            return Action.SUCCEEDED;
        }
        if (content != null) {
            due.set(rest);
        }
        return Action.IDLE;
    }

    @Override
    protected void onCompleteSuccess() {
        ending.delivered();
    }

    @Override
    protected void onCompleteFailure(Throwable cause) {
        Content.Chunk content = chunk;
        if (content != null) {
            chunk = null;
            writer.done(content);
        }
        ending.undeliverable(cause);
    }
}
