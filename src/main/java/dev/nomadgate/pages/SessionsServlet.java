package dev.nomadgate.pages;

import dev.nomadgate.client.Admission;
import dev.nomadgate.client.IpLiteral;
import dev.nomadgate.proxy.EventLog;
import dev.nomadgate.proxy.Failure;
import dev.nomadgate.proxy.FailureAnswer;
import dev.nomadgate.proxy.GatePages;
import dev.nomadgate.proxy.RawTarget;
import dev.nomadgate.session.LiveSessions;
import dev.nomadgate.session.Session;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ends sessions: {@code POST gate/api/sessions/<id>/end}. */
public final class SessionsServlet extends HttpServlet {

    /** What it is mapped to, below the context path. */
    public static final String PATHS = "/gate/api/sessions/*";

    private static final long serialVersionUID = 1;
    private static final Pattern END = Pattern.compile("/gate/api/sessions/([A-Za-z0-9._-]+)/end");

    private final transient LiveSessions sessions;
    private final transient EventLog events;
    private final transient FailureAnswer failureAnswer;

    /** @param events gets a line for each session that is ended here */
    public SessionsServlet(LiveSessions sessions, EventLog events, FailureAnswer failureAnswer) {
        this.sessions = sessions;
        this.events = events;
        this.failureAnswer = failureAnswer;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Matcher path = END.matcher(RawTarget.of(request).path());
        if (!path.matches()) {
            failureAnswer.send(request, response, GatePages.noSuchPage());
            return;
        }
        if (!Answer.allows(request, response, "POST")) {
            return;
        }
        String id = path.group(1);
        Optional<Session> session = sessions.find(id);
        if (session.isEmpty()) {
            failureAnswer.send(request, response, new Failure(404, "There is no such session",
                    "It has ended by now, or is another gate's.", "Look at the list again."));
            return;
        }
        String who = who(request);
        session.get().endFor(who);
        events.info("session " + id + " is ended by " + who);
        Answer.json(response, Map.of("id", id));
    }

    private static String who(HttpServletRequest request) {
        String from = IpLiteral.format(Admission.of(request).address());
        return Caller.of(request).name().map(name -> EventLog.printable(name) + " from " + from).orElse(from);
    }
}
