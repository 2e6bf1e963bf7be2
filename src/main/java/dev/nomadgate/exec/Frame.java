package dev.nomadgate.exec;

import java.nio.ByteBuffer;

/**
 * One WebSocket frame on its way through the bridge (RFC 6455 §5). Fragments are frames of their own:
 * every one but the first of a message continues it. Immutable but for the position of its payload.
 */
public sealed interface Frame {

    /** A whole message or a fragment of one. */
    sealed interface Data extends Frame {
        /** Whether the message ends with this frame (FIN). */
        boolean last();

        /** How much it carries: bytes, or characters of text, which need no counting. */
        int size();

        /** Whether it is what the UI and the CLI send at an interval, also from a terminal at which nobody is. */
        default boolean heartbeat() {
            return false;
        }
    }

    /**
     * @param text decoded; a character that fragments split comes whole with the later one
     * @param last whether the message ends here
     */
    record Text(String text, boolean last) implements Data {
        private static final String HEARTBEAT = "{}";

        @Override
        public int size() {
            return text.length();
        }

        @Override
        public boolean heartbeat() {
            return text.equals(HEARTBEAT);
        }
    }

    /**
     * @param payload valid until the frame was sent
     * @param last whether the message ends here
     */
    record Binary(ByteBuffer payload, boolean last) implements Data {
        @Override
        public int size() {
            return payload.remaining();
        }
    }

    /** @param payload at most 125 bytes */
    record Ping(ByteBuffer payload) implements Frame {
    }

    /** @param payload at most 125 bytes */
    record Pong(ByteBuffer payload) implements Frame {
    }
}
