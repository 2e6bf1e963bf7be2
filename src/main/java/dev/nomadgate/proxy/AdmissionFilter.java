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
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * The first step of every request and session: is it one at all, who is the client, may it call by this name, and may
 * the page that asks change something. Which page may open a session is judged where that is known to be wanted.
 */
public final class AdmissionFilter extends HttpFilter {

    private static final long serialVersionUID = 1;

    private final transient FailureAnswer failureAnswer;
    private final transient BiConsumer<HttpServletRequest, Failure> refusals;

    /**
     * @param failureAnswer tells those that are refused
     * @param refusals hears of them
     */
    public AdmissionFilter(FailureAnswer failureAnswer, BiConsumer<HttpServletRequest, Failure> refusals) {
        this.failureAnswer = failureAnswer;
        this.refusals = refusals;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        AdmissionContext admission = AdmissionContext.of(request);
        Client client = admission.resolver().resolve(Arrivals.of(request));
        Admission.admit(request, client);
        Optional<Failure> broken = MessageCheck.fault(request, client);
        if (broken.isPresent()) {
            refusals.accept(request, broken.get());
            failureAnswer.sendAndClose(request, response, broken.get());
        } else if (admission.hosts().judge(client) instanceof Verdict.Refused refused) {
            refuse(request, response, "The gate may not be called by this name", refused);
        } else if (admission.pages().judge(request.getMethod(), RawTarget.of(request).path(),
                Arrivals.values(request, "Origin"), Arrivals.values(request, "Sec-Fetch-Site"), client) instanceof Verdict.Refused refused) {
            refuse(request, response, "This page may not change anything here", refused);
        } else {
            chain.doFilter(request, response);
        }
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response, String title, Verdict.Refused refused)
            throws IOException {
        Failure failure = new Failure(403, title, refused.reason(), "Nothing was sent to Nomad.");
        refusals.accept(request, failure);
        failureAnswer.send(request, response, failure);
    }
}
