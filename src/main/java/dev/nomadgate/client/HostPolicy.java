package dev.nomadgate.client;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * By which names the gate may be called. A page whose own name is made to point at the gate (DNS
 * rebinding) has the right {@code Origin}, but calls the gate by the page's name.
 *
 * <p>Where a proxy sent {@code X-Forwarded-Host}, both that and the {@code Host} that arrived must be
 * listed: such a page may add headers to its own requests, and a proxy that does not set
 * {@code X-Forwarded-Host} itself passes on whatever the page wrote there.
 *
 * <p>Names are compared whole, without port; {@code gate.example.} is another name than
 * {@code gate.example}.
 */
public final class HostPolicy {

    private static final String HOSTS = "nomad-gate.client.allowed-hosts";

    private final Set<String> allowedHosts;

    /**
     * @param allowedHosts names and address literals, without port; empty: any
     * @throws IllegalArgumentException if one is neither; the message quotes it
     */
    public HostPolicy(Set<String> allowedHosts) {
        this.allowedHosts = allowedHosts.stream().map(HostPolicy::hostName).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Reads one configured host into the form that {@link Client#host} has; the brackets of an IPv6
     * address may be left out.
     *
     * @throws IllegalArgumentException if it is neither a name nor an address literal; the message
     *     quotes it and says what is wrong with it
     */
    public static String hostName(String text) {
        try {
            if (text == null || text.isEmpty()) {
                throw new IllegalArgumentException("it is empty");
            }
            byte[] ipv6 = IpLiteral.ipv6(text);
            return ipv6 != null ? "[" + IpLiteral.formatIpv6(ipv6) + "]" : Authority.host(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    Shown.quote(text) + " is not a host name without port: " + e.getMessage(), e);
        }
    }

    /** Whether the client may call the gate by the name it used. */
    public Verdict judge(Client client) {
        if (allowedHosts.isEmpty()) {
            return new Verdict.Allowed();
        }
        if (!client.hasHost()) {
            return new Verdict.Refused("The gate must be called by a name listed in " + HOSTS + ", but "
                    + client.hostFault() + ".");
        }
        return Stream.of(client.host(), client.hostHeader())
                .filter(host -> !allowedHosts.contains(host))
                .<Verdict>map(host -> new Verdict.Refused("The Host header names " + Shown.quote(host)
                        + ", which is not in " + HOSTS + ". Call the gate by a listed name, or add this one; a proxy "
                        + "in front should pass the Host header through."))
                .findFirst()
                .orElseGet(Verdict.Allowed::new);
    }
}
