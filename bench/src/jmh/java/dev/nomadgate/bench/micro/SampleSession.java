package dev.nomadgate.bench.micro;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Predicate;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.api.UpgradeRequest;
import org.eclipse.jetty.websocket.api.UpgradeResponse;
import org.eclipse.jetty.websocket.api.exceptions.WebSocketTimeoutException;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;

/** Jetty's side of a WebSocket down to the frame that would be written, which is done at once. Nothing is ever read. */
public final class SampleSession implements Session {

    private Frame written;

    /** The last text frame. */
    public Frame written() {
        return written;
    }

    @Override
    public void sendPartialText(String text, boolean last, Callback callback) {
        // As Jetty's does it.
        written = new Frame(OpCode.TEXT).setPayload(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))).setFin(last);
        callback.succeed();
    }

    @Override
    public void demand() {
        // One frame after the other comes from the benchmark.
    }

    @Override
    public void setIdleTimeout(Duration timeout) {
        // Of no effect here.
    }

    @Override
    public void setInputBufferSize(int size) {
        // Of no effect here.
    }

    @Override
    public void setMaxBinaryMessageSize(long size) {
        // Of no effect here.
    }

    @Override
    public void setMaxTextMessageSize(long size) {
        // Of no effect here.
    }

    @Override
    public void setAutoFragment(boolean fragment) {
        // Of no effect here.
    }

    @Override
    public void sendBinary(ByteBuffer payload, Callback callback) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void sendPartialBinary(ByteBuffer payload, boolean last, Callback callback) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void sendText(String text, Callback callback) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void sendPing(ByteBuffer payload, Callback callback) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void sendPong(ByteBuffer payload, Callback callback) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close(int status, String reason, Callback callback) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void disconnect() {
        throw new UnsupportedOperationException();
    }

    @Override
    public SocketAddress getLocalSocketAddress() {
        throw new UnsupportedOperationException();
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
        throw new UnsupportedOperationException();
    }

    @Override
    public String getProtocolVersion() {
        throw new UnsupportedOperationException();
    }

    @Override
    public UpgradeRequest getUpgradeRequest() {
        throw new UnsupportedOperationException();
    }

    @Override
    public UpgradeResponse getUpgradeResponse() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isOpen() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isSecure() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void addIdleTimeoutListener(Predicate<WebSocketTimeoutException> listener) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Duration getIdleTimeout() {
        throw new UnsupportedOperationException();
    }

    @Override
    public int getInputBufferSize() {
        throw new UnsupportedOperationException();
    }

    @Override
    public int getOutputBufferSize() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void setOutputBufferSize(int size) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long getMaxBinaryMessageSize() {
        throw new UnsupportedOperationException();
    }

    @Override
    public long getMaxTextMessageSize() {
        throw new UnsupportedOperationException();
    }

    @Override
    public long getMaxFrameSize() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void setMaxFrameSize(long size) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isAutoFragment() {
        throw new UnsupportedOperationException();
    }

    @Override
    public int getMaxOutgoingFrames() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void setMaxOutgoingFrames(int most) {
        throw new UnsupportedOperationException();
    }
}
