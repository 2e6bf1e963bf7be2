package dev.nomadgate.pages;

import dev.nomadgate.client.Client;
import dev.nomadgate.client.IpLiteral;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whether a request is from this very machine. Every proxy on the way has to be on it too. One that the gate does not know
 * makes all its clients look as if they were, so what proxies write gives it away: a field, or HTTP/1.0, which nginx speaks
 * unless told otherwise, and no browser does. One that only passes bytes on cannot be told from somebody on this machine.
 * A page whose name was made to point at this machine (DNS rebinding) calls it by that name.
 */
final class Loopback {

    private static final String FORWARDED = "x-forwarded";
    private static final Set<String> FORWARDING = Set.of("forwarded", "via", "x-real-ip", "x-client-ip", "x-cluster-client-ip",
            "true-client-ip", "cf-connecting-ip", "fastly-client-ip");

    private Loopback() {
    }

    /**
     * Why a request does not count as one from this machine; empty if it does.
     *
     * @param protocol of the request, such as {@code HTTP/1.1}
     * @param fields the names of its header fields
     */
    static Optional<String> refusal(Client client, String protocol, Collection<String> fields) {
        if (client.via().isEmpty()) {
            Optional<String> sign = protocol.equals("HTTP/1.0") ? Optional.of("HTTP/1.0")
                    : fields.stream().filter(Loopback::isForwarding).findFirst().map(field -> "The header " + field);
            if (sign.isPresent()) {
                return Optional.of(sign.get() + " says that a proxy stands in front, and none is trusted to"
                        + " say for whom (nomad-gate.client.trusted-proxies).");
            }
        }
        return Stream.concat(Stream.of(client.address()), client.via().stream())
                .filter(address -> !address.isLoopbackAddress()).findFirst()
                .map(address -> "The request comes from " + IpLiteral.format(address) + ".")
                .or(() -> Stream.of(client.host(), client.hostHeader()).filter(host -> !isLoopback(host)).findFirst()
                        .map(host -> host.isEmpty() ? "The request names no host." : "The request calls the gate " + host + "."));
    }

    private static boolean isForwarding(String field) {
        String name = field.toLowerCase(Locale.ROOT);
        return name.startsWith(FORWARDED) || FORWARDING.contains(name);
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost")
                || IpLiteral.parse(host).filter(address -> address.isLoopbackAddress()).isPresent();
    }
}
