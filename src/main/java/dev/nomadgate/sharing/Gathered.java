package dev.nomadgate.sharing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/**
 * An answer's body, kept for several. At most {@link #MAX_SIZE} bytes; how many there are of all answers together is
 * bounded as well. Used by one thread at a time until it is complete.
 */
final class Gathered {

    /** In bytes. Nomad's lists are some kilobytes for each hundred jobs, compressed. */
    static final int MAX_SIZE = 1024 * 1024;

    private final SharedQueries all;
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private int kept;
    private int takers;

    Gathered(SharedQueries all) {
        this.all = all;
    }

    /** Takes what there is in the buffer; false if that is too much to be kept, which then has to be released. */
    boolean add(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        content.writeBytes(bytes);
        if (content.size() > MAX_SIZE || !all.keep(bytes.length)) {
            return false;
        }
        kept += bytes.length;
        return true;
    }

    byte[] bytes() {
        return content.toByteArray();
    }

    /** Keeps it until so many have it. */
    synchronized void keepFor(int number) {
        takers = number;
        if (number == 0) {
            release();
        }
    }

    synchronized void taken() {
        if (--takers == 0) {
            release();
        }
    }

    synchronized void release() {
        all.release(kept);
        kept = 0;
    }
}
