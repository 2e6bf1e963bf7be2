package dev.nomadgate.proxy;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** What became of a request, in the few words that it can be counted by. */
public enum RequestOutcome {

    /** Upgraded to a session. */
    SWITCHED("1xx"),
    SUCCEEDED("2xx"),
    REDIRECTED("3xx"),
    REFUSED("4xx"),
    FAILED("5xx"),
    /** The client left before it had the whole answer. */
    GONE("gone"),
    /** Nomad broke off its answer, so the client's was cut, too. */
    CUT("cut");

    private final String label;

    RequestOutcome(String label) {
        this.label = label;
    }

    /** The outcome of a request that is over. */
    public static RequestOutcome of(HttpServletRequest request, HttpServletResponse response) {
        try {
            return ofThere(request, response);
        } catch (IllegalStateException e) {
            // Tomcat has let go of it, which only the gate learned: so its client is gone.
            return GONE;
        }
    }

    private static RequestOutcome ofThere(HttpServletRequest request, HttpServletResponse response) {
        RequestOutcome byStatus = ofStatus(response.getStatus());
        if (byStatus == REFUSED || byStatus == FAILED) {
            return byStatus;
        }
        if (TruncatedResponseException.of(request) != null) {
            return CUT;
        }
        ProxyExchange exchange = ProxyExchange.of(request);
        return exchange != null && exchange.clientGone() ? GONE : byStatus;
    }

    private static RequestOutcome ofStatus(int status) {
        return switch (status / 100) {
            case 1 -> SWITCHED;
            case 2 -> SUCCEEDED;
            case 3 -> REDIRECTED;
            case 4 -> REFUSED;
            // No other is passed on, but for odd ones above: nobody would call those a success.
            default -> FAILED;
        };
    }

    /** {@code 2xx} and the like, {@code gone} or {@code cut}. */
    public String label() {
        return label;
    }
}
