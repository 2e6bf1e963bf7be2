package dev.nomadgate.exec;

import dev.nomadgate.client.Client;
import dev.nomadgate.lifetime.Uses;
import dev.nomadgate.policy.Decision;
import dev.nomadgate.policy.PolicyRefusal;
import dev.nomadgate.proxy.EventLog;
import dev.nomadgate.proxy.Failure;
import dev.nomadgate.proxy.RawTarget;
import dev.nomadgate.proxy.Refusals;
import dev.nomadgate.proxy.RequestUse;
import dev.nomadgate.proxy.ServerTries;
import dev.nomadgate.session.RefusedHandshake.Reason;
import dev.nomadgate.session.Session;
import dev.nomadgate.upstream.Server;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One handshake on its way: to Nomad first, on the next server if one cannot be reached, and back to
 * the browser with Nomad's 101 or with Nomad's refusal.
 */
final class ExecUpgrade {

    private static final String ATTRIBUTE = ExecUpgrade.class.getName();

    private final Logger log = LoggerFactory.getLogger(ExecUpgrade.class);
    private final ExecContext exec;
    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final HandshakeReport report;
    private final Client client;
    private final RawTarget target;
    private final ServerTries tries;
    private final SessionCount.Place place;
    private final Bridge bridge;
    /** Of the session, which outlives its request. */
    private final Uses.Use use;
    private AsyncContext context;
    private volatile String subprotocol;
    private volatile Session session;
    private volatile SessionWatch watch;
    private final Optional<String> headerToken;
    private final PolicyCheck policy;
    private final long began = System.nanoTime();

    ExecUpgrade(ExecContext exec, HttpServletRequest request, HttpServletResponse response, HandshakeReport report,
            SessionCount.Place place) {
        this.exec = exec;
        this.request = request;
        this.response = response;
        this.report = report;
        this.client = report.client();
        this.target = RawTarget.of(request);
        this.headerToken = HandshakeToken.of(request);
        this.policy = new PolicyCheck(exec, request, report, headerToken);
        this.tries = new ServerTries(exec.pool().route(client.address()),
                exec.client().getHttpClient().getMaxConnectionsPerDestination());
        this.place = place;
        this.bridge = new Bridge(scheduler(), exec.timings(),
                exec.bounds(report.target().awaitsHandshake()), Notice.to(report.target().tty()),
                this::ended);
        this.use = RequestUse.of(request).another();
    }

    /** The handshake that this request belongs to, or null. */
    static ExecUpgrade of(HttpServletRequest request) {
        return (ExecUpgrade) request.getAttribute(ATTRIBUTE);
    }

    void start() {
        boolean started = false;
        try {
            request.setAttribute(ATTRIBUTE, this);
            context = request.startAsync(request, response);
            context.setTimeout(0);
            exec.observers().requested(report.handshake()).whenComplete((done, refusal) -> step(() -> {
                if (refusal == null) {
                    policy.decide(verdict -> step(() -> decided(verdict)));
                } else {
                    refuse(Reason.RECORD, Refusals.notRecorded(Beginning.reason(refusal)));
                }
            }));
            started = true;
        } finally {
            if (!started) {
                release();
            }
        }
    }

    /** What throws in another thread than the request's would leave it without an answer for ever. */
    private void step(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            log.warn("A handshake could not be taken further: {}", e.toString());
            refuse(Reason.UNREACHABLE, new Failure(500, "The gate failed", "An error inside the gate ended this handshake.",
                    "The server's log has the cause."));
        }
    }

    private void decided(PolicyCheck.Verdict verdict) {
        if (verdict.decision() instanceof Decision.Refused refused) {
            Failure failure = PolicyRefusal.failure(refused);
            report.refused(Reason.POLICY, failure, verdict.told());
            answer(failure);
            return;
        }
        if (verdict.decision() instanceof Decision.WouldRefuse would) {
            exec.events().info(PolicyRefusal.line(EventLog.shown(client, "GET", target.path()), would)
                    + " [" + report.id() + "]");
        }
        tryNextServer();
    }

    private void tryNextServer() {
        if (tries.next()) {
            tryServer(tries.server());
        } else {
            refuse(Reason.UNREACHABLE, exec.failures().unreachable(tries.route()));
        }
    }

    private void tryServer(Server server) {
        NomadHandshake handshake = new NomadHandshake(server);
        try {
            handshake.send(exec.client(), target.toString(), UpgradeHeaders.toNomad(request, client, server),
                            UpgradeHeaders.subprotocols(request), bridge.nomad(),
                            exec.config().handshakeTimeout())
                    .whenComplete((chosen, failure) -> {
                        if (failure == null) {
                            tries.route().reached();
                            nomadOpened(chosen);
                        } else {
                            nomadRefused(server, handshake, failure);
                        }
                    });
        } catch (IOException | IllegalStateException e) {
            // The latter of a client that was stopped with its gate.
            nomadRefused(server, handshake, e);
        }
    }

    private void nomadOpened(String chosenSubprotocol) {
        subprotocol = chosenSubprotocol;
        if (!exec.sessions().add(bridge)) {
            bridge.abandon();
            refuse(Reason.STOPPING, Refusals.stopping());
            return;
        }
        attend();
        bridge.awaitBrowser(exec.config().handshakeTimeout().toMillis());
        try {
            context.dispatch(ExecUpgradeServlet.RESUME_PATH);
        } catch (IllegalStateException e) {
            log.debug("the container gave the client up before Nomad's 101: {}", e.getMessage());
            bridge.abandon();
        }
    }

    private void attend() {
        session = session(report.id());
        while (!exec.live().add(session)) {
            session = session(UUID.randomUUID().toString());
        }
        report.user().ifPresent(session::known);
        watch = new SessionWatch(session, exec.observers(), exec.identity(), headerToken);
        bridge.attend(watch);
    }

    private Session session(String id) {
        return new Session(id, report.since(), began, client.address(), report.target(), tries.server(), bridge::endFor);
    }

    private void nomadRefused(Server server, NomadHandshake handshake, Throwable failure) {
        if (handshake.limited(exec.connectionLimit(), failure)) {
            refuse(Reason.UNREACHABLE, exec.failures().connectionLimit(server));
        } else if (failure instanceof NomadHandshake.RefusedException refusal) {
            tries.route().reached();
            report.refused(Reason.NOMAD, refusal.status(), "Nomad refused the handshake");
            relay(server, refusal);
        } else if (exec.client().isRunning() && handshake.hungUp(failure) && tries.sameAgain(handshake.connection())) {
            tryServer(server);
        } else if (handshake.sent()) {
            // What is wrong with an answer may be the request's doing, and any client's.
            if (!handshake.answered()) {
                tries.route().lost("it did not answer the handshake of an exec session");
            }
            refuse(Reason.UNREACHABLE, failure instanceof TimeoutException
                    ? exec.failures().timedOut(server, exec.config().handshakeTimeout(),
                            "nomad-gate.exec.handshake-timeout")
                    : exec.failures().broken(server, failure));
        } else {
            tries.route().unreachable(failure);
            tryNextServer();
        }
    }

    private void relay(Server server, NomadHandshake.RefusedException refusal) {
        try {
            response.setStatus(refusal.status());
            exec.responseHeaders().copy(refusal.headers(), server, response);
            // Whoever took the handshake for done sends frames by now, or what a proxy in front was made to take for them.
            response.setHeader("Connection", "close");
            response.setContentLength(refusal.body().length);
            response.getOutputStream().write(refusal.body());
        } catch (IOException e) {
            log.debug("client left before it could be told of Nomad's {}", refusal.status());
        } finally {
            release();
            context.complete();
        }
    }

    private void refuse(Reason reason, Failure failure) {
        report.refused(reason, failure);
        answer(failure);
    }

    private void answer(Failure failure) {
        bridge.refused();
        try {
            exec.failureAnswer().sendAndClose(request, response, failure);
        } catch (IOException e) {
            log.debug("client left before it could be told: {}", failure.title());
        } finally {
            release();
            context.complete();
        }
    }

    /** The last step, in the container's own thread. */
    void upgradeBrowser(HttpServletRequest resumed, HttpServletResponse resumedResponse)
            throws IOException, ServletException {
        boolean upgraded = false;
        try {
            exec.browserUpgrade().upgrade(new WithoutQuery(resumed), resumedResponse,
                    Optional.of(subprotocol).filter(chosen -> !chosen.isEmpty()), bridge.browser());
            upgraded = true;
        } finally {
            if (!upgraded) {
                bridge.abandon();
            }
        }
    }

    private void ended() {
        exec.sessions().remove(bridge);
        log(bridge.how());
        if (session != null) {
            exec.live().remove(session);
            watch.ended(bridge.how().outcome(bridge.exitCode()));
        }
        release();
    }

    private void release() {
        place.leave();
        use.close();
    }

    /** No query, and nothing of what was typed or shown. */
    private void log(SessionEnd end) {
        String line = "Session " + EventLog.shown(client, "GET", target.path()) + " with " + tries.server() + " ended after "
                + Duration.ofNanos(System.nanoTime() - began).toSeconds() + " s: " + end.words() + " [" + report.id() + "]";
        if (end.lost()) {
            exec.events().warn(line);
        } else {
            exec.events().info(line);
        }
    }

    private Scheduler scheduler() {
        return exec.client().getHttpClient().getScheduler();
    }
}
