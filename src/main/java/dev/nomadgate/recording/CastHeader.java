package dev.nomadgate.recording;

import dev.nomadgate.client.IpLiteral;
import dev.nomadgate.session.ExecTarget;
import dev.nomadgate.session.Json;
import dev.nomadgate.session.Session;
import dev.nomadgate.session.User;
import dev.nomadgate.session.Workload;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The first line of a recording: asciicast's own facts, and under one key more the gate's, which players pass over. As
 * they were when the session began. Immutable.
 */
final class CastHeader {

    /** The gate's key. */
    static final String OWN = "nomad-gate";

    private static final int SCHEMA = 1;

    private final Map<String, Object> facts;
    private final String title;
    private final long timestamp;

    private CastHeader(Map<String, Object> facts, String title, long timestamp) {
        this.facts = facts;
        this.title = title;
        this.timestamp = timestamp;
    }

    static CastHeader of(Session session) {
        ExecTarget target = session.target();
        Workload workload = session.workload();
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("schema", SCHEMA);
        facts.put("id", session.id());
        facts.put("user", session.user().map(User::name));
        facts.put("label", session.user().map(User::label));
        facts.put("client", IpLiteral.format(session.client()));
        facts.put("namespace", workload.namespace());
        facts.put("job", workload.job());
        facts.put("group", workload.group());
        facts.put("task", workload.task());
        facts.put("allocation", workload.allocation());
        facts.put("node", workload.node());
        facts.put("action", target.action());
        facts.put("command", target.command());
        facts.put("tty", target.tty());
        facts.put("server", session.server().address());
        String place = workload.job().or(workload::allocation).orElse("?")
                + workload.task().map(task -> "/" + task).orElse("");
        String what = target.action().orElse(String.join(" ", target.command()));
        return new CastHeader(facts, what.isEmpty() ? place : place + ": " + what, session.since().getEpochSecond());
    }

    String line(ExecMessage.Size size) {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("version", 2);
        header.put("width", size.width());
        header.put("height", size.height());
        header.put("timestamp", timestamp);
        header.put("title", title);
        header.put(OWN, facts);
        return Json.write(header);
    }
}
