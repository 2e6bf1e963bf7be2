package dev.nomadgate.proxy;

import org.eclipse.jetty.io.Content;

/** Takes the body of Nomad's answer, piece by piece. */
interface AnswerBody {

    /** What follows a chunk. */
    @FunctionalInterface
    interface Rest {

        /** Another chunk can be taken, whenever it comes. */
        void demand();

        /** The next chunk, for whoever takes it over, if it is there already; null if not. */
        default Content.Chunk now() {
            return null;
        }
    }

    /**
     * Takes over one chunk.
     *
     * @param rest asked for, when another can be taken; no more once it was said that none follows
     */
    void write(Content.Chunk chunk, Rest rest);

    /** Says that no chunk follows. */
    void end();
}
