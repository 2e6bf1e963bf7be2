package dev.nomadgate.standin;

import java.io.IOException;

/** A test's own answer to a request, byte by byte. */
@FunctionalInterface
public interface Script {
    /**
     * Answers on the raw connection; the request's head has been read, its body has not. When this
     * returns without having closed the connection and without having used {@link Wire#read}, the
     * connection stays open for its next request.
     */
    void answer(RecordedRequest request, Wire wire) throws IOException;
}
