package dev.nomadgate.drain.jetty;

import dev.nomadgate.drain.ContainerStop;
import jakarta.servlet.ServletContext;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.EventListener;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;

/**
 * Jetty 12.1. Its own graceful stop begins by closing all WebSocket sessions, and tells the web application when all
 * connections are closed; so the gate asks to be told before.
 */
public final class JettyStop implements ContainerStop {

    /** Of the server. The web application has a class of that name too, for its clients, which is another one. */
    private static final String LISTENER = "org.eclipse.jetty.util.component.LifeCycle$Listener";
    private static final long NOT_REDUCED = -1;

    private final ServletContextHandler context;
    private final Server server;
    private final Listener listener;
    private final EventListener told;

    private JettyStop(ServletContextHandler context, Listener listener) throws ClassNotFoundException {
        this.context = context;
        this.server = context.getServer();
        this.listener = listener;
        ClassLoader loader = Server.class.getClassLoader();
        told = (EventListener) Proxy.newProxyInstance(
                loader, new Class<?>[] {Class.forName(LISTENER, true, loader)}, this::call);
    }

    /**
     * Listens from now on.
     *
     * @throws ClassNotFoundException if this Jetty is another one than the gate was made for
     */
    public static JettyStop listen(ServletContext servletContext, Listener listener) throws ClassNotFoundException {
        JettyStop stop = new JettyStop(ServletContextHandler.getServletContextHandler(servletContext), listener);
        stop.server.addEventListener(stop.told);
        stop.context.addEventListener(stop.told);
        return stop;
    }

    private Object call(Object proxy, Method method, Object[] arguments) {
        switch (method.getName()) {
            case "lifeCycleStopping" -> stopping(arguments[0]);
            case "equals" -> {
                return proxy == arguments[0];
            }
            case "hashCode" -> {
                return System.identityHashCode(proxy);
            }
            case "toString" -> {
                return JettyStop.class.getName();
            }
            default -> {
                // Starts and ends that nobody waits for.
            }
        }
        return null;
    }

    private void stopping(Object source) {
        if (source != server) {
            listener.stopping(Scope.GATE);
            return;
        }
        for (Connector connector : server.getConnectors()) {
            if (connector instanceof AbstractConnector ending) {
                stopAccepting(ending);
            }
        }
        listener.stopping(Scope.CONTAINER);
    }

    /** Without the short idle timeout, which would end sessions within a second. */
    private static void stopAccepting(AbstractConnector connector) {
        long idleTimeout = connector.getShutdownIdleTimeout();
        connector.setShutdownIdleTimeout(NOT_REDUCED);
        connector.shutdown();
        connector.setShutdownIdleTimeout(idleTimeout);
    }

    @Override
    public void forget() {
        server.removeEventListener(told);
        context.removeEventListener(told);
    }
}
