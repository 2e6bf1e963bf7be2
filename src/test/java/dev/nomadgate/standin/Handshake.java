package dev.nomadgate.standin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** The server's side of the WebSocket handshake, with the checks and the words of gorilla/websocket. */
final class Handshake {
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private Handshake() {}

    /**
     * Whether Nomad takes this for an upgrade. The whole Connection field must be {@code upgrade}, as
     * in 2.0.3 and 2.0.4: the strictest Nomad is the one to be compatible with.
     */
    static boolean wanted(RecordedRequest request) {
        return "websocket".equalsIgnoreCase(request.header("Upgrade"))
                && "upgrade".equalsIgnoreCase(request.header("Connection"));
    }

    /**
     * Answers the upgrade.
     *
     * @param subprotocol one to name in the answer, or null
     * @param accepted runs right before the 101 goes out
     * @return whether it is a WebSocket now; otherwise the refusal has been sent
     */
    static boolean answer(Exchange exchange, String subprotocol, Runnable accepted) throws IOException {
        RecordedRequest request = exchange.request();
        String key = request.header("Sec-WebSocket-Key");
        if (!request.method().equals("GET")) {
            return refuse(exchange, 405, "Method Not Allowed", "the client is not using the websocket protocol: "
                    + "request method is not GET");
        }
        if (!"13".equals(request.header("Sec-WebSocket-Version"))) {
            return refuse(exchange, 400, "Bad Request",
                    "unsupported version: 13 not found in 'Sec-Websocket-Version' header");
        }
        if (!originAllowed(request)) {
            return refuse(exchange, 403, "Forbidden", "request origin not allowed by Upgrader.CheckOrigin");
        }
        if (!validKey(key)) {
            return refuse(exchange, 400, "Bad Request", "not a websocket handshake: 'Sec-WebSocket-Key' header "
                    + "must be Base64 encoded value of 16-byte in length");
        }
        Connection connection = exchange.connection();
        if (connection.in().available() > 0) {
            // A frame before the 101: Nomad drops TCP without a byte.
            exchange.hijack();
            connection.close();
            return false;
        }
        exchange.hijack();
        accepted.run();
        connection.write(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: " + accept(key) + "\r\n"
                + (subprotocol == null ? "" : "Sec-WebSocket-Protocol: " + subprotocol + "\r\n")
                + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        return true;
    }

    static String accept(String key) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            return Base64.getEncoder().encodeToString(
                    sha1.digest((key + GUID).getBytes(StandardCharsets.ISO_8859_1)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-1", e);
        }
    }

    private static boolean refuse(Exchange exchange, int status, String phrase, String why) throws IOException {
        exchange.field("Sec-Websocket-Version", "13");
        exchange.field("X-Content-Type-Options", "nosniff");
        exchange.text(status, phrase + "\nfailed to upgrade connection: websocket: " + why);
        return false;
    }

    /** No Origin is fine; else its host and port, as written, must be those of the Host field. */
    private static boolean originAllowed(RecordedRequest request) {
        String origin = request.header("Origin");
        if (origin == null) {
            return true;
        }
        int slashes = origin.indexOf("://");
        String authority = slashes < 0 ? "" : origin.substring(slashes + 3).split("[/?#]", 2)[0];
        return authority.equalsIgnoreCase(request.header("Host"));
    }

    private static boolean validKey(String key) {
        try {
            return key != null && Base64.getDecoder().decode(key).length == 16;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
