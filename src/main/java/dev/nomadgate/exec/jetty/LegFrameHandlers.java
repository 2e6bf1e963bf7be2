package dev.nomadgate.exec.jetty;

import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Frame;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.api.WebSocketContainer;
import org.eclipse.jetty.websocket.common.JettyWebSocketFrameHandlerFactory;
import org.eclipse.jetty.websocket.common.JettyWebSocketFrameHandlerMetadata;
import org.eclipse.jetty.websocket.core.WebSocketComponents;
import org.eclipse.jetty.websocket.core.util.MethodHolder;

/**
 * Makes what Jetty's connections hand frames to, for legs alone. Jetty itself calls an endpoint through method handles which it
 * binds for each session, and of each that has been called 127 times the JVM makes and compiles a variant of its own.
 */
public final class LegFrameHandlers extends JettyWebSocketFrameHandlerFactory {

    private final JettyWebSocketFrameHandlerMetadata metadata = new JettyWebSocketFrameHandlerMetadata();

    /** @param container that the sessions belong to */
    public LegFrameHandlers(WebSocketContainer container, WebSocketComponents components) {
        super(container, components);
        metadata.setOpenHandle(call((leg, session, arguments) -> leg.onWebSocketOpen(session)), JettyLeg.class);
        metadata.setFrameHandle(call((leg, session, arguments) ->
                leg.onWebSocketFrame((Frame) arguments[0], (Callback) arguments[1])), JettyLeg.class);
        metadata.setErrorHandle(call((leg, session, arguments) ->
                leg.onWebSocketError((Throwable) arguments[0])), JettyLeg.class);
        metadata.setCloseHandle(call((leg, session, arguments) ->
                leg.onWebSocketClose((int) arguments[0], (String) arguments[1], (Callback) arguments[2])), JettyLeg.class);
    }

    @Override
    public JettyWebSocketFrameHandlerMetadata getMetadata(Class<?> endpointClass) {
        return metadata;
    }

    private static MethodHolder call(Method method) {
        return new Call(method, null, null);
    }

    private interface Method {
        void call(JettyLeg leg, Session session, Object... arguments);
    }

    /** A method of a leg, of which Jetty binds first the leg, and when that is open its session. */
    private record Call(Method method, JettyLeg leg, Session session) implements MethodHolder {

        @Override
        public Object invoke(Object... arguments) {
            method.call(leg, session, arguments);
            return null;
        }

        @Override
        public MethodHolder bindTo(Object argument) {
            return leg == null ? new Call(method, (JettyLeg) argument, null) : new Call(method, leg, (Session) argument);
        }

        /** What is to be bound next. */
        @Override
        public Class<?> parameterType(int index) {
            return leg == null ? JettyLeg.class : Session.class;
        }
    }
}
