package dev.nomadgate;

import dev.nomadgate.drain.tomcat.TomcatStop;
import dev.nomadgate.exec.BrowserUpgrade;
import dev.nomadgate.exec.jetty.JettyUpgrade;
import dev.nomadgate.exec.tomcat.TomcatUpgrade;
import jakarta.servlet.ServletContext;
import java.util.concurrent.Executor;
import org.eclipse.jetty.util.thread.Scheduler;

/** The container's means of upgrading a browser's connection, found out by what it has put in the context. */
enum WebSocketApi {

    JETTY("Jetty WebSocket", "org.eclipse.jetty.websocket.api.WebSocketContainer") {
        @Override
        BrowserUpgrade upgrade(ServletContext context, Executor threads, Scheduler scheduler) {
            return new JettyUpgrade(context);
        }
    },
    TOMCAT("Tomcat's connections", TomcatStop.ATTRIBUTE) {
        @Override
        BrowserUpgrade upgrade(ServletContext context, Executor threads, Scheduler scheduler) {
            try {
                return new TomcatUpgrade(threads, scheduler);
            } catch (LinkageError | NoSuchMethodException e) {
                throw new IllegalStateException("nomad-gate cannot bridge exec sessions: " + context.getServerInfo()
                        + " lacks " + e.getMessage() + ", or hides it from web applications. Update Tomcat to the"
                        + " latest 10.1 or 11, and leave server.loader in conf/catalina.properties empty.", e);
            }
        }
    };

    private final String title;
    private final String attribute;

    WebSocketApi(String title, String attribute) {
        this.title = title;
        this.attribute = attribute;
    }

    /**
     * The one that this container has.
     *
     * @throws IllegalStateException if it has none
     */
    static WebSocketApi of(ServletContext context) {
        for (WebSocketApi api : values()) {
            if (context.getAttribute(api.attribute) != null) {
                return api;
            }
        }
        throw new IllegalStateException("nomad-gate cannot bridge exec sessions: " + context.getServerInfo()
                + " is neither a Tomcat nor a Jetty with WebSocket, whose attribute '" + JETTY.attribute
                + "' is missing. On Jetty enable the module ee10-websocket-jetty (start.d/); other containers than"
                + " Jetty and Tomcat cannot run the gate.");
    }

    /**
     * That means for this context.
     *
     * @param threads run what the sessions have to do
     * @throws IllegalStateException if this container is of another make than those known
     */
    abstract BrowserUpgrade upgrade(ServletContext context, Executor threads, Scheduler scheduler);

    @Override
    public String toString() {
        return title;
    }
}
