package dev.nomadgate.exec.jetty;

import dev.nomadgate.exec.BrowserUpgrade;
import dev.nomadgate.exec.Leg;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.ee10.websocket.server.JettyWebSocketServerContainer;

/** Upgrades the browser's connection where the container is Jetty. */
public final class JettyUpgrade implements BrowserUpgrade {

    private final JettyWebSocketServerContainer container;

    /** @param context of a web application on a Jetty with its WebSocket module */
    public JettyUpgrade(ServletContext context) {
        container = JettyWebSocketServerContainer.getContainer(context);
    }

    @Override
    public void upgrade(HttpServletRequest request, HttpServletResponse response,
            Optional<String> subprotocol, Leg.Listener listener) throws IOException {
        boolean upgraded = container.upgrade((upgradeRequest, upgradeResponse) -> {
            upgradeResponse.setExtensions(List.of());
            subprotocol.ifPresent(upgradeResponse::setAcceptedSubProtocol);
            return new JettyLeg(listener);
        }, request, response);
        if (!upgraded) {
            throw new IOException("Jetty refused the handshake");
        }
    }
}
