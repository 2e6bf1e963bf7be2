package dev.nomadgate.client;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a web page may do what it asks for, first of all open a session (RFC 6455 §10.2). A browser sends {@code Origin} with every
 * WebSocket handshake and a page cannot change it; cookies and network position come along whichever
 * page asks, so this is what keeps a foreign page out of a shell.
 *
 * <p>Exactly one {@code Origin} must be the gate's own, as the client calls it, or one that is
 * configured. It does not stop DNS rebinding, where the foreign page's host <em>is</em> the gate's:
 * that is {@link HostPolicy}'s part.
 */
public final class OriginPolicy {

    private static final String PROXIES = "nomad-gate.client.trusted-proxies";

    private final Set<Origin> allowed;
    private final String setting;
    private final Optional<String> requiring;

    /**
     * The policy for sessions.
     *
     * @param allowed origins besides the gate's own
     * @param requireOrigin whether a request without {@code Origin}, as the CLI sends it, is refused
     */
    public OriginPolicy(Set<Origin> allowed, boolean requireOrigin) {
        this(allowed, "nomad-gate.exec.allowed-origins",
                requireOrigin ? Optional.of("nomad-gate.exec.require-origin") : Optional.empty());
    }

    /**
     * @param setting the one that lists the allowed origins
     * @param requiring the setting that has a request without {@code Origin} refused; empty if it is not
     */
    OriginPolicy(Set<Origin> allowed, String setting, Optional<String> requiring) {
        this.allowed = Set.copyOf(allowed);
        this.setting = setting;
        this.requiring = requiring;
    }

    /** @param originHeaders every {@code Origin} field line, as it came */
    public Verdict judge(List<String> originHeaders, Client client) {
        if (originHeaders == null || originHeaders.isEmpty()) {
            return requiring
                    .map(name -> refused("The Origin header is missing and " + name + " is true. Set it to false to let "
                            + "clients in that are no browsers, such as Nomad's CLI."))
                    .orElseGet(Verdict.Allowed::new);
        }
        if (originHeaders.size() > 1) {
            return refused("The Origin header came " + originHeaders.size() + " times, first as "
                    + Shown.quote(originHeaders.get(0)) + ". A browser sends it once; no setting allows this.");
        }
        Origin origin;
        try {
            origin = Origin.parse(originHeaders.get(0));
        } catch (IllegalArgumentException e) {
            return refused("The Origin header is refused: " + e.getMessage() + ". Open the gate's own page in a "
                    + "browser; no setting allows this value, only whole origins can be listed in " + setting + ".");
        }
        if (!client.hasHost()) {
            return refused("The Origin header " + Shown.quote(origin.toString()) + " cannot be checked: "
                    + client.hostFault() + ". Let the proxy in front pass the Host header through, or list its "
                    + "address in " + PROXIES + " and let it send X-Forwarded-Host.");
        }
        Origin own = client.ownOrigin();
        if (origin.equals(own) || allowed.contains(origin)) {
            return new Verdict.Allowed();
        }
        return refused("The Origin header " + Shown.quote(origin.toString()) + " is not the gate's own origin "
                + Shown.quote(own.toString()) + remedy(origin, own));
    }

    private String remedy(Origin origin, Origin own) {
        if (!origin.host().equals(own.host())) {
            return ". If that page may do this, add it to " + setting + "; if it is the gate's own "
                    + "address in front of a proxy, list the proxy in " + PROXIES + " and let it send "
                    + "X-Forwarded-Host and X-Forwarded-Proto.";
        }
        return (origin.scheme().equals(own.scheme())
                        ? ": the port differs. If a proxy that changes the port"
                        : ": the scheme differs. If a proxy that ends TLS")
                + " stands in front, list its address in " + PROXIES + " and let it send X-Forwarded-Proto and "
                + "X-Forwarded-Port; otherwise add the origin to " + setting + ".";
    }

    private static Verdict refused(String reason) {
        return new Verdict.Refused(reason);
    }
}
