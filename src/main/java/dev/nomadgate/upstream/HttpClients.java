package dev.nomadgate.upstream;

import dev.nomadgate.config.ConnectionsConfig;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Executor;
import org.eclipse.jetty.client.AbstractConnectionPool;
import org.eclipse.jetty.client.ContinueProtocolHandler;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.UpgradeProtocolHandler;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Makes the one HTTP client through which requests and sessions reach Nomad. */
public final class HttpClients {

    private static final int REQUEST_BUFFER_SIZE = 16 * 1024;
    /** As much as Jetty's pool keeps, less 16 bytes, so that it is the size of no other buffer: {@link ReceiveBuffersApart}. */
    private static final int RESPONSE_BUFFER_SIZE = 64 * 1024 - 16;
    /** As large as limits.header-size may be, and what the gate adds: a request refused here would be refused too late. */
    private static final int MAX_REQUEST_HEADERS_SIZE = (1024 + 64) * 1024;
    private static final int MAX_RESPONSE_HEADERS_SIZE = 64 * 1024;

    private HttpClients() {
    }

    /** The threads of all clients of one gate, not started yet. */
    public static QueuedThreadPool threads() {
        QueuedThreadPool threads = new QueuedThreadPool(200, 4);
        threads.setName("nomad-gate");
        threads.setDaemon(true);
        return threads;
    }

    /**
     * A client that passes on what it is given and adds nothing of its own: no redirect followed, no
     * cookie kept, no content decoded, no header invented. The caller starts and stops it.
     *
     * @param config the connections' number and timeouts
     * @param tls the verification of {@code https} servers
     * @param threads runs what it has to do
     * @param register knows of the connections of all clients of the gate
     */
    public static HttpClient create(ConnectionsConfig config, SslContextFactory.Client tls, Executor threads,
            ConnectionRegister register) {
        ClientConnector connector = new KeepAliveConnector();
        connector.setExecutor(threads);
        connector.setSslContextFactory(tls);
        connector.setConnectTimeout(config.connectTimeout());

        HttpClient client = new PlainHttpClient(connector, register);
        client.setExecutor(threads);
        client.setConnectTimeout(config.connectTimeout().toMillis());
        client.setIdleTimeout(config.idleTimeout().toMillis());
        client.setMaxConnectionsPerDestination(config.maxConnections());
        client.setFollowRedirects(false);
        client.setHttpCookieStore(new HttpCookieStore.Empty());
        client.setUserAgentField(null);
        client.setDefaultRequestContentType(null);
        client.setByteBufferPool(new ReceiveBuffersApart());
        client.setUseInputDirectByteBuffers(false);
        client.setRequestBufferSize(REQUEST_BUFFER_SIZE);
        client.setResponseBufferSize(RESPONSE_BUFFER_SIZE);
        client.setMaxRequestHeadersSize(MAX_REQUEST_HEADERS_SIZE);
        client.setMaxResponseHeadersSize(MAX_RESPONSE_HEADERS_SIZE);
        return client;
    }

    /** How many connections to the server of a request are in use by requests. */
    public static int connectionsInUse(HttpClient client, Request request) {
        return client.resolveDestination(request).getConnectionPool() instanceof AbstractConnectionPool pool
                ? pool.getActiveConnectionCount() : 0;
    }

    /** How many connections to the server of a request there are, in use or not. */
    public static int connections(HttpClient client, Request request) {
        return client.resolveDestination(request).getConnectionPool() instanceof AbstractConnectionPool pool
                ? pool.getConnectionCount() : 0;
    }

    /** Undoes what Jetty's client would do to the messages by default. */
    private static final class PlainHttpClient extends HttpClient {

        private PlainHttpClient(ClientConnector connector, ConnectionRegister register) {
            super(new HttpClientTransportOverHTTP(connector));
            getTransport().setConnectionPoolFactory(
                    destination -> new ServerConnections(this, destination, register));
        }

        @Override
        public Request newRequest(URI server) {
            return new RawTargetRequest(this, server);
        }

        @Override
        protected void doStart() throws Exception {
            super.doStart();
            getContentDecoderFactories().clear();
            getProtocolHandlers().clear();
            getProtocolHandlers().put(new ContinueProtocolHandler());
            getProtocolHandlers().put(new UpgradeProtocolHandler());
        }
    }

    /**
     * Keeps who receives from touching what others have from the pool by then. When a connection is reset just behind an
     * answer, Jetty's receiver releases its buffer and clears it once more later; it may hold another request, which would
     * never be sent (the handling is under review as jetty.project #12934). So a receiver gets a view of its own: clearing
     * that leaves the buffer below as it is.
     */
    private static final class ReceiveBuffersApart extends ByteBufferPool.Wrapper {

        private ReceiveBuffersApart() {
            super(new ArrayByteBufferPool());
        }

        @Override
        public RetainableByteBuffer.Mutable acquire(int size, boolean direct) {
            RetainableByteBuffer.Mutable pooled = super.acquire(size, direct);
            if (size != RESPONSE_BUFFER_SIZE) {
                return pooled;
            }
            ByteBuffer view = pooled.getByteBuffer().duplicate().clear().slice(0, size).limit(0);
            return RetainableByteBuffer.wrap(view, pooled::release);
        }
    }

    /**
     * Lets the operating system find out that a server vanished without a word while a follow or a
     * blocking query waited for it in silence, which no timeout may end.
     */
    private static final class KeepAliveConnector extends ClientConnector {

        @Override
        protected EndPoint newEndPoint(SelectableChannel channel, ManagedSelector selector, SelectionKey key) {
            return new ResetAwareEndPoint((SocketChannel) channel, selector, key, getScheduler());
        }

        @Override
        protected void configure(SelectableChannel selectable) throws IOException {
            super.configure(selectable);
            if (selectable instanceof NetworkChannel channel) {
                channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
            }
        }
    }
}
