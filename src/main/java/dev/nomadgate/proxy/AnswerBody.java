package dev.nomadgate.proxy;

import org.eclipse.jetty.io.Content;

/** Takes the body of Nomad's answer, piece by piece. */
interface AnswerBody {

    /**
     * Takes over one chunk.
     *
     * @param next run when another chunk can be taken
     */
    void write(Content.Chunk chunk, Runnable next);

    /** Says that no chunk follows. */
    void end();
}
