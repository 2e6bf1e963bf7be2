package dev.nomadgate.pages;

import dev.nomadgate.client.IpLiteral;
import dev.nomadgate.config.GateConfig;
import dev.nomadgate.session.Session;
import dev.nomadgate.session.Traffic;
import dev.nomadgate.session.User;
import dev.nomadgate.session.Workload;
import dev.nomadgate.upstream.ServerState;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** What goes on in the gate right now, as JSON. */
public final class StateServlet extends HttpServlet {

    /** Where it is, below the context path. */
    public static final String PATH = "/gate/api/state";

    private static final long serialVersionUID = 1;

    private final transient GateView gate;

    public StateServlet(GateView gate) {
        this.gate = gate;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (Answer.allows(request, response, "GET", "HEAD")) {
            Answer.json(response, state(Caller.of(request)));
        }
    }

    private Map<String, Object> state(Caller caller) {
        GateConfig config = gate.config().get();
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("version", gate.version());
        state.put("stopping", gate.stopping().getAsBoolean());
        state.put("caller", Map.of("name", caller.name(), "mayEndSessions", caller.admin()));
        state.put("limits", Map.of("sessions", config.limits().sessions(), "requests", config.limits().requests()));
        state.put("requests", gate.requests().get());
        state.put("sessions", gate.sessions().all().stream()
                .sorted(Comparator.comparing(Session::since).thenComparing(Session::id)).map(StateServlet::session).toList());
        state.put("servers", gate.states().get().stream().map(StateServlet::server).toList());
        state.put("problems", Stream.concat(gate.servers().get().problems().stream(), gate.troubles().get().stream()).toList());
        return state;
    }

    private static Map<String, Object> session(Session session) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("id", session.id());
        shown.put("user", session.user().map(User::name));
        shown.put("label", session.user().map(User::label));
        shown.put("client", IpLiteral.format(session.client()));
        shown.put("kind", session.target().kind().name().toLowerCase(Locale.ROOT));
        shown.put("action", session.target().action());
        shown.put("command", session.target().command());
        shown.put("tty", session.target().tty());
        Workload workload = session.workload();
        shown.put("namespace", workload.namespace());
        shown.put("job", workload.job());
        shown.put("group", workload.group());
        shown.put("task", workload.task());
        shown.put("allocation", workload.allocation());
        shown.put("node", workload.node());
        shown.put("server", session.server().toString());
        shown.put("since", session.since());
        shown.put("ageMillis", session.age().toMillis());
        shown.put("idleMillis", session.idle().toMillis());
        shown.put("fromBrowser", traffic(session.fromBrowser()));
        shown.put("fromNomad", traffic(session.fromNomad()));
        return shown;
    }

    private static Map<String, Object> traffic(Traffic traffic) {
        return Map.of("bytes", traffic.bytes(), "frames", traffic.frames());
    }

    private static Map<String, Object> server(ServerState state) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("address", state.name());
        shown.put("weight", state.server().weight());
        shown.put("backup", state.server().backup());
        shown.put("down", state.server().down());
        shown.put("available", state.available());
        shown.put("reason", state.reason());
        Map<String, Object> connections = new LinkedHashMap<>();
        connections.put("open", state.connections().open());
        connections.put("inUse", state.connections().inUse());
        connections.put("queued", state.connections().queued());
        connections.put("max", state.maxConnections());
        shown.put("connections", connections);
        return shown;
    }
}
