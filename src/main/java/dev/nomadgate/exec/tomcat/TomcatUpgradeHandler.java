package dev.nomadgate.exec.tomcat;

import jakarta.servlet.http.WebConnection;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.apache.coyote.http11.upgrade.InternalHttpUpgradeHandler;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.SSLSupport;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * What Tomcat tells of one connection after its handshake. One like Tomcat's own, since those of the servlet API are
 * told of what they have not asked for, without end, and may be read in no other thread than the one that tells.
 *
 * <p>Public with a public constructor, because Tomcat makes it.
 */
public final class TomcatUpgradeHandler implements InternalHttpUpgradeHandler {

    private SocketWrapperBase<?> socket;
    private Function<SocketWrapperBase<?>, TomcatEndPoint> opening;
    private TomcatEndPoint endPoint;

    /** @param opening makes of the socket what uses it from now on */
    void prepare(Function<SocketWrapperBase<?>, TomcatEndPoint> opening) {
        this.opening = opening;
    }

    @Override
    public void setSocketWrapper(SocketWrapperBase<?> wrapper) {
        socket = wrapper;
    }

    /** When the response is sent. */
    @Override
    public void init(WebConnection connection) {
        endPoint = opening.apply(socket);
        opening = null;
        endPoint.begin();
    }

    @Override
    public SocketState upgradeDispatch(SocketEvent event) {
        try {
            switch (event) {
                case OPEN_READ -> endPoint.onReadable();
                case OPEN_WRITE -> endPoint.onWritable();
                default -> {
                    return SocketState.CLOSED;
                }
            }
        } catch (RejectedExecutionException e) {
            // The gate is going down.
            return SocketState.CLOSED;
        }
        // Suspended means that Tomcat waits for nothing of its own accord.
        return socket.isClosed() ? SocketState.CLOSED : SocketState.SUSPENDED;
    }

    @Override
    public void destroy() {
        if (endPoint != null) {
            endPoint.onGone();
        }
    }

    @Override
    public void timeoutAsync(long now) {
        // None: the keepalive decides.
    }

    @Override
    public void setSslSupport(SSLSupport sslSupport) {
        // Not asked for.
    }

    @Override
    public void pause() {
        // The gate ends its sessions itself.
    }
}
