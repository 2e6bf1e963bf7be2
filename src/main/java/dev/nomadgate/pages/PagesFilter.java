package dev.nomadgate.pages;

import dev.nomadgate.client.Admission;
import dev.nomadgate.client.Client;
import dev.nomadgate.proxy.Failure;
import dev.nomadgate.proxy.FailureAnswer;
import dev.nomadgate.proxy.RequestHeaders;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;

/**
 * Looks at every request for the gate's own pages once more, behind the container's own security. That compares paths, and
 * not always as the container does when it looks for a servlet: Jetty leads {@code /gate%2f} to the page at {@code /gate/},
 * past constraints and filters for that. So here it counts where a request leads, and closed is what is not open by name.
 * Of the requests for Nomad it sees to it that none carries a password of the realm.
 */
public final class PagesFilter extends HttpFilter {

    private static final long serialVersionUID = 1;

    private final transient Protection protection;
    private final transient Set<String> open;
    private final transient Set<String> forAdmins;
    private final transient FailureAnswer failureAnswer;

    /**
     * @param open the names of the servlets that are for everybody, Nomad's included
     * @param forAdmins the names of those that take more than looking
     * @param failureAnswer tells those that are refused
     */
    public PagesFilter(Protection protection, Set<String> open, Set<String> forAdmins, FailureAnswer failureAnswer) {
        this.protection = protection;
        this.open = Set.copyOf(open);
        this.forAdmins = Set.copyOf(forAdmins);
        this.failureAnswer = failureAnswer;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (protection == Protection.REALM) {
            RequestHeaders.withholdBasic(request);
        }
        String servlet = request.getHttpServletMapping().getServletName();
        if (open.contains(servlet) || Assets.onlyLeads(request)) {
            chain.doFilter(request, response);
            return;
        }
        Client client = Admission.of(request);
        Optional<Failure> refusal = stranger(request, client).or(() -> OwnPage.refusal(request, client).map(reason ->
                new Failure(403, "Another page may not change anything here", reason,
                        "Open the gate's own page, or send " + OwnPage.FIELD + ": 1.")));
        if (refusal.isPresent()) {
            failureAnswer.send(request, response, refusal.get());
            return;
        }
        Caller caller = caller(request);
        if (forAdmins.contains(servlet) && !caller.admin()) {
            failureAnswer.send(request, response, new Failure(403, "You may look, but no more",
                    "Ending sessions and seeing recordings take the role " + Caller.ADMIN + ".",
                    "Have it given to you in the container's realm."));
            return;
        }
        caller.attachTo(request);
        chain.doFilter(request, response);
    }

    private Optional<Failure> stranger(HttpServletRequest request, Client client) {
        if (protection == Protection.REALM) {
            return request.isUserInRole(Caller.VIEWER) || request.isUserInRole(Caller.ADMIN) ? Optional.empty()
                    : Optional.of(new Failure(403, "The gate's own pages are not for everybody",
                            "They are for users with the role " + Caller.VIEWER + " or " + Caller.ADMIN + ".",
                            "Sign in at gate/ as one of them, or have the role given to you in the container's realm."));
        }
        return Loopback.refusal(client, request.getProtocol(), Collections.list(request.getHeaderNames())).map(reason ->
                new Failure(403, "The gate's own pages are for this machine only",
                        reason + " No realm is configured, so these pages cannot ask who you are.",
                        "Open them from the machine itself, at localhost; or configure a realm with the roles "
                                + Caller.VIEWER + " and " + Caller.ADMIN + ": on Jetty the module gate-realm of jetty-base,"
                                + " on Tomcat conf/tomcat-users.xml. Then start the gate again."));
    }

    private Caller caller(HttpServletRequest request) {
        return protection == Protection.LOOPBACK ? new Caller(Optional.empty(), true)
                : new Caller(Optional.ofNullable(request.getRemoteUser()), request.isUserInRole(Caller.ADMIN));
    }
}
