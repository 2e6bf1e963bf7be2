package dev.nomadgate.audit;

import dev.nomadgate.client.IpLiteral;
import dev.nomadgate.session.ExecTarget;
import dev.nomadgate.session.Handshake;
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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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
    /** What clients write is as long as a header may be, and must not drive other lines out. */
    private static final int LONGEST_TEXT = 1024;
    private static final int MOST_WORDS = 64;

    private final Map<String, Object> fields = new LinkedHashMap<>();

    private AuditLine(String gate, String event, Instant time, String id, InetAddress client, Optional<User> user) {
        fields.put("schema", VERSION);
        fields.put("event", event);
        fields.put("gate", gate);
        fields.put("time", time(time));
        fields.put("id", id);
        fields.put("user", user.map(User::name));
        fields.put("userSource", user.map(who -> lower(who.source())));
        fields.put("userLabel", user.map(User::label));
        fields.put("client", IpLiteral.format(client));
    }

    static String requested(String gate, Handshake handshake) {
        AuditLine line = new AuditLine(gate, "session-request", handshake.since(), handshake.id(), handshake.client(),
                handshake.user());
        line.place(Optional.of(handshake.target()), handshake.target().workload());
        return line.toString();
    }

    static String started(String gate, Session session) {
        return of(gate, "session-start", session.since(), session).toString();
    }

    static String ended(String gate, Session session, Outcome outcome) {
        AuditLine line = of(gate, "session-end", Instant.now(), session);
        line.fields.put("started", time(session.since()));
        line.fields.put("durationMs", session.age().toMillis());
        line.traffic("fromBrowser", session.fromBrowser());
        line.traffic("fromNomad", session.fromNomad());
        line.fields.put("exitCode", outcome.exitCode().isPresent() ? outcome.exitCode().getAsInt() : null);
        line.fields.put("closeCode", outcome.closeCode());
        line.fields.put("endedBy", lower(outcome.endedBy()));
        line.fields.put("reason", cut(outcome.words()));
        return line.toString();
    }

    /** @param leftOut how many before it were not written, because they were too many */
    static String refused(String gate, RefusedHandshake refused, long leftOut) {
        AuditLine line = new AuditLine(gate, "session-refused", refused.at(), refused.id(), refused.client(), refused.user());
        line.place(refused.target(), refused.workload());
        line.fields.put("refusedBecause", lower(refused.reason()));
        line.fields.put("status", refused.status());
        line.fields.put("reason", cut(refused.detail()));
        line.fields.put("leftOut", leftOut);
        return line.toString();
    }

    private static AuditLine of(String gate, String event, Instant time, Session session) {
        AuditLine line = new AuditLine(gate, event, time, session.id(), session.client(), session.user());
        line.place(Optional.of(session.target()), session.workload());
        line.fields.put("toldByNomad", session.told().namespace().isPresent());
        line.fields.put("server", session.server().toString());
        return line;
    }

    private void place(Optional<ExecTarget> target, Workload workload) {
        fields.put("kind", target.map(what -> lower(what.kind())));
        fields.put("region", target.flatMap(ExecTarget::region).map(AuditLine::cut));
        fields.put("namespace", workload.namespace().map(AuditLine::cut));
        fields.put("job", workload.job().map(AuditLine::cut));
        fields.put("group", workload.group().map(AuditLine::cut));
        fields.put("task", workload.task().map(AuditLine::cut));
        fields.put("allocation", workload.allocation().map(AuditLine::cut));
        fields.put("node", workload.node().map(AuditLine::cut));
        fields.put("action", target.flatMap(ExecTarget::action).map(AuditLine::cut));
        fields.put("command", target.map(ExecTarget::command).map(AuditLine::cut));
        fields.put("tty", target.map(ExecTarget::tty));
    }

    private void traffic(String name, Traffic traffic) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("frames", traffic.frames());
        figures.put("bytes", traffic.bytes());
        fields.put(name, figures);
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "…";
    }

    /** All of them together are as long as one text may be. */
    private static List<String> cut(List<String> words) {
        List<String> kept = new ArrayList<>();
        int length = 0;
        for (String word : words) {
            if (length >= LONGEST_TEXT || kept.size() >= MOST_WORDS) {
                kept.add("…");
                break;
            }
            String part = word.length() <= LONGEST_TEXT - length ? word : word.substring(0, LONGEST_TEXT - length) + "…";
            kept.add(part);
            length += part.length();
        }
        return kept;
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
