package dev.nomadgate.exec.jetty;

import dev.nomadgate.exec.CloseStatus;
import dev.nomadgate.exec.Frame;
import dev.nomadgate.exec.Leg;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Utf8StringBuilder;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.api.StatusCode;
import org.eclipse.jetty.websocket.core.OpCode;

/**
 * A leg on Jetty's WebSocket API, which is what both legs are on every container. Sees every frame, control frames
 * included, and reads none before it was demanded.
 *
 * <p>Public because Jetty calls it from its own class loader.
 */
public final class JettyLeg implements Session.Listener, Leg {

    private static final CloseStatus NOT_UTF8 = new CloseStatus(StatusCode.BAD_PAYLOAD, "a text message is not UTF-8");
    /** Larger than Nomad's frames, so that most of them pass whole. */
    private static final int INPUT_BUFFER = 64 * 1024;
    /** In place of what is not UTF-8, unless it was sent as such. */
    private static final char REPLACEMENT = '\uFFFD';

    private final Listener listener;
    private final AtomicInteger writing = new AtomicInteger();
    private final Utf8StringBuilder text = new Utf8StringBuilder();
    private volatile Session session;

    /** @param listener hears what the peer does */
    public JettyLeg(Listener listener) {
        this.listener = listener;
    }

    @Override
    public void onWebSocketOpen(Session opened) {
        // A session lives as long as its peers: the keepalive decides, not an idle timeout.
        opened.setIdleTimeout(Duration.ZERO);
        opened.setMaxTextMessageSize(0);
        opened.setMaxBinaryMessageSize(0);
        // Larger frames come in pieces, so that a paste of any size passes without being gathered.
        opened.setAutoFragment(true);
        opened.setInputBufferSize(INPUT_BUFFER);
        session = opened;
        listener.opened(this);
    }

    @Override
    public void onWebSocketFrame(org.eclipse.jetty.websocket.api.Frame frame, Callback callback) {
        switch (frame.getEffectiveOpCode()) {
            case OpCode.TEXT -> text(frame, callback);
            case OpCode.BINARY -> listener.frame(new Frame.Binary(payload(frame), frame.isFin()), callback::succeed);
            case OpCode.PING -> listener.frame(new Frame.Ping(payload(frame)), callback::succeed);
            case OpCode.PONG -> listener.frame(new Frame.Pong(payload(frame)), callback::succeed);
            case OpCode.CLOSE -> {
                listener.closing(CloseStatus.of(frame.getPayload()));
                callback.succeed();
            }
            default -> callback.succeed();
        }
    }

    private void text(org.eclipse.jetty.websocket.api.Frame frame, Callback callback) {
        String decoded;
        try {
            decoded = decode(frame);
        } catch (CharacterCodingException e) {
            // Thrown to Jetty it would become a 1011 or 1008.
            callback.succeed();
            close(NOT_UTF8);
            return;
        }
        listener.frame(new Frame.Text(decoded, frame.isFin()), callback::succeed);
    }

    private String decode(org.eclipse.jetty.websocket.api.Frame frame) throws CharacterCodingException {
        ByteBuffer payload = payload(frame);
        if (text.isComplete()) {
            // The JDK decodes many bytes at a time, but passes over mistakes, and over a character that is broken off.
            String whole = BufferUtil.toString(payload, StandardCharsets.UTF_8);
            if (whole.indexOf(REPLACEMENT) < 0) {
                return whole;
            }
        }
        text.append(payload);
        return frame.isFin()
                ? text.takeCompleteString(CharacterCodingException::new)
                : text.takePartialString(CharacterCodingException::new);
    }

    private static ByteBuffer payload(org.eclipse.jetty.websocket.api.Frame frame) {
        return frame.hasPayload() ? frame.getPayload() : EMPTY.slice();
    }

    @Override
    public void onWebSocketClose(int statusCode, String reason, Callback callback) {
        callback.succeed();
        listener.closed(new CloseStatus(statusCode, reason));
    }

    @Override
    public void onWebSocketError(Throwable cause) {
        // Followed by onWebSocketClose wherever the session was open; before that the handshake tells.
    }

    @Override
    public void demand() {
        session.demand();
    }

    @Override
    public void send(Frame frame, Done done) {
        Sending sending = new Sending(done);
        if (frame instanceof Frame.Text data) {
            session.sendPartialText(data.text(), data.last(), sending);
        } else if (frame instanceof Frame.Binary data) {
            session.sendPartialBinary(data.payload(), data.last(), sending);
        } else if (frame instanceof Frame.Ping ping) {
            session.sendPing(ping.payload(), sending);
        } else if (frame instanceof Frame.Pong pong) {
            session.sendPong(pong.payload(), sending);
        }
        sending.arrive();
    }

    /**
     * One frame on its way. That it was written is told when Jetty's call has returned, too: only then does Jetty note
     * that the message has ended or goes on, and whoever is told may send the next frame in another thread at once.
     */
    private final class Sending implements Callback {

        private final Done done;
        private final AtomicBoolean oneArrived = new AtomicBoolean();
        private volatile Throwable failure;

        private Sending(Done done) {
            this.done = done;
            writing.incrementAndGet();
        }

        @Override
        public void succeed() {
            arrive();
        }

        @Override
        public void fail(Throwable cause) {
            failure = cause;
            arrive();
        }

        private void arrive() {
            if (oneArrived.compareAndSet(false, true)) {
                return;
            }
            writing.decrementAndGet();
            if (failure == null) {
                done.written();
            } else {
                done.failed(failure);
            }
        }
    }

    @Override
    public boolean writing() {
        return writing.get() > 0;
    }

    @Override
    public void close(CloseStatus status) {
        session.close(status.hasCode() ? status.code() : CloseStatus.NO_CODE, status.reason(), Callback.NOOP);
    }

    @Override
    public void abort() {
        session.disconnect();
    }
}
