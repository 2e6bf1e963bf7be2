package dev.nomadgate.proxy;

import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.Lock;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.IteratingCallback;

/**
 * Writes Nomad's body to the client as it comes: every chunk is written and flushed, in pieces that the container takes at
 * once, before the next is asked for. So each line of a log is at the client before the next one is written, a client that
 * reads slowly slows Nomad, and memory is bounded by one chunk.
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

    /** How far a chunk has got. */
    private enum Step { BLOCKED, WRITTEN, DONE }

    private final Ending ending;
    private final ProxyExchange exchange;
    private final Lock outputLock;
    private final ClientOutput client;
    private final ServletOutputStream output;
    private volatile boolean started;
    private byte[] copy;
    private volatile Content.Chunk chunk;
    private volatile Runnable demander;
    private volatile boolean unflushed;
    private volatile boolean last;
    private int size;

    ResponseRelay(Ending ending, ProxyExchange exchange) {
        this.ending = ending;
        this.exchange = exchange;
        this.outputLock = exchange.outputLock();
        this.client = exchange.output();
        this.output = client.stream();
    }

    /** Whether it was given something to write, so that nobody else may any more. */
    boolean started() {
        return started;
    }

    /** Sends the header at once, without waiting for a body that may be long in coming. */
    void flushHead() {
        unflushed = true;
        proceed();
    }

    @Override
    public void write(Content.Chunk content, Runnable next) {
        content.retain();
        demander = next;
        chunk = content;
        proceed();
    }

    @Override
    public void end() {
        last = true;
        if (started) {
            iterate();
        } else {
            ending.delivered();
        }
    }

    private void proceed() {
        if (started || exchange.ended()) {
            iterate();
        } else {
            started = true;
            client.writeWith(this::whenTold);
        }
    }

    private void whenTold() {
        if (client.failure() != null) {
            abort(client.failure());
        } else {
            iterate();
        }
    }

    @Override
    protected Action process() throws IOException {
        while (client.writable() || exchange.ended()) {
            Content.Chunk content = chunk;
            Step step = step(content);
            if (step == Step.BLOCKED) {
                return Action.IDLE;
            }
            if (step == Step.WRITTEN) {
                continue;
            }
            if (content == null) {
                return last ? Action.SUCCEEDED : Action.IDLE;
            }
            chunk = null;
            content.release();
            demander.run();
        }
        return Action.IDLE;
    }

    /** What comes for a client that is no longer there is dropped. */
    private Step step(Content.Chunk content) throws IOException {
        outputLock.lock();
        try {
            if (exchange.ended()) {
                return Step.DONE;
            }
            if (!output.isReady()) {
                return Step.BLOCKED;
            }
            if (unflushed) {
                unflushed = false;
                output.flush();
                if (output.isReady()) {
                    settle();
                }
                return Step.WRITTEN;
            }
            if (content != null && content.hasRemaining()) {
                write(content.getByteBuffer());
                unflushed = true;
                return Step.WRITTEN;
            }
            settle();
            return Step.DONE;
        } finally {
            outputLock.unlock();
        }
    }

    /** Under the lock, so that whoever hears that the client is gone knows what it had. */
    private void settle() {
        exchange.paid(size);
        size = 0;
    }

    private void write(ByteBuffer bytes) throws IOException {
        int piece = Math.min(bytes.remaining(), client.largestWrite());
        size += piece;
        if (bytes.hasArray()) {
            output.write(bytes.array(), bytes.arrayOffset() + bytes.position(), piece);
            bytes.position(bytes.position() + piece);
            return;
        }
        if (copy == null || copy.length < piece) {
            copy = new byte[piece];
        }
        bytes.get(copy, 0, piece);
        output.write(copy, 0, piece);
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
            content.release();
        }
        ending.undeliverable(cause);
    }
}
