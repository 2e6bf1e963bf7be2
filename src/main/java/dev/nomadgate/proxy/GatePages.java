package dev.nomadgate.proxy;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.EOFException;
import java.io.IOException;
import java.util.Collection;
import java.util.List;

/**
 * Keeps {@code <context>/gate/} for the gate's own pages: nothing under it reaches Nomad, which has
 * nothing there. Also explains what the container would explain itself otherwise.
 */
public final class GatePages extends HttpServlet {

    private static final long serialVersionUID = 1;

    private final transient FailureAnswer failureAnswer;

    /** @param failureAnswer answers for the pages that do not exist */
    public GatePages(FailureAnswer failureAnswer) {
        this.failureAnswer = failureAnswer;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (response.isCommitted()) {
            return;
        }
        if (request.getDispatcherType() != DispatcherType.ERROR) {
            failureAnswer.send(request, response, noSuchPage());
            return;
        }
        ProxyExchange exchange = ProxyExchange.of(request);
        if (exchange != null && (request.isAsyncStarted() || exchange.ended())) {
            endBroken(exchange, request, response);
        } else {
            failureAnswer.send(request, new WithChallenge(response), failure(request));
        }
    }

    /** What is answered where nothing is. */
    public static Failure noSuchPage() {
        return new Failure(404, "The gate has no such page",
                "Addresses under gate/ belong to nomad-gate itself.", "Nomad's pages begin at ui/.");
    }

    /**
     * Another thread read what the client sent, and found that it had broken off, which Tomcat noticed before that thread
     * could answer. Tomcat finishes the response when this returns, so this waits for an answer that is being written.
     */
    private static void endBroken(ProxyExchange exchange, HttpServletRequest request, HttpServletResponse response) {
        Failure failure = status(request) < 500
                ? exchange.proxy().failures().requestBroken(exchange.progress().begun()) : failure(request);
        if (exchange.end(() -> FinalAnswer.send(exchange, request, response, failure))) {
            exchange.abort(new EOFException(failure.title()));
        }
    }

    private static int status(HttpServletRequest request) {
        return (Integer) request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    }

    /** The container's own page would show the client a stack trace; the container has logged it. */
    private static Failure failure(HttpServletRequest request) {
        int status = status(request);
        return status >= 500
                ? new Failure(status, "The gate failed", "An error inside the gate ended this request.",
                        "The server's log has the cause under this id's time.")
                : status == 401 || status == 403 ? notAllowed(status)
                : new Failure(status, "The request was refused", "The server answered with status " + status + ".",
                        "Nothing was sent to Nomad.");
    }

    /** The container guards the gate's own pages and nothing else. */
    private static Failure notAllowed(int status) {
        return new Failure(status, status == 401 ? "Sign in to see the gate's own pages" : "You may not see this page",
                "The server answered with status " + status + ".",
                "The gate's own pages are for users of the container's realm that have the role gate-viewer or gate-admin;"
                        + " sessions are ended, and recordings seen, by gate-admin only.");
    }

    /** Without its challenge a 401 asks nobody for a name (RFC 9110 §11.6.1), so it stays, also after a reset. */
    private static final class WithChallenge extends HttpServletResponseWrapper {

        private WithChallenge(HttpServletResponse response) {
            super(response);
        }

        @Override
        public void reset() {
            Collection<String> challenges = List.copyOf(getHeaders("WWW-Authenticate"));
            super.reset();
            challenges.forEach(challenge -> addHeader("WWW-Authenticate", challenge));
        }
    }
}
