package dev.nomadgate.drain.tomcat;

import dev.nomadgate.drain.ContainerStop;
import jakarta.servlet.ServletContext;
import org.apache.catalina.Context;
import org.apache.catalina.Engine;
import org.apache.catalina.Lifecycle;
import org.apache.catalina.LifecycleEvent;
import org.apache.catalina.LifecycleListener;
import org.apache.catalina.Service;
import org.apache.catalina.WebResourceRoot;
import org.apache.catalina.connector.Connector;

/** Tomcat 10.1 and 11. */
public final class TomcatStop implements ContainerStop, LifecycleListener {

    /** Where Tomcat keeps the web application's resources, which know their context. */
    public static final String ATTRIBUTE = "org.apache.catalina.resources";

    private final Context context;
    private final Service service;
    private final Listener listener;

    private TomcatStop(Context context, Service service, Listener listener) {
        this.context = context;
        this.service = service;
        this.listener = listener;
    }

    /** Listens from now on. */
    public static TomcatStop listen(ServletContext servletContext, Listener listener) {
        Context context = ((WebResourceRoot) servletContext.getAttribute(ATTRIBUTE)).getContext();
        Service service = ((Engine) context.getParent().getParent()).getService();
        TomcatStop stop = new TomcatStop(context, service, listener);
        stop.hearFirst();
        service.getServer().addLifecycleListener(stop);
        return stop;
    }

    /**
     * Before Tomcat's own listener takes the context off its map: from then on new requests would get Tomcat's 404 instead
     * of the gate's answer, and those in flight could not be dispatched any more, which is how a broken answer is cut.
     */
    private void hearFirst() {
        LifecycleListener[] others = context.findLifecycleListeners();
        for (LifecycleListener other : others) {
            context.removeLifecycleListener(other);
        }
        context.addLifecycleListener(this);
        for (LifecycleListener other : others) {
            context.addLifecycleListener(other);
        }
    }

    @Override
    public void lifecycleEvent(LifecycleEvent event) {
        if (!Lifecycle.BEFORE_STOP_EVENT.equals(event.getType())) {
            return;
        }
        if (event.getSource() == context) {
            listener.stopping(Scope.GATE);
            return;
        }
        for (Connector connector : service.findConnectors()) {
            // Effective with bindOnInit="false" only.
            connector.getProtocolHandler().closeServerSocketGraceful();
        }
        listener.stopping(Scope.CONTAINER);
    }

    @Override
    public void forget() {
        context.removeLifecycleListener(this);
        service.getServer().removeLifecycleListener(this);
    }
}
