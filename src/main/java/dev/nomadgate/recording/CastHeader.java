package dev.nomadgate.recording;

import dev.nomadgate.client.IpLiteral;
import dev.nomadgate.session.ExecTarget;
import dev.nomadgate.session.Json;
import dev.nomadgate.session.Session;
import dev.nomadgate.session.User;
import dev.nomadgate.session.Workload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The first line of a recording: asciicast's own facts, and under one key more the gate's, which players pass over. As
 * they were when the session began. Immutable.
 */
final class CastHeader {

    /** The gate's key. */
    static final String OWN = "nomad-gate";

    private static final int SCHEMA = 1;
    private static final int LONGEST = 1024;
    private static final int LONGEST_COMMAND = 8 * LONGEST;
    private static final int A_WORD = 16;
    private static final String MORE = "\u2026";

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
        facts.put("id", cut(session.id()));
        facts.put("user", session.user().map(User::name).map(CastHeader::cut));
        facts.put("label", session.user().map(User::label).map(CastHeader::cut));
        facts.put("client", IpLiteral.format(session.client()));
        facts.put("namespace", workload.namespace().map(CastHeader::cut));
        facts.put("job", workload.job().map(CastHeader::cut));
        facts.put("group", workload.group().map(CastHeader::cut));
        facts.put("task", workload.task().map(CastHeader::cut));
        facts.put("allocation", workload.allocation().map(CastHeader::cut));
        facts.put("node", workload.node().map(CastHeader::cut));
        facts.put("action", target.action().map(CastHeader::cut));
        facts.put("command", words(target.command()));
        facts.put("tty", target.tty());
        facts.put("server", session.server().address());
        String place = workload.job().or(workload::allocation).orElse("?")
                + workload.task().map(task -> "/" + task).orElse("");
        String what = target.action().orElse(String.join(" ", words(target.command())));
        return new CastHeader(facts, cut(what.isEmpty() ? place : place + ": " + what),
                session.since().getEpochSecond());
    }

    /** A client may send names and words as long as a header may be. */
    private static String cut(String text) {
        return text.length() <= LONGEST ? text
                : text.substring(0, Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST) + MORE;
    }

    private static List<String> words(List<String> command) {
        List<String> words = new ArrayList<>();
        int left = LONGEST_COMMAND;
        for (String word : command) {
            if (left <= 0) {
                words.add(MORE);
                break;
            }
            words.add(cut(word));
            left -= Math.min(word.length(), LONGEST) + A_WORD;
        }
        return words;
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
