package dev.nomadgate.exec;

import java.nio.ByteBuffer;

/**
 * One of the two WebSocket connections that a {@link Bridge} joins. Implementations are thread-safe;
 * of the data frames the bridge sends one at a time.
 */
public interface Leg {

    /** Asks for the next frame. Nothing is read from the peer until then. */
    void demand();

    /** Sends a frame; {@code done} hears when it was written, or that it cannot be. */
    void send(Frame frame, Done done);

    /** Whether a frame waits to be written because the peer does not read. */
    boolean writing();

    /** Sends a close frame. The peer's answer, or the end of its connection, is told to the listener. */
    void close(CloseStatus status);

    /** Drops the connection without another word. */
    void abort();

    /** Hears once how the writing of a frame went. */
    interface Done {
        void written();

        void failed(Throwable cause);
    }

    /** Hears what the peer does. */
    interface Listener {

        /** The connection stands. Nothing comes before the first {@link Leg#demand()}. */
        void opened(Leg leg);

        /** A frame came. {@code taken} runs once its payload may be reused. */
        void frame(Frame frame, Runnable taken);

        /** The peer sent a close frame. */
        void closing(CloseStatus status);

        /** The connection ended, with or without close frames; told exactly once. */
        void closed(CloseStatus status);
    }

    /** An empty payload. */
    ByteBuffer EMPTY = ByteBuffer.allocate(0).asReadOnlyBuffer();
}
