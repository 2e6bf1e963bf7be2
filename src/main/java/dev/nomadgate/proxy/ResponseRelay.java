package dev.nomadgate.proxy;

import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.Lock;
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

    /** In bytes. Behind less, and for less, there is no asking what else has come, which may take a system call. */
    private static final int WORTH_READING_ON = 4 * 1024;
    /** In bytes. Behind so much Jetty's client has its turn, which may have to abort the request. */
    private static final int READ_ON_AT_MOST = 256 * 1024;

    /** How far a chunk has got. */
    private enum Step { BLOCKED, WRITTEN, DONE }

    private final Ending ending;
    private final ProxyExchange exchange;
    private final Lock outputLock;
    private final ClientOutput client;
    private final ServletOutputStream output;
    private volatile boolean started;
    private volatile Content.Chunk chunk;
    private volatile Rest rest;
    private volatile boolean unflushed;
    private volatile boolean last;
    // Touched while processing only.
    private byte[] copy;
    private Content.Chunk lent;
    private int size;
    private int buffered;
    private int sinceDemand;
    private int beforeDemand;

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
            Content.Chunk content = readOn(chunk);
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
            letGo(content);
            beforeDemand = sinceDemand;
            sinceDemand = 0;
            rest.demand();
        }
        return Action.IDLE;
    }

    /** Nomad's chunks end anywhere within what was received, and each flush is a write to the client. */
    private Content.Chunk readOn(Content.Chunk written) {
        if (!mayReadOn(written)) {
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

    /** Not before the container is ready: Jetty may be sending from the very bytes that the next are received into. */
    private boolean mayReadOn(Content.Chunk written) {
        if (written == null || written.hasRemaining() || !unflushed || sinceDemand + beforeDemand < WORTH_READING_ON
                || sinceDemand > READ_ON_AT_MOST || client.largestWrite() - buffered < WORTH_READING_ON) {
            return false;
        }
        outputLock.lock();
        try {
            return !exchange.ended() && ready();
        } finally {
            outputLock.unlock();
        }
    }

    /** What the container may still be sending when the exchange ends is left to the collector: nobody must receive into it. */
    private void letGo(Content.Chunk content) {
        if (content != lent) {
            content.release();
        }
    }

    /** What comes for a client that is no longer there is dropped. */
    private Step step(Content.Chunk content) throws IOException {
        outputLock.lock();
        try {
            if (exchange.ended()) {
                return Step.DONE;
            }
            if (!ready()) {
                return Step.BLOCKED;
            }
            boolean more = content != null && content.hasRemaining();
            if (unflushed && !(more && buffered < client.largestWrite())) {
                unflushed = false;
                buffered = 0;
                output.flush();
                if (ready()) {
                    settle();
                }
                return Step.WRITTEN;
            }
            if (more) {
                write(content);
                unflushed = true;
                return Step.WRITTEN;
            }
            settle();
            return Step.DONE;
        } finally {
            outputLock.unlock();
        }
    }

    private boolean ready() {
        boolean ready = output.isReady();
        if (ready) {
            lent = null;
        }
        return ready;
    }

    /** Under the lock, so that whoever hears that the client is gone knows what it had. */
    private void settle() {
        exchange.paid(size);
        size = 0;
    }

    private void write(Content.Chunk content) throws IOException {
        ByteBuffer bytes = content.getByteBuffer();
        int piece = Math.min(bytes.remaining(), client.largestWrite() - buffered);
        size += piece;
        buffered += piece;
        sinceDemand += piece;
        if (bytes.hasArray()) {
            lent = content;
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
