package dev.nomadgate.proxy;

import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Leaves a body to the container as a whole. It is sent, with its length, when the request is completed: no thread of the
 * gate waits for a client that does not read.
 */
public final class WholeBody {

    private WholeBody() {
    }

    /** Puts a body of any size into the response, which must not be committed. */
    public static void put(ServletResponse response, byte[] body) throws IOException {
        fill(response, ByteBuffer.wrap(body));
    }

    /** Puts a body into the response, which must not be committed, if it fits the buffer that there is anyway. */
    static boolean fits(ServletResponse response, ByteBuffer body) throws IOException {
        if (body.remaining() >= response.getBufferSize()) {
            return false;
        }
        fill(response, body);
        return true;
    }

    private static void fill(ServletResponse response, ByteBuffer body) throws IOException {
        // Jetty sends a full buffer, and what is larger than a part of it unless the size of the whole was set.
        response.setBufferSize(Math.max(response.getBufferSize(), body.remaining() + 1));
        // With the length known both containers send as soon as they have so much.
        response.setContentLengthLong(-1);
        if (body.hasArray()) {
            response.getOutputStream().write(body.array(), body.arrayOffset() + body.position(), body.remaining());
        } else {
            byte[] copy = new byte[body.remaining()];
            body.get(copy);
            response.getOutputStream().write(copy);
        }
    }
}
