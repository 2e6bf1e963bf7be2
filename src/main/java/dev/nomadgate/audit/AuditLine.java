package dev.nomadgate.audit;

import dev.nomadgate.client.IpLiteral;
import dev.nomadgate.session.ExecTarget;
import dev.nomadgate.session.Json;
import dev.nomadgate.session.Outcome;
import dev.nomadgate.session.RefusedHandshake;
import dev.nomadgate.session.Session;
import dev.nomadgate.session.Traffic;
import dev.nomadgate.session.User;
import dev.nomadgate.session.Workload;
import java.net.InetAddress;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One line of the audit log. Every field is there in every line of its event, null where it is not known; fields may be
 * added within a version of the schema, and none changes its meaning. Described in {@code src/docs/audit.md}.
 */
final class AuditLine {

    /** Of the schema. */
    static final int VERSION = 1;

    private final Map<String, Object> fields = new LinkedHashMap<>();

    private AuditLine(String event, Instant time, String id, InetAddress client, Optional<User> user) {
        fields.put("schema", VERSION);
        fields.put("event", event);
        fields.put("time", time(time));
        fields.put("id", id);
        fields.put("user", user.map(User::name));
        fields.put("userSource", user.map(who -> lower(who.source())));
        fields.put("userLabel", user.map(User::label));
        fields.put("client", IpLiteral.format(client));
    }

    static String started(Session session) {
        return of("session-start", session.since(), session).toString();
    }

    static String ended(Session session, Outcome outcome) {
        AuditLine line = of("session-end", Instant.now(), session);
        line.fields.put("started", time(session.since()));
        line.fields.put("durationMs", session.age().toMillis());
        line.traffic("fromBrowser", session.fromBrowser());
        line.traffic("fromNomad", session.fromNomad());
        line.fields.put("exitCode", outcome.exitCode().isPresent() ? outcome.exitCode().getAsInt() : null);
        line.fields.put("closeCode", outcome.closeCode());
        line.fields.put("endedBy", lower(outcome.endedBy()));
        line.fields.put("reason", outcome.words());
        return line.toString();
    }

    static String refused(RefusedHandshake refused) {
        AuditLine line = new AuditLine("session-refused", refused.at(), refused.id(), refused.client(), refused.user());
        line.place(refused.target(), refused.workload());
        line.fields.put("refusedBecause", lower(refused.reason()));
        line.fields.put("status", refused.status());
        line.fields.put("reason", refused.detail());
        return line.toString();
    }

    private static AuditLine of(String event, Instant time, Session session) {
        AuditLine line = new AuditLine(event, time, session.id(), session.client(), session.user());
        line.place(Optional.of(session.target()), session.workload());
        line.fields.put("server", session.server().toString());
        return line;
    }

    private void place(Optional<ExecTarget> target, Workload workload) {
        fields.put("kind", target.map(what -> lower(what.kind())));
        fields.put("region", target.flatMap(ExecTarget::region));
        fields.put("namespace", workload.namespace());
        fields.put("job", workload.job());
        fields.put("group", workload.group());
        fields.put("task", workload.task());
        fields.put("allocation", workload.allocation());
        fields.put("node", workload.node());
        fields.put("action", target.flatMap(ExecTarget::action));
        fields.put("command", target.map(ExecTarget::command));
        fields.put("tty", target.map(ExecTarget::tty));
    }

    private void traffic(String name, Traffic traffic) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("frames", traffic.frames());
        figures.put("bytes", traffic.bytes());
        fields.put(name, figures);
    }

    private static String time(Instant time) {
        return time.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return Json.write(fields);
    }
}
