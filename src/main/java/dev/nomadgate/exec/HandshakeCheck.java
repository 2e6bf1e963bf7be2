package dev.nomadgate.exec;

import dev.nomadgate.client.Arrivals;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Whether a request is a WebSocket handshake, and whether it is a valid one (RFC 6455 §4.2.1). */
final class HandshakeCheck {

    private static final int KEY_LENGTH = 16;
    /** RFC 9110 §5.6.2. */
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    private HandshakeCheck() {
    }

    /** Whether the request asks for a WebSocket; any other request is an ordinary one. */
    static boolean asksForWebSocket(HttpServletRequest request) {
        return "GET".equals(request.getMethod())
                && hasToken(request, "Upgrade", "websocket")
                && hasToken(request, "Connection", "upgrade");
    }

    /** What is wrong with the handshake, naming the header, its value and what it has to be. */
    static Optional<String> fault(HttpServletRequest request) {
        if (request.getProtocol().equals("HTTP/1.0")) {
            return Optional.of("The request is one of HTTP/1.0, in which there is no upgrade. Send HTTP/1.1.");
        }
        List<String> versions = Arrivals.values(request, "Sec-WebSocket-Version");
        if (!versions.equals(List.of("13"))) {
            return Optional.of("Sec-WebSocket-Version is " + shown(versions) + ". Send it once, as 13.");
        }
        List<String> keys = Arrivals.values(request, "Sec-WebSocket-Key");
        if (keys.size() != 1 || !isKey(keys.get(0))) {
            // The value itself is part of the handshake and stays out of logs and pages.
            return Optional.of("Sec-WebSocket-Key came " + keys.size()
                    + " times or is no key. Send it once, as 16 bytes in base64.");
        }
        // What it names is for Nomad alone, and may be a secret: the value stays out of logs and pages here, too.
        if (!UpgradeHeaders.subprotocols(request).stream().allMatch(TOKEN.asMatchPredicate())) {
            return Optional.of("Sec-WebSocket-Protocol is no list of tokens. Name each subprotocol in letters, digits and "
                    + "!#$%&'*+-.^_`|~ only, with commas between them, or leave the header out.");
        }
        // Nomad would wait for a body that nobody forwards, or take the next request on the connection for it.
        if (request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null) {
            return Optional.of("A handshake has no body. Leave out Content-Length and Transfer-Encoding.");
        }
        return Optional.empty();
    }

    private static boolean hasToken(HttpServletRequest request, String header, String token) {
        return Arrivals.values(request, header).stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .anyMatch(value -> value.strip().equalsIgnoreCase(token));
    }

    private static boolean isKey(String value) {
        try {
            return Base64.getDecoder().decode(value).length == KEY_LENGTH;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String shown(List<String> values) {
        String joined = String.join(", ", values).replaceAll("[^0-9, ]", "?");
        return values.isEmpty() ? "missing" : "'" + joined.substring(0, Math.min(20, joined.length())) + "'";
    }
}
