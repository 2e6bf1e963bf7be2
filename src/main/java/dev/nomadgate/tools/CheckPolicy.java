package dev.nomadgate.tools;

import dev.nomadgate.config.ConfigSources;
import dev.nomadgate.config.GateConfigException;
import dev.nomadgate.config.GateConfigReader;
import dev.nomadgate.config.PolicyConfig;
import dev.nomadgate.policy.Decision;
import dev.nomadgate.policy.ExecAttempt;
import dev.nomadgate.policy.ExecPolicy;
import dev.nomadgate.policy.ExecRule;
import dev.nomadgate.session.Workload;
import java.io.PrintStream;
import java.util.Map;

/**
 * Says what the policy of a configuration would make of a session, which rule decides, and why those before it do not.
 *
 * <pre>{@code
 * java -cp 'WEB-INF/classes:WEB-INF/lib/*' dev.nomadgate.tools.CheckPolicy [nomad-gate.conf]
 *     [--namespace N] [--job J] [--group G] [--task T] [--action A] [--principal P] [--roles R,R]
 *     [--client ADDRESS] [--time 2026-11-26T09:00+01:00] [-- COMMAND WORD...]
 * }</pre>
 *
 * <p>With {@code --action} it is about an action, else about exec. What is left out is not known, but for the address
 * (127.0.0.1) and the time (now). Reads the configuration as {@link CheckConfig} does, and judges as in the mode
 * {@code enforce}, whatever the mode is.
 *
 * <p>Exit codes: 0 it is allowed, 1 the configuration is not right, 2 wrong arguments, 3 it is refused.
 */
public final class CheckPolicy {

    private static final String USAGE = "Usage: CheckPolicy [nomad-gate.conf] [--namespace N] [--job J] [--group G]"
            + " [--task T] [--action A] [--principal P] [--roles R,R] [--client ADDRESS] [--time TIME] [-- COMMAND WORD...]";

    private CheckPolicy() {
    }

    public static void main(String[] arguments) {
        ConfigSources sources = ConfigSources.ofProcess(Map.of(), CheckPolicy.class.getClassLoader());
        System.exit(run(sources, System.out, System.err, arguments));
    }

    /** What {@link #main} does, on given sources; returns the exit code. */
    public static int run(ConfigSources process, PrintStream out, PrintStream err, String... arguments) {
        try {
            AttemptArguments given = new AttemptArguments(arguments);
            ExecAttempt attempt = given.attempt();
            ConfigSources sources = given.file()
                    .map(file -> process.withSystemProperty(ConfigSources.FILE_LOCATION, file)).orElse(process);
            return judge(GateConfigReader.read(sources).policy(), attempt, out);
        } catch (GateConfigException e) {
            err.println(e.getMessage());
            return 1;
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage());
            err.println(USAGE);
            return 2;
        }
    }

    private static int judge(PolicyConfig config, ExecAttempt attempt, PrintStream out) {
        ExecPolicy policy = new ExecPolicy(config.in(PolicyConfig.Mode.ENFORCE));
        out.println(switch (config.mode()) {
            case OFF -> "mode: off, nothing is judged; enforce would";
            case REPORT_ONLY -> "mode: report-only, nothing is refused; enforce would";
            case ENFORCE -> "mode: enforce";
        });
        if (policy.needsWorkload(attempt.with(Workload.UNKNOWN))) {
            out.println("Nomad is asked about the allocation first");
        }
        policy.findings(attempt).forEach(finding -> out.println(describe(finding)));
        Decision decision = policy.judge(attempt);
        String by = decision.rule().equals(Decision.DEFAULT) ? "default" : "rule \"" + decision.rule() + "\"";
        if (decision instanceof Decision.Refused refused) {
            out.println("REFUSED by " + by + ": " + refused.reason());
            return 3;
        }
        out.println("ALLOWED by " + by);
        return 0;
    }

    private static String describe(ExecRule.Finding finding) {
        String rule = (finding.rule().allows() ? "allow" : "deny") + " \"" + finding.rule().name() + "\": ";
        return rule + switch (finding.applies()) {
            case YES -> "applies";
            case NO -> "does not apply, see its " + finding.because().get(0).setting();
            case UNKNOWN -> "may apply, not known: " + finding.unknown();
        };
    }
}
