package dev.nomadgate.exec.tomcat;

import dev.nomadgate.exec.BrowserUpgrade;
import dev.nomadgate.exec.Leg;
import dev.nomadgate.exec.jetty.JettyLeg;
import dev.nomadgate.exec.jetty.LegFrameHandlers;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Lock;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.eclipse.jetty.util.thread.Scheduler;
import org.eclipse.jetty.websocket.core.Behavior;
import org.eclipse.jetty.websocket.core.ExtensionStack;
import org.eclipse.jetty.websocket.core.Negotiated;
import org.eclipse.jetty.websocket.core.WebSocketComponents;
import org.eclipse.jetty.websocket.core.WebSocketConnection;
import org.eclipse.jetty.websocket.core.WebSocketCoreSession;
import org.eclipse.jetty.websocket.core.util.WebSocketUtils;

/**
 * Upgrades the browser's connection where the container is Tomcat 10.1 or 11: to Jetty's WebSocket, as towards Nomad.
 * Tomcat's own, behind the Jakarta API, knows no demand, hides pings and holds threads for whoever does not read.
 */
public final class TomcatUpgrade implements BrowserUpgrade {

    private final Executor executor;
    private final Scheduler scheduler;
    private final WebSocketComponents components;
    private final LegFrameHandlers frameHandlers;
    private final Class<TomcatUpgradeHandler> handlers = TomcatUpgradeHandler.class;
    /** Looked up: Tomcat 11 calls the type of what it returns otherwise than 10.1. */
    private final Method lockOf;

    /**
     * @param executor runs what the sessions have to do
     * @throws NoSuchMethodException if this Tomcat is too old
     * @throws LinkageError if this container is another, or does not let the web application see what it is made of
     */
    public TomcatUpgrade(Executor executor, Scheduler scheduler) throws NoSuchMethodException {
        this.executor = executor;
        this.scheduler = scheduler;
        lockOf = SocketWrapperBase.class.getMethod("getLock");
        components = new WebSocketComponents(null, null, null, null, null, executor);
        frameHandlers = new LegFrameHandlers(new NoContainer(executor), components);
    }

    @Override
    public void upgrade(HttpServletRequest request, HttpServletResponse response,
            Optional<String> subprotocol, Leg.Listener listener) throws IOException, ServletException {
        response.setHeader("Upgrade", "websocket");
        response.setHeader("Connection", "upgrade");
        response.setHeader("Sec-WebSocket-Accept", WebSocketUtils.hashKey(request.getHeader("Sec-WebSocket-Key")));
        subprotocol.ifPresent(chosen -> response.setHeader("Sec-WebSocket-Protocol", chosen));
        request.upgrade(handlers).prepare(socket -> open(socket, listener));
    }

    private TomcatEndPoint open(SocketWrapperBase<?> socket, Leg.Listener listener) {
        TomcatEndPoint endPoint = new TomcatEndPoint(socket, lock(socket), executor, scheduler);
        ExtensionStack none = new ExtensionStack(components, Behavior.SERVER);
        none.negotiate(List.of(), List.of());
        WebSocketCoreSession session = new WebSocketCoreSession(
                frameHandlers.newJettyFrameHandler(new JettyLeg(listener)), Behavior.SERVER, Negotiated.from(none),
                components);
        // Called in a thread of Tomcat's, whose class loader the session would take for its own.
        session.setClassLoader(getClass().getClassLoader());
        WebSocketConnection connection = new WebSocketConnection(endPoint, executor, scheduler,
                components.getByteBufferPool(), session);
        session.setWebSocketConnection(connection);
        endPoint.setConnection(connection);
        return endPoint;
    }

    private Lock lock(SocketWrapperBase<?> socket) {
        try {
            return (Lock) lockOf.invoke(socket);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
