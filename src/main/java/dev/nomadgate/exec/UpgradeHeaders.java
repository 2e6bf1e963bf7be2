package dev.nomadgate.exec;

import dev.nomadgate.client.Arrivals;
import dev.nomadgate.client.Client;
import dev.nomadgate.proxy.RequestHeaders;
import dev.nomadgate.upstream.Server;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.eclipse.jetty.http.HttpFields;

/** What Nomad gets of the header of a browser's handshake. */
final class UpgradeHeaders {

    private static final Set<String> BODY_FIELDS = Set.of("content-length", "expect");

    private UpgradeHeaders() {
    }

    /** The header less what belongs to the handshake itself, which the gate makes of its own with Nomad. */
    static HttpFields toNomad(HttpServletRequest request, Client client, Server server) {
        HttpFields.Mutable fields = HttpFields.build();
        RequestHeaders.rewrite(request, client, server).stream()
                .filter(field -> !field.getLowerCaseName().startsWith("sec-websocket-"))
                .filter(field -> !BODY_FIELDS.contains(field.getLowerCaseName()))
                .forEach(fields::add);
        return fields;
    }

    /** The subprotocols that the browser offers, in its order (RFC 6455 §4.1). */
    static List<String> subprotocols(HttpServletRequest request) {
        return Arrivals.values(request, "Sec-WebSocket-Protocol").stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .toList();
    }
}
