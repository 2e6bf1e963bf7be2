package dev.nomadgate.tools;

import dev.nomadgate.client.IpLiteral;
import dev.nomadgate.policy.ExecAttempt;
import dev.nomadgate.session.ExecTarget;
import dev.nomadgate.session.Workload;
import java.net.InetAddress;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** An attempt to open a session, as the arguments of a command describe it; what they leave out is not known. */
final class AttemptArguments {

    private static final Set<String> OPTIONS = Set.of("--namespace", "--job", "--group", "--task", "--action",
            "--principal", "--roles", "--client", "--time");

    private final Map<String, String> values = new HashMap<>();
    private List<String> command = List.of();
    private Optional<String> file = Optional.empty();

    /** @throws IllegalArgumentException if they make no sense; says what to write instead */
    AttemptArguments(String... arguments) {
        int i = 0;
        if (arguments.length > 0 && !arguments[0].startsWith("-")) {
            file = Optional.of(arguments[i++]);
        }
        for (; i < arguments.length; i += 2) {
            if (arguments[i].equals("--")) {
                command = List.of(arguments).subList(i + 1, arguments.length);
                break;
            }
            if (!OPTIONS.contains(arguments[i])) {
                throw new IllegalArgumentException(arguments[i] + ": unknown option");
            }
            if (i + 1 == arguments.length) {
                throw new IllegalArgumentException(arguments[i] + ": its value is missing");
            }
            values.put(arguments[i], arguments[i + 1]);
        }
        if (values.containsKey("--action") && !command.isEmpty()) {
            throw new IllegalArgumentException(
                    "--action: an action has its command in the job; leave out what follows --");
        }
    }

    Optional<String> file() {
        return file;
    }

    /** @throws IllegalArgumentException if the address or the time is none */
    ExecAttempt attempt() {
        Optional<String> action = value("--action");
        Workload asked = new Workload(Optional.empty(), action.isPresent() ? value("--job") : Optional.empty(),
                Optional.empty(), value("--task"), Optional.empty(), Optional.empty());
        Workload told = new Workload(value("--namespace"), value("--job"), value("--group"), value("--task"),
                Optional.empty(), Optional.empty());
        ExecTarget target = new ExecTarget(action.isPresent() ? ExecTarget.Kind.ACTION : ExecTarget.Kind.EXEC,
                Optional.empty(), asked, action, command, false, false);
        List<String> roles = List.of(value("--roles").orElse("").split(","));
        return new ExecAttempt(target, told, value("--principal"), roles::contains, client(), time());
    }

    private InetAddress client() {
        String text = value("--client").orElse("127.0.0.1");
        return IpLiteral.parse(text).orElseThrow(() ->
                new IllegalArgumentException("--client " + text + ": this is not an IPv4 or IPv6 address"));
    }

    private Instant time() {
        Optional<String> text = value("--time");
        try {
            return text.map(time -> OffsetDateTime.parse(time).toInstant()).orElseGet(Instant::now);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("--time " + text.get()
                    + ": write it with its zone, such as 2026-11-26T09:00+01:00 or 2026-11-26T08:00Z");
        }
    }

    private Optional<String> value(String option) {
        return Optional.ofNullable(values.get(option));
    }
}
