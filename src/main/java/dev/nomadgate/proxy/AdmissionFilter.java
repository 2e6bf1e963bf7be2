package dev.nomadgate.proxy;

import dev.nomadgate.client.Admission;
import dev.nomadgate.client.Arrivals;
import dev.nomadgate.client.Client;
import dev.nomadgate.client.Verdict;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The first step of every request and session: who is the client, and may it call by this name. */
public final class AdmissionFilter extends HttpFilter {

    private static final long serialVersionUID = 1;

    private final transient FailureAnswer failureAnswer;

    /** @param failureAnswer tells those that are refused */
    public AdmissionFilter(FailureAnswer failureAnswer) {
        this.failureAnswer = failureAnswer;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        AdmissionContext admission = AdmissionContext.of(request);
        Client client = admission.resolver().resolve(Arrivals.of(request));
        if (admission.hosts().judge(client) instanceof Verdict.Refused refused) {
            failureAnswer.send(request, response,
                    new Failure(403, "The gate may not be called by this name", refused.reason(),
                            "Nothing was sent to Nomad."));
            return;
        }
        Admission.admit(request, client);
        chain.doFilter(request, response);
    }
}
