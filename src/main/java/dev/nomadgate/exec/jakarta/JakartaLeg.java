package dev.nomadgate.exec.jakarta;

import dev.nomadgate.exec.CloseStatus;
import dev.nomadgate.exec.Frame;
import dev.nomadgate.exec.Leg;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The browser's leg on Jakarta WebSocket 2.1. This API has no demand: a message is handed over on a
 * thread of the container, which is held until Nomad took the data, and no more is read meanwhile.
 * The container answers pings itself and does not show them.
 */
public final class JakartaLeg extends Endpoint implements Leg {

    /** Tomcat: a browser may stop reading for as long as it likes. */
    private static final String BLOCKING_SEND_TIMEOUT = "org.apache.tomcat.websocket.BLOCKING_SEND_TIMEOUT";
    /** Tomcat: the same for a close frame with another code than 1000; 50 ms unless set. */
    private static final String CLOSE_SEND_TIMEOUT = "org.apache.tomcat.websocket.ABNORMAL_SESSION_CLOSE_SEND_TIMEOUT";
    /** Tomcat: how long it waits for the answer to a close before it drops the connection. */
    private static final String SESSION_CLOSE_TIMEOUT = "org.apache.tomcat.websocket.SESSION_CLOSE_TIMEOUT";
    private static final long NO_TIMEOUT = -1;
    private static final long AT_ONCE = 1;

    private final Listener listener;
    private final Executor executor;
    private final Duration closeTimeout;
    private final AtomicInteger writing = new AtomicInteger();
    private final BlockingWrites blockingWrites = new BlockingWrites();
    private volatile boolean fragmented;
    private volatile Session session;

    JakartaLeg(Listener listener, Executor executor, Duration closeTimeout) {
        this.listener = listener;
        this.executor = executor;
        this.closeTimeout = closeTimeout;
    }

    @Override
    public void onOpen(Session opened, EndpointConfig config) {
        opened.setMaxIdleTimeout(0);
        opened.getUserProperties().put(BLOCKING_SEND_TIMEOUT, NO_TIMEOUT);
        opened.getUserProperties().put(SESSION_CLOSE_TIMEOUT, closeTimeout.toMillis());
        opened.getAsyncRemote().setSendTimeout(NO_TIMEOUT);
        opened.addMessageHandler(String.class,
                (MessageHandler.Partial<String>) (part, last) -> receive(new Frame.Text(part, last)));
        opened.addMessageHandler(ByteBuffer.class,
                (MessageHandler.Partial<ByteBuffer>) (part, last) -> receive(new Frame.Binary(part, last)));
        opened.addMessageHandler(PongMessage.class,
                (MessageHandler.Whole<PongMessage>) pong -> receive(new Frame.Pong(pong.getApplicationData())));
        session = opened;
        listener.opened(this);
    }

    private void receive(Frame frame) {
        CompletableFuture<Void> taken = new CompletableFuture<>();
        listener.frame(frame, () -> taken.complete(null));
        taken.join();
    }

    @Override
    public void onClose(Session closed, CloseReason reason) {
        blockingWrites.end();
        listener.closed(new CloseStatus(reason.getCloseCode().getCode(), reason.getReasonPhrase()));
    }

    @Override
    public void onError(Session failed, Throwable cause) {
        // Followed by onClose.
    }

    @Override
    public void demand() {
        // The container reads on as soon as the last message was taken.
    }

    @Override
    public void send(Frame frame, Done done) {
        Write write = new Write(done);
        try {
            if (frame instanceof Frame.Text text && text.last() && !fragmented) {
                session.getAsyncRemote().sendText(text.text(), result -> write.finish(result.getException()));
            } else if (frame instanceof Frame.Binary binary && binary.last() && !fragmented) {
                session.getAsyncRemote().sendBinary(binary.payload(), result -> write.finish(result.getException()));
            } else {
                if (frame instanceof Frame.Data data) {
                    fragmented = !data.last();
                }
                executor.execute(() -> sendBlocking(frame, write));
            }
        } catch (RuntimeException e) {
            // How the API says that the session is closed.
            write.finish(e);
        }
    }

    /**
     * One frame on its way. Tomcat may tell its end twice: that it was written, and that the browser broke the
     * connection at that very moment.
     */
    private final class Write {

        private final Done done;
        private final AtomicBoolean finished = new AtomicBoolean();

        Write(Done done) {
            this.done = done;
            writing.incrementAndGet();
        }

        void finish(Throwable failure) {
            if (!finished.compareAndSet(false, true)) {
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

    /** Fragments and control frames: the API sends them in no other way. */
    private void sendBlocking(Frame frame, Write write) {
        try {
            blockingWrites.run(() -> {
                if (frame instanceof Frame.Text text) {
                    session.getBasicRemote().sendText(text.text(), text.last());
                } else if (frame instanceof Frame.Binary binary) {
                    session.getBasicRemote().sendBinary(binary.payload(), binary.last());
                } else if (frame instanceof Frame.Ping ping) {
                    session.getBasicRemote().sendPing(ping.payload());
                } else if (frame instanceof Frame.Pong pong) {
                    session.getBasicRemote().sendPong(pong.payload());
                }
            });
        } catch (IOException | RuntimeException e) {
            write.finish(e);
            return;
        }
        write.finish(null);
    }

    @Override
    public boolean writing() {
        return writing.get() > 0;
    }

    @Override
    public void close(CloseStatus status) {
        // The API cannot close without a code.
        close(status.hasCode() ? status.code() : CloseReason.CloseCodes.NORMAL_CLOSURE.getCode(), status.reason(),
                closeTimeout.toMillis());
    }

    @Override
    public void abort() {
        close(CloseReason.CloseCodes.GOING_AWAY.getCode(), "", AT_ONCE);
    }

    private void close(int code, String reason, long sendTimeout) {
        try {
            executor.execute(() -> {
                try {
                    session.getUserProperties().put(BLOCKING_SEND_TIMEOUT, sendTimeout);
                    session.getUserProperties().put(CLOSE_SEND_TIMEOUT, sendTimeout);
                    // Not CloseCodes.getCloseCode, which knows fewer codes than there are.
                    session.close(new CloseReason(() -> code, reason));
                } catch (IOException | RuntimeException e) {
                    // Already gone, which is what was wanted; onClose tells.
                }
            });
        } catch (RejectedExecutionException e) {
            // The gate is going down, and the container closes what is left of it.
        }
    }
}
