package dev.nomadgate.pages;

import dev.nomadgate.client.Client;
import dev.nomadgate.client.IpLiteral;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Whether a request is from this very machine. Every proxy on the way has to be on it too. One that the gate does not know
 * makes all its clients look as if they were, so a field that proxies write gives it away. A page whose name was made to
 * point at this machine (DNS rebinding) calls it by that name.
 */
final class Loopback {

    private static final List<String> FORWARDING = List.of("X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto",
            "X-Forwarded-Port", "X-Forwarded-Server", "X-Real-IP", "Forwarded", "Via");

    private Loopback() {
    }

    /**
     * Why a request does not count as one from this machine; empty if it does.
     *
     * @param hasField whether the request has a header field of a name
     */
    static Optional<String> refusal(Client client, Predicate<String> hasField) {
        if (client.via().isEmpty()) {
            Optional<String> field = FORWARDING.stream().filter(hasField).findFirst();
            if (field.isPresent()) {
                return Optional.of("The header " + field.get() + " says that a proxy stands in front, and none is trusted to"
                        + " say for whom (nomad-gate.client.trusted-proxies).");
            }
        }
        return Stream.concat(Stream.of(client.address()), client.via().stream())
                .filter(address -> !address.isLoopbackAddress()).findFirst()
                .map(address -> "The request comes from " + IpLiteral.format(address) + ".")
                .or(() -> Stream.of(client.host(), client.hostHeader()).filter(host -> !isLoopback(host)).findFirst()
                        .map(host -> host.isEmpty() ? "The request names no host." : "The request calls the gate " + host + "."));
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost")
                || IpLiteral.parse(host).filter(address -> address.isLoopbackAddress()).isPresent();
    }
}
