package dev.nomadgate.proxy;

import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.Lock;
import org.eclipse.jetty.io.Content;

/**
 * Writes chunks to a client, and flushes as seldom as can be without letting anything wait: when the response's buffer is
 * full, or when nothing else is there. Called by one thread at a time, which is its caller's care.
 */
final class ChunkWriter {

    /** How far a chunk has got. */
    enum Step { BLOCKED, WRITTEN, DONE }

    /** In bytes. Behind less, and for less, there is no asking what else has come, which may take a system call. */
    private static final int WORTH_READING_ON = 4 * 1024;
    /** In bytes. Behind so much Jetty's client has its turn, which may have to abort the request. */
    private static final int READ_ON_AT_MOST = 256 * 1024;

    private final ProxyExchange exchange;
    private final Lock outputLock;
    private final ClientOutput client;
    private final ServletOutputStream output;
    private volatile boolean unflushed;
    private byte[] copy;
    private Content.Chunk lent;
    private int unpaid;
    private int buffered;
    private int sinceDemand;
    private int beforeDemand;

    ChunkWriter(ProxyExchange exchange) {
        this.exchange = exchange;
        this.outputLock = exchange.outputLock();
        this.client = exchange.output();
        this.output = client.stream();
    }

    /** The header is to be flushed before there is a body. In any thread, and before anything is written. */
    void owesHead() {
        unflushed = true;
    }

    /**
     * Takes the next step with this chunk; what comes for a client that is no longer there is dropped.
     *
     * @param content null if only what was written before is to be flushed
     */
    Step step(Content.Chunk content) throws IOException {
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

    /**
     * Whether more may be received, and be written behind this chunk before both are flushed: Nomad's chunks end anywhere within
     * what was received, and each flush is a write to the client. Not before the container is ready: Jetty may be sending from the
     * very bytes that the next are received into.
     */
    boolean mayReadOn(Content.Chunk written) {
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

    /**
     * Gives back a chunk that is done, and begins to count for the next. What the container may still be sending when the exchange
     * ends, or fails, is left to the collector: nobody must receive into it.
     */
    void done(Content.Chunk content) {
        if (content != lent) {
            content.release();
        }
        beforeDemand = sinceDemand;
        sinceDemand = 0;
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
        exchange.paid(unpaid);
        unpaid = 0;
    }

    private void write(Content.Chunk content) throws IOException {
        ByteBuffer bytes = content.getByteBuffer();
        int piece = Math.min(bytes.remaining(), client.largestWrite() - buffered);
        unpaid += piece;
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
}
