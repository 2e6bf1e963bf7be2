package dev.nomadgate.exec;

import dev.nomadgate.client.Admission;
import dev.nomadgate.client.RequestId;
import dev.nomadgate.proxy.Failure;
import dev.nomadgate.proxy.RawTarget;
import dev.nomadgate.session.ExecTarget;
import dev.nomadgate.session.RefusedHandshake.Reason;
import dev.nomadgate.session.SessionObserver;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.function.BiConsumer;

/** Reports handshakes among the requests that are refused before anyone asks what they are. Thread-safe. */
public final class RefusedHandshakes implements BiConsumer<HttpServletRequest, Failure> {

    private final SessionObserver observers;

    public RefusedHandshakes(SessionObserver observers) {
        this.observers = observers;
    }

    @Override
    public void accept(HttpServletRequest request, Failure failure) {
        RawTarget target = RawTarget.of(request);
        if (HandshakeCheck.asksForWebSocket(request) && ExecPaths.contains(target.path())) {
            Admission.find(request).ifPresent(client -> new HandshakeReport(RequestId.of(request), Instant.now(), client,
                    ExecTarget.of(target.path(), target.query()), HandshakeReport.user(request), observers)
                    .refused(Reason.REQUEST, failure));
        }
    }
}
