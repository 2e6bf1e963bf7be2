package dev.nomadgate.client;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** Keeps with a request who its client is, once that was resolved. */
public final class Admission {

    private static final String ATTRIBUTE = Admission.class.getName();

    private Admission() {
    }

    /** Notes the client of this request. */
    public static void admit(HttpServletRequest request, Client client) {
        request.setAttribute(ATTRIBUTE, client);
    }

    /** The client of this request, if that is known already. */
    public static Optional<Client> find(HttpServletRequest request) {
        return Optional.ofNullable((Client) request.getAttribute(ATTRIBUTE));
    }

    /**
     * The client of this request.
     *
     * @throws IllegalStateException if the request came in by a way that the admission does not guard
     */
    public static Client of(HttpServletRequest request) {
        return find(request).orElseThrow(() -> new IllegalStateException("the request was not admitted"));
    }
}
