package dev.nomadgate.exec;

import dev.nomadgate.client.Client;
import dev.nomadgate.proxy.EventLog;
import dev.nomadgate.proxy.Failure;
import dev.nomadgate.session.ExecTarget;
import dev.nomadgate.session.Handshake;
import dev.nomadgate.session.RefusedHandshake;
import dev.nomadgate.session.RefusedHandshake.Reason;
import dev.nomadgate.session.SessionObserver;
import dev.nomadgate.session.User;
import dev.nomadgate.session.Workload;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.time.Instant;
import java.util.Optional;

/**
 * What is to be told of a handshake, if it is refused.
 *
 * @param id of the request
 * @param since when it came
 * @param target what it asks for
 * @param user whom the container authenticated
 * @param observers hear of it
 */
record HandshakeReport(String id, Instant since, Client client, ExecTarget target, Optional<User> user,
        SessionObserver observers) {

    /** Whom the container authenticated. */
    static Optional<User> user(HttpServletRequest request) {
        try {
            return Optional.ofNullable(request.getUserPrincipal()).map(Principal::getName).map(User::principal);
        } catch (RuntimeException e) {
            // Jetty's way of saying that credentials are none; they may be for somebody behind Nomad.
            return Optional.empty();
        }
    }

    Handshake handshake() {
        return new Handshake(id, since, client.address(), target, user);
    }

    void refused(Reason reason, Failure failure) {
        refused(reason, failure.status(), failure.title() + " - " + failure.detail());
    }

    /** @param told by Nomad about the allocation */
    void refused(Reason reason, Failure failure, Workload told) {
        refused(reason, failure.status(), failure.title() + " - " + failure.detail(), told);
    }

    /** @param detail why, in words that may be anybody's */
    void refused(Reason reason, int status, String detail) {
        refused(reason, status, detail, Workload.UNKNOWN);
    }

    private void refused(Reason reason, int status, String detail, Workload told) {
        observers.refused(new RefusedHandshake(id, Instant.now(), client.address(), Optional.of(target),
                target.workload().with(told), user, reason, status,
                EventLog.printable(detail.replaceAll("\\s+", " "))));
    }
}
