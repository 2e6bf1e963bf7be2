package dev.nomadgate.pages;

import dev.nomadgate.client.Arrivals;
import dev.nomadgate.client.Client;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a request that changes something comes from the gate's own page, or from no page at all. Browsers add name and
 * password of BASIC authentication to whatever is sent here, whichever page sends it.
 *
 * <p>A form cannot write a header field, and a script of another site may write this one only after the gate was asked
 * (CORS), which says nothing to that. {@code Sec-Fetch-Site} and {@code Origin} say the same once more.
 */
final class OwnPage {

    /** The field that such requests have to have, with any value. */
    static final String FIELD = "X-Nomad-Gate";

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    private OwnPage() {
    }

    /** Why the request may not change anything; empty if it may, or would not. */
    static Optional<String> refusal(HttpServletRequest request, Client client) {
        if (SAFE.contains(request.getMethod())) {
            return Optional.empty();
        }
        List<String> site = Arrivals.values(request, "Sec-Fetch-Site");
        List<String> origin = Arrivals.values(request, "Origin");
        if (Arrivals.values(request, FIELD).stream().allMatch(String::isBlank)) {
            return Optional.of("The header " + FIELD + " is missing, which no form of another site can send.");
        }
        if (!site.isEmpty()) {
            return site.size() == 1 && site.get(0).equals("same-origin") ? Optional.empty()
                    : Optional.of("The Sec-Fetch-Site header says that another page asks.");
        }
        return origin.isEmpty() || origin.size() == 1 && client.hasHost()
                        && origin.get(0).equals(client.ownOrigin().toString())
                ? Optional.empty() : Optional.of("The Origin header says that another page asks.");
    }
}
