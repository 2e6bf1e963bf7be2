package dev.nomadgate.proxy;

import dev.nomadgate.client.Admission;
import dev.nomadgate.client.Arrivals;
import dev.nomadgate.client.Client;
import dev.nomadgate.client.ClientResolver;
import dev.nomadgate.client.CrossSitePolicy;
import dev.nomadgate.client.HostPolicy;
import dev.nomadgate.client.Verdict;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * The first step of every request and session: who is the client, may it call by this name, and may the page that asks
 * change something. Which page may open a session is judged where that is known to be wanted.
 */
public final class AdmissionFilter extends HttpFilter {

    private static final long serialVersionUID = 1;

    private final transient ClientResolver resolver;
    private final transient HostPolicy hosts;
    private final transient CrossSitePolicy pages;
    private final transient FailureAnswer failureAnswer;

    /**
     * @param resolver tells who the client is
     * @param hosts by which names the gate may be called
     * @param pages which pages may change something
     * @param failureAnswer tells those that are refused
     */
    public AdmissionFilter(
            ClientResolver resolver, HostPolicy hosts, CrossSitePolicy pages, FailureAnswer failureAnswer) {
        this.resolver = resolver;
        this.hosts = hosts;
        this.pages = pages;
        this.failureAnswer = failureAnswer;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Client client = resolver.resolve(Arrivals.of(request));
        Admission.admit(request, client);
        if (hosts.judge(client) instanceof Verdict.Refused refused) {
            refuse(request, response, "The gate may not be called by this name", refused);
        } else if (pages.judge(request.getMethod(), Arrivals.values(request, "Origin"),
                Arrivals.values(request, "Sec-Fetch-Site"), client) instanceof Verdict.Refused refused) {
            refuse(request, response, "This page may not change anything here", refused);
        } else {
            chain.doFilter(request, response);
        }
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response, String title, Verdict.Refused refused)
            throws IOException {
        failureAnswer.send(request, response, new Failure(403, title, refused.reason(), "Nothing was sent to Nomad."));
    }
}
