package dev.nomadgate.exec;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/** Completes the browser's handshake by the means of the container. Thread-safe. */
public interface BrowserUpgrade {

    /**
     * Sends {@code 101} and opens the browser's leg.
     *
     * @param request a valid WebSocket handshake, in a dispatch of its asynchronous context
     * @param subprotocol the one that Nomad chose, if any
     * @param listener gets the leg once it is open
     * @throws IOException if the container does not upgrade, for one because the browser is gone
     */
    void upgrade(HttpServletRequest request, HttpServletResponse response,
            Optional<String> subprotocol, Leg.Listener listener) throws IOException, ServletException;
}
