package dev.nomadgate;

import dev.nomadgate.exec.BrowserUpgrade;
import dev.nomadgate.exec.jakarta.JakartaUpgrade;
import dev.nomadgate.exec.jetty.JettyUpgrade;
import jakarta.servlet.ServletContext;
import java.time.Duration;
import java.util.concurrent.Executor;

/** The container's means of upgrading a browser's connection, found out by what it has put in the context. */
enum WebSocketApi {

    JETTY("Jetty WebSocket", "org.eclipse.jetty.websocket.api.WebSocketContainer") {
        @Override
        BrowserUpgrade upgrade(ServletContext context, Executor blockingWrites, Duration closeTimeout) {
            return new JettyUpgrade(context);
        }
    },
    JAKARTA("Jakarta WebSocket", "jakarta.websocket.server.ServerContainer") {
        @Override
        BrowserUpgrade upgrade(ServletContext context, Executor blockingWrites, Duration closeTimeout) {
            return new JakartaUpgrade(context, blockingWrites, closeTimeout);
        }
    };

    private final String title;
    private final String attribute;

    WebSocketApi(String title, String attribute) {
        this.title = title;
        this.attribute = attribute;
    }

    /**
     * The better of those that this container has.
     *
     * @throws IllegalStateException if it has none
     */
    static WebSocketApi of(ServletContext context) {
        for (WebSocketApi api : values()) {
            if (context.getAttribute(api.attribute) != null) {
                return api;
            }
        }
        throw new IllegalStateException("nomad-gate cannot bridge exec sessions: this container has no WebSocket"
                + " support. On Jetty enable the module ee10-websocket-jetty (start.d/), on Tomcat keep"
                + " lib/tomcat-websocket.jar.");
    }

    abstract BrowserUpgrade upgrade(ServletContext context, Executor blockingWrites, Duration closeTimeout);

    @Override
    public String toString() {
        return title;
    }
}
