package dev.nomadgate.upstream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.transport.HttpExchange;
import org.eclipse.jetty.client.transport.internal.HttpConnectionOverHTTP;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Tells a connection that was reset from one that was closed, and hears what the server said before either. Jetty's own takes both for the end of the
 * input, so that an answer which only the connection's end delimits would look whole after a reset.
 */
final class ResetAwareEndPoint extends SocketChannelEndPoint {

    /** By then a request that waited for a connection has it, or got another one. */
    private static final long WANTED_BY_THEN_MILLIS = 500;
    /** By then a request whose connection was closed heard of it, if anybody is to tell it. */
    private static final long TOLD_BY_THEN_MILLIS = 500;

    private volatile boolean heard;

    ResetAwareEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler) {
        super(channel, selector, key, scheduler);
    }

    /**
     * A server that answers before it read anything, and closes, as Nomad does over its limit of connections, makes the
     * write fail; but what it said can still be read. Until it said something, the reading side reports the end.
     */
    @Override
    public boolean flush(ByteBuffer... buffers) throws IOException {
        try {
            return super.flush(buffers);
        } catch (IOException e) {
            if (heard || !isOpen()) {
                throw e;
            }
            // The reading side is not past the end, so it will be told.
            for (ByteBuffer buffer : buffers) {
                BufferUtil.clear(buffer);
            }
            return true;
        }
    }

    @Override
    public int fill(ByteBuffer buffer) throws IOException {
        if (isInputShutdown()) {
            return -1;
        }
        int position = BufferUtil.flipToFill(buffer);
        try {
            int filled = getChannel().read(buffer);
            heard |= filled != 0;
            if (filled > 0) {
                notIdle();
            } else if (filled < 0) {
                shutdownInput();
            }
            return filled;
        } catch (IOException e) {
            heard = true;
            HttpConnectionOverHTTP idle = idle();
            // Nobody is to be told, and Jetty keeps an idle connection whose reading fails: only for the end of its input
            // does it let go of it.
            if (idle != null && idle.getMessagesOut() > 0) {
                shutdownInput();
                return -1;
            }
            if (idle != null) {
                // The request for which it was opened may be about to get it, and has to hear how it ended.
                getScheduler().schedule(() -> closeUnused(idle), WANTED_BY_THEN_MILLIS, TimeUnit.MILLISECONDS);
            }
            throw e;
        } finally {
            BufferUtil.flipToFlush(buffer, position);
        }
    }

    /**
     * Jetty closes a connection by failing the request that has it, and then closing the socket. A request that gets it in
     * between goes out, or seems to, and nothing reads for it any more. Whoever else fails it, as for a broken TLS
     * handshake, knows better why, and has had the time to say so.
     */
    @Override
    public void onClose(Throwable cause) {
        super.onClose(cause);
        HttpConnectionOverHTTP connection = http();
        HttpExchange unheard = connection == null ? null : connection.getHttpChannel().getHttpExchange();
        if (unheard != null) {
            Executor executor = connection.getHttpDestination().getHttpClient().getExecutor();
            Throwable why = cause == null ? new AsynchronousCloseException() : cause;
            getScheduler().schedule(() -> executor.execute(() -> unheard.getRequest().abort(why)),
                    TOLD_BY_THEN_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** The HTTP connection, if no request has it at present. */
    private HttpConnectionOverHTTP idle() {
        HttpConnectionOverHTTP connection = http();
        return connection != null && connection.getHttpChannel().getHttpExchange() == null ? connection : null;
    }

    /** Null for a connection that changed to another protocol. */
    private HttpConnectionOverHTTP http() {
        Connection connection = getConnection();
        if (connection instanceof SslConnection tls) {
            connection = tls.getSslEndPoint().getConnection();
        }
        return connection instanceof HttpConnectionOverHTTP http ? http : null;
    }

    private static void closeUnused(HttpConnectionOverHTTP connection) {
        if (connection.getMessagesOut() == 0) {
            connection.close();
        }
    }
}
