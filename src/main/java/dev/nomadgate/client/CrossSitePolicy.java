package dev.nomadgate.client;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a web page may change something through the API. Browsers let any page send a {@code POST} of plain text to
 * any address, with the network position of whoever looks at the page; Nomad reads a job out of it, and without ACLs
 * asks for nothing else.
 *
 * <p>Requests that change nothing are allowed, see {@link SafeRequests}: what they answer, a foreign page cannot read. Of
 * the others, {@code Sec-Fetch-Site} (Fetch Metadata) says by itself that the gate's own page asks, whatever the proxies in
 * front do to names; else {@code Origin} decides, as for a session. A client that sends neither is no browser. Go's
 * {@code net/http.CrossOriginProtection} has the same rule.
 */
public final class CrossSitePolicy {

    private static final Set<String> OWN = Set.of("same-origin", "none");

    private final OriginPolicy origins;

    /** @param allowed origins besides the gate's own whose pages may change something */
    public CrossSitePolicy(Set<Origin> allowed) {
        origins = new OriginPolicy(allowed, "nomad-gate.client.allowed-origins", Optional.empty());
    }

    /**
     * @param path of the target, raw
     * @param origin every {@code Origin} field line, as it came
     * @param fetchSite every {@code Sec-Fetch-Site} field line, as it came
     */
    public Verdict judge(String method, String path, List<String> origin, List<String> fetchSite, Client client) {
        if (fetchSite.size() == 1 && OWN.contains(fetchSite.get(0)) || SafeRequests.contains(method, path)) {
            return new Verdict.Allowed();
        }
        if (origin.isEmpty() && !fetchSite.isEmpty()) {
            return new Verdict.Refused("The Sec-Fetch-Site header is " + Shown.quote(String.join(", ", fetchSite))
                    + " and no Origin header says which page asks. Open the gate's own page; no setting allows this.");
        }
        return origins.judge(origin, client);
    }
}
