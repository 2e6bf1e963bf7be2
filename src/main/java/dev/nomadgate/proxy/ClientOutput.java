package dev.nomadgate.proxy;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * The output of a client's response: the container tells when it can be written. It is asked to before anything is sent to
 * Nomad, in its own thread. In any other one Tomcat would take the connection's lock for that, whose holder may be waiting
 * for the exchange, and Jetty would wake one more thread for each answer.
 *
 * <p>Tomcat forgets the listener of a response that is reset, so what the gate itself answers is written in the blocking way
 * there, and a reset before the container has told would never be written at all.
 */
final class ClientOutput implements WriteListener {

    /** More than the frame of a chunk takes (RFC 9112 section 7.1): eight digits, two line ends. */
    private static final int FRAMING = 16;
    /** Holds, with a chunk's frame, what comes from Nomad at once. */
    private static final int LARGE_BUFFER = 64 * 1024;

    private final HttpServletResponse response;
    private final ServletOutputStream stream;
    private volatile int largestWrite;
    private volatile boolean writable;
    private volatile Throwable failure;
    private volatile Runnable writer;

    private ClientOutput(HttpServletResponse response) throws IOException {
        this.response = response;
        this.stream = response.getOutputStream();
        this.largestWrite = largestWrite(response);
    }

    /** To be called while the container is handing over a request that was made asynchronous. */
    static ClientOutput of(HttpServletResponse response) throws IOException {
        ClientOutput output = new ClientOutput(response);
        output.stream.setWriteListener(output);
        return output;
    }

    private static int largestWrite(HttpServletResponse response) {
        return Math.max(FRAMING, response.getBufferSize() - FRAMING);
    }

    /**
     * A body is to be written, and nothing of it has been: one that may be long is worth a larger buffer. Tomcat keeps that
     * for what comes next, so none is taken for what clients are kept waiting for, and by the thousand: the lists that Nomad's
     * UI asks for again and again, and what is followed.
     *
     * @param length in bytes, negative if it is not known
     * @param type of the body, null if it is not known
     * @param followed whether the answer lasts for as long as a task runs
     */
    void expect(long length, String type, boolean followed) {
        int size = response.getBufferSize();
        if (size >= LARGE_BUFFER || length >= 0 && length <= size || length < 0 && (followed || isJson(type))) {
            return;
        }
        try {
            response.setBufferSize(LARGE_BUFFER);
            largestWrite = largestWrite(response);
        } catch (IllegalStateException e) {
            // Committed, by a Tomcat that found the client gone.
        }
    }

    private static boolean isJson(String type) {
        return type != null && type.startsWith("application/json");
    }

    ServletOutputStream stream() {
        return stream;
    }

    /**
     * How many bytes to write before it is flushed: what the response's buffer holds with its frame. Of more Tomcat keeps a
     * rest in the socket's buffer, and then has a thread of its own say that one may go on, even if a flush sent it all.
     */
    int largestWrite() {
        return largestWrite;
    }

    /** Whether it was released to whoever writes. Until then Tomcat itself flushes it, in a thread of its own. */
    boolean writable() {
        return writable;
    }

    /** Why it cannot be written any more; null as long as it can. */
    Throwable failure() {
        return failure;
    }

    /** Runs the writer as soon as it can be written, whenever it can again, and once it cannot any more. */
    void writeWith(Runnable next) {
        writer = next;
        if (writable || failure != null) {
            next.run();
        }
    }

    @Override
    public void onWritePossible() {
        writable = true;
        tell();
    }

    @Override
    public void onError(Throwable cause) {
        failure = cause;
        tell();
    }

    private void tell() {
        Runnable waiting = writer;
        if (waiting != null) {
            waiting.run();
        }
    }
}
