package dev.nomadgate.exec.tomcat;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.api.WebSocketContainer;
import org.eclipse.jetty.websocket.api.WebSocketSessionListener;

/** What Jetty's sessions belong to where there is no server of Jetty's: the gate itself keeps account of them. */
record NoContainer(Executor executor) implements WebSocketContainer {

    @Override
    public Executor getExecutor() {
        return executor;
    }

    @Override
    public Collection<Session> getOpenSessions() {
        return List.of();
    }

    @Override
    public void addSessionListener(WebSocketSessionListener listener) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean removeSessionListener(WebSocketSessionListener listener) {
        return false;
    }

    @Override
    public void notifySessionListeners(Consumer<WebSocketSessionListener> consumer) {
        // There are none.
    }
}
