package dev.nomadgate.proxy;

import java.util.Set;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;

/** Nomad's {@code limits.http_max_conns_per_client}. */
final class ConnectionLimit {

    private static final Set<String> FIELDS = Set.of("connection", "content-type", "content-length");

    private ConnectionLimit() {
    }

    /**
     * Nomad refuses a connection over its limit with a bare response, before its API is reached:
     * no field but these.
     */
    static boolean refused(Response response) {
        return response.getStatus() == HttpStatus.TOO_MANY_REQUESTS_429
                && response.getHeaders().contains(HttpHeader.CONNECTION, "close")
                && response.getHeaders().stream().map(HttpField::getLowerCaseName).allMatch(FIELDS::contains);
    }
}
