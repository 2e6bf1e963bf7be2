package dev.nomadgate.exec;

import dev.nomadgate.client.Admission;
import dev.nomadgate.client.Arrivals;
import dev.nomadgate.client.Client;
import dev.nomadgate.client.RequestId;
import dev.nomadgate.client.Verdict;
import dev.nomadgate.proxy.Failure;
import dev.nomadgate.proxy.RawTarget;
import dev.nomadgate.session.ExecTarget;
import dev.nomadgate.session.RefusedHandshake.Reason;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/**
 * Upgrades a browser's request for one of Nomad's two WebSocket endpoints: judges its {@code Origin},
 * opens Nomad's side, and only after Nomad's 101 sends the browser its own.
 *
 * <p>Without the first step any page on the web could open a shell through the operator's browser:
 * WebSockets know no same-origin policy, and Nomad's own check is defeated by every proxy that
 * rewrites {@code Origin}, as each one has to (RFC 6455 §10.2).
 */
public final class ExecUpgradeServlet extends HttpServlet {

    /** Where the container resumes a request once Nomad's side is open; nothing else comes here. */
    public static final String RESUME_PATH = "/gate/exec";

    private static final long serialVersionUID = 1;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        switch (request.getDispatcherType()) {
            case FORWARD -> begin(request, response);
            case ASYNC -> ExecUpgrade.of(request).upgradeBrowser(request, response);
            default -> response.sendError(HttpServletResponse.SC_NOT_FOUND);
        }
    }

    private void begin(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ExecContext exec = ExecContext.of(request);
        Client client = Admission.of(request);
        RawTarget target = RawTarget.of(request);
        HandshakeReport report = new HandshakeReport(RequestId.of(request), Instant.now(), client,
                ExecTarget.of(target.path(), target.query()), HandshakeReport.user(request),
                exec.observers());
        Optional<Failure> foreign = foreignPage(exec, request, client);
        if (foreign.isPresent()) {
            report.refused(Reason.ORIGIN, foreign.get());
            exec.failureAnswer().sendAndClose(request, new WithVersion(response), foreign.get());
            return;
        }
        Optional<Failure> invalid = target.isRaw() ? HandshakeCheck.fault(request).map(ExecUpgradeServlet::invalid)
                : Optional.of(exec.failures().notUri());
        if (invalid.isPresent()) {
            report.refused(Reason.HANDSHAKE, invalid.get());
            exec.failureAnswer().sendAndClose(request, new WithVersion(response), invalid.get());
            return;
        }
        SessionCount.Entry entry = exec.sessions().enter(client.address(), exec.limits());
        if (entry instanceof SessionCount.Refused refused) {
            report.refused(exec.sessions().isClosed() ? Reason.STOPPING : Reason.LIMIT, refused.why());
            exec.failureAnswer().send(request, response, refused.why());
        } else if (entry instanceof SessionCount.Place place) {
            new ExecUpgrade(exec, request, response, report, place).start();
        }
    }

    private static Optional<Failure> foreignPage(ExecContext exec, HttpServletRequest request, Client client) {
        return exec.origins().judge(Arrivals.values(request, "Origin"), client) instanceof Verdict.Refused refused
                ? Optional.of(new Failure(403, "This page may not open a session", refused.reason(),
                        "Nothing was sent to Nomad."))
                : Optional.empty();
    }

    private static Failure invalid(String fault) {
        return new Failure(400, "The WebSocket handshake is not valid", fault, "Nothing was sent to Nomad.");
    }

    /** A refusal of a handshake names the version that is understood (RFC 6455 §4.2.2), also after a reset. */
    private static final class WithVersion extends HttpServletResponseWrapper {

        private WithVersion(HttpServletResponse response) {
            super(response);
        }

        @Override
        public void reset() {
            super.reset();
            setHeader("Sec-WebSocket-Version", "13");
        }
    }
}
