package dev.nomadgate.exec.jetty;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.websocket.client.WebSocketClient;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.client.CoreClientUpgradeRequest;
import org.eclipse.jetty.websocket.core.client.UpgradeListener;
import org.eclipse.jetty.websocket.core.client.WebSocketCoreClient;

/**
 * Opens WebSockets to Nomad, and keeps nothing of their handshakes: {@link WebSocketClient#connect} ties request and
 * response to the session for as long as it lasts.
 */
public final class NomadWebSocketClient extends WebSocketClient {

    private final WebSocketCoreClient core;
    private final LegFrameHandlers frameHandlers;

    /** @param http runs already; its threads and connections are used */
    public NomadWebSocketClient(HttpClient http) {
        super(http);
        core = getBean(WebSocketCoreClient.class);
        frameHandlers = new LegFrameHandlers(this, core.getWebSocketComponents());
    }

    /**
     * Sends a handshake.
     *
     * @param leg what the connection becomes
     * @param server where to
     * @param subprotocols that are offered
     * @param listener may change the request, and sees the response
     * @return done when the leg is open; when it is completed with a failure the handshake is aborted
     */
    public CompletableFuture<CoreSession> connect(JettyLeg leg, URI server, List<String> subprotocols,
            UpgradeListener listener) throws IOException {
        CoreClientUpgradeRequest upgrade =
                CoreClientUpgradeRequest.from(core, server, frameHandlers.newJettyFrameHandler(leg));
        upgrade.setSubProtocols(subprotocols);
        upgrade.addListener(listener);
        return core.connect(upgrade);
    }
}
