package dev.nomadgate.exec;

import dev.nomadgate.client.OriginPolicy;
import dev.nomadgate.config.ExecConfig;
import dev.nomadgate.config.LimitsConfig;
import dev.nomadgate.exec.jetty.NomadWebSocketClient;
import dev.nomadgate.identity.Identity;
import dev.nomadgate.policy.ExecPolicy;
import dev.nomadgate.proxy.ConnectionLimit;
import dev.nomadgate.proxy.EventLog;
import dev.nomadgate.proxy.FailureAnswer;
import dev.nomadgate.proxy.Failures;
import dev.nomadgate.proxy.ResponseHeaders;
import dev.nomadgate.session.LiveSessions;
import dev.nomadgate.session.SessionObserver;
import dev.nomadgate.upstream.ServerPool;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;

/**
 * What sessions need on their way.
 *
 * @param client opens WebSockets to Nomad
 * @param connectionLimit recognises Nomad's
 * @param pool chooses the server
 * @param origins which pages may open a session
 * @param browserUpgrade the container's way of upgrading
 * @param sessions the open ones
 * @param live what is known of them
 * @param observers hear what becomes of them
 * @param identity finds out who is in them
 * @param policy says who may open one
 * @param failures what can go wrong, in words
 * @param failureAnswer sends those words
 * @param events gets a line for each session
 * @param responseHeaders passes the header of Nomad's refusal on
 * @param config the rules' figures
 * @param limits how many sessions there may be, how long and how large
 */
public record ExecContext(
        NomadWebSocketClient client,
        ConnectionLimit connectionLimit,
        ServerPool pool,
        OriginPolicy origins,
        BrowserUpgrade browserUpgrade,
        Sessions sessions,
        LiveSessions live,
        SessionObserver observers,
        Identity identity,
        ExecPolicy policy,
        Failures failures,
        FailureAnswer failureAnswer,
        EventLog events,
        ResponseHeaders responseHeaders,
        ExecConfig config,
        LimitsConfig limits) {

    private static final String ATTRIBUTE = ExecContext.class.getName();

    /** Makes this what the request gets on its way. */
    public void attachTo(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }

    static ExecContext of(HttpServletRequest request) {
        return (ExecContext) request.getAttribute(ATTRIBUTE);
    }

    SessionTimings timings() {
        return new SessionTimings(config.pingInterval(), config.pongTimeout(), config.closeTimeout());
    }

    /** @param awaitsInput whether Nomad does nothing before the browser's first frame */
    SessionBounds bounds(boolean awaitsInput) {
        return new SessionBounds(awaitsInput ? config.handshakeTimeout() : Duration.ZERO,
                limits.sessionIdleTimeout(), limits.sessionMaxAge(), limits.messageSize());
    }
}
