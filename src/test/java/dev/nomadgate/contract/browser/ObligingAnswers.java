package dev.nomadgate.contract.browser;

import dev.nomadgate.standin.RecordedRequest;
import dev.nomadgate.standin.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;

/** A stand-in's answers to whatever a browser asks for, so that a page can try every way of asking. */
final class ObligingAnswers {

    private static final String WEBSOCKET_GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private ObligingAnswers() {
    }

    /** Answers with what the browser can use where it asked from. */
    static void please(RecordedRequest request, Wire wire) throws IOException {
        boolean events = "text/event-stream".equals(request.header("Accept"));
        String destination = request.header("Sec-Fetch-Dest");
        String type = events ? "text/event-stream" : switch (destination) {
            case "script", "worker" -> "text/javascript";
            case "style" -> "text/css";
            case "image" -> "image/svg+xml";
            default -> "text/plain";
        };
        String body = destination.equals("worker") ? "postMessage(location.href)"
                : destination.equals("image") ? "<svg xmlns='http://www.w3.org/2000/svg'/>" : "";
        wire.body().readAllBytes();
        wire.write("HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: *\r\nContent-Type: " + type + "\r\n"
                + (events ? "Connection: close\r\n\r\n:\n\n" : "Content-Length: " + body.length() + "\r\n\r\n" + body));
        if (events) {
            wire.awaitPeerClose(Duration.ofSeconds(10));
            wire.close();
        }
    }

    /** A handshake that does not look at the Origin, as Nomad's would. */
    static void openSocket(RecordedRequest request, Wire wire) throws IOException {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1").digest(
                    (request.header("Sec-WebSocket-Key") + WEBSOCKET_GUID).getBytes(StandardCharsets.US_ASCII));
            wire.write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Accept: " + Base64.getEncoder().encodeToString(hash) + "\r\n\r\n");
        } catch (GeneralSecurityException e) {
            throw new AssertionError("SHA-1 is in every JDK", e);
        }
        wire.read();
        wire.close();
    }
}
