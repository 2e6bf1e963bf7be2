package dev.nomadgate.exec.jakarta;

import dev.nomadgate.exec.BrowserUpgrade;
import dev.nomadgate.exec.Leg;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Extension;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;

/** Upgrades the browser's connection through Jakarta WebSocket 2.1: Tomcat, and any other container. */
public final class JakartaUpgrade implements BrowserUpgrade {

    /**
     * Tomcat keeps room for a message in bytes and in characters for as long as a session lasts; larger messages come in
     * parts. Nomad's CLI sends what is typed or piped in frames of at most 2,048 bytes in base64.
     */
    private static final int MESSAGE_BUFFER = 3 * 1024;

    private final ServerContainer container;
    private final Executor executor;
    private final Duration closeTimeout;

    /**
     * @param context of a web application on a container that offers the API
     * @param executor for writes that this API only knows as blocking ones
     * @param closeTimeout how long a peer may take to answer a close
     */
    public JakartaUpgrade(ServletContext context, Executor executor, Duration closeTimeout) {
        this.container = (ServerContainer) context.getAttribute(ServerContainer.class.getName());
        container.setDefaultMaxBinaryMessageBufferSize(MESSAGE_BUFFER);
        container.setDefaultMaxTextMessageBufferSize(MESSAGE_BUFFER);
        this.executor = executor;
        this.closeTimeout = closeTimeout;
    }

    @Override
    public void upgrade(HttpServletRequest request, HttpServletResponse response,
            Optional<String> subprotocol, Leg.Listener listener) throws IOException, ServletException {
        ServerEndpointConfig config = ServerEndpointConfig.Builder
                .create(JakartaLeg.class, "/")
                .subprotocols(subprotocol.map(List::of).orElse(List.of()))
                .configurator(new OneLeg(new JakartaLeg(listener, executor, closeTimeout), subprotocol))
                .build();
        try {
            container.upgradeHttpToWebSocket(request, response, config, Map.of());
        } catch (DeploymentException e) {
            throw new ServletException(e);
        }
    }

    /** Hands out the leg of this one handshake, and negotiates what Nomad did and nothing else. */
    private static final class OneLeg extends ServerEndpointConfig.Configurator {

        private final JakartaLeg leg;
        private final Optional<String> subprotocol;

        private OneLeg(JakartaLeg leg, Optional<String> subprotocol) {
            this.leg = leg;
            this.subprotocol = subprotocol;
        }

        @Override
        public <T> T getEndpointInstance(Class<T> endpointClass) {
            return endpointClass.cast(leg);
        }

        @Override
        public boolean checkOrigin(String originHeaderValue) {
            // Judged before Nomad was asked; this one knows nothing of forwarded hosts.
            return true;
        }

        @Override
        public String getNegotiatedSubprotocol(List<String> supported, List<String> requested) {
            return subprotocol.orElse("");
        }

        @Override
        public List<Extension> getNegotiatedExtensions(List<Extension> installed, List<Extension> requested) {
            return List.of();
        }
    }
}
