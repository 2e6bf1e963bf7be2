package dev.nomadgate.tools;

import dev.nomadgate.config.ConfigSources;
import dev.nomadgate.config.DiscoveryConfig;
import dev.nomadgate.config.Durations;
import dev.nomadgate.config.GateConfig;
import dev.nomadgate.config.GateConfigException;
import dev.nomadgate.config.GateConfigReader;
import dev.nomadgate.config.PolicyConfig;
import dev.nomadgate.config.ServerSource;
import dev.nomadgate.config.TlsConfig;
import dev.nomadgate.upstream.Server;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;

/**
 * Says whether a gate would start with this configuration: {@code OK} and what is in effect, or
 * every mistake.
 *
 * <pre>{@code
 * java -cp 'WEB-INF/classes:WEB-INF/lib/*' dev.nomadgate.tools.CheckConfig [nomad-gate.conf]
 * }</pre>
 *
 * <p>Reads what the gate reads: system properties ({@code -Dnomad-gate.…} before the class name),
 * the variables of Nomad's CLI, and the file; without an argument the file is looked for where the
 * gate looks for it. Only the context parameters of a web application are unknown here.
 *
 * <p>Exit codes: 0 the configuration is right, 1 it is not, 2 wrong arguments.
 */
public final class CheckConfig {

    private CheckConfig() {
    }

    public static void main(String[] arguments) {
        ConfigSources sources = ConfigSources.ofProcess(Map.of(), CheckConfig.class.getClassLoader());
        System.exit(run(sources, System.out, System.err, arguments));
    }

    /** What {@link #main} does, on given sources; returns the exit code. */
    public static int run(ConfigSources process, PrintStream out, PrintStream err, String... arguments) {
        if (arguments.length > 1) {
            err.println("Usage: CheckConfig [nomad-gate.conf]");
            return 2;
        }
        ConfigSources sources = arguments.length == 0
                ? process : process.withSystemProperty(ConfigSources.FILE_LOCATION, arguments[0]);
        try {
            GateConfig config = GateConfigReader.read(sources);
            out.println("OK");
            out.println("file: " + GateConfigReader.file(sources).orElse("none"));
            config.upstream().sources().forEach(source -> out.println("server: " + describe(source)));
            DiscoveryConfig discovery = config.upstream().discovery();
            if (discovery.members()) {
                out.println("members: asked every " + Durations.render(discovery.membersInterval()));
            }
            out.println("tls: " + describe(config.upstream().tls()));
            out.println("policy: " + describe(config.policy()));
            return 0;
        } catch (GateConfigException e) {
            err.println(e.getMessage());
            return 1;
        }
    }

    private static String describe(ServerSource source) {
        Server server = source.server();
        return source + ", weight " + server.weight() + (server.backup() ? ", backup" : "")
                + (server.down() ? ", down" : "")
                + source.query().map(query -> ", looked up in DNS").orElse("");
    }

    private static String describe(PolicyConfig policy) {
        String rules = policy.rules().size() + " rules, else " + (policy.allowsByDefault() ? "allow" : "deny");
        return switch (policy.mode()) {
            case OFF -> "off";
            case REPORT_ONLY -> "report-only, " + rules;
            case ENFORCE -> "enforced, " + rules;
        };
    }

    private static String describe(TlsConfig tls) {
        return (tls.skipVerify() ? "NOT VERIFIED" : "verified by " + tls.caCert().map(Path::toString).orElse("the JDK"))
                + tls.serverName().map(name -> ", expecting " + name).orElse("")
                + tls.clientCert().map(cert -> ", presenting " + cert).orElse("");
    }
}
