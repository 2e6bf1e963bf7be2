package dev.nomadgate.standin;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A raw connection in the hands of a {@link Script}. */
public final class Wire {
    private final Connection connection;
    private final BodyInput body;
    private boolean rawRead;
    private boolean ended;

    Wire(Connection connection, BodyInput body) {
        this.connection = connection;
        this.body = body;
    }

    /** Writes ISO-8859-1 text and flushes. */
    public Wire write(String text) throws IOException {
        return write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Writes bytes and flushes; blocks while the peer does not read. */
    public Wire write(byte[] bytes) throws IOException {
        connection.write(bytes);
        return this;
    }

    /** The next raw byte behind the request's head, or -1 at the peer's EOF. */
    public int read() throws IOException {
        rawRead = true;
        return connection.in().read();
    }

    /** The request's body, decoded and recorded; reading it sends the 100 the client may wait for. */
    public InputStream body() {
        return body;
    }

    /** Breaks the connection off with an RST. */
    public void reset() {
        ended = true;
        connection.reset();
    }

    /** Sends FIN and keeps reading. */
    public void closeOutput() throws IOException {
        ended = true;
        connection.closeOutput();
    }

    /** Closes TCP in both directions. */
    public void close() {
        ended = true;
        connection.close();
    }

    /** Waits until the peer closes or resets; false if it did not within {@code limit}. */
    public boolean awaitPeerClose(Duration limit) throws IOException {
        return connection.awaitPeerClose(limit);
    }

    boolean reusable() {
        return !ended && !rawRead;
    }
}
