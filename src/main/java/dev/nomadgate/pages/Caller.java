package dev.nomadgate.pages;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.Set;

/**
 * Who asks for one of the gate's pages, and what that may do. Who may nothing does not come so far. Immutable.
 *
 * @param name of the container's user; empty on a gate without a realm, which has none
 * @param admin whether it may end sessions and see recordings, besides looking
 */
public record Caller(Optional<String> name, boolean admin) {

    /** The role that may end sessions and see recordings. */
    public static final String ADMIN = "gate-admin";
    /** The role that may look. */
    public static final String VIEWER = "gate-viewer";

    /** Both. */
    public static final Set<String> ROLES = Set.of(ADMIN, VIEWER);

    private static final String ATTRIBUTE = Caller.class.getName();

    void attachTo(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }

    /**
     * Who asks.
     *
     * @throws IllegalStateException if the request came in by a way that {@link PagesFilter} does not guard
     */
    public static Caller of(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof Caller caller) {
            return caller;
        }
        throw new IllegalStateException("the request was not checked");
    }
}
