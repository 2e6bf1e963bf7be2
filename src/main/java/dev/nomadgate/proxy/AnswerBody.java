package dev.nomadgate.proxy;

import java.io.IOException;
import org.eclipse.jetty.io.Content;

/** Takes the body of Nomad's answer, piece by piece. */
interface AnswerBody {

    /**
     * Takes over one chunk.
     *
     * @param next run when another chunk can be taken
     * @throws IOException if the client cannot be written to
     */
    void write(Content.Chunk chunk, Runnable next) throws IOException;

    /**
     * Says that no chunk follows.
     *
     * @throws IOException if the client cannot be written to
     */
    void end() throws IOException;
}
