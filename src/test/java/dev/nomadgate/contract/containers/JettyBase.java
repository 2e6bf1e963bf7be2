package dev.nomadgate.contract.containers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The directory an operator gives to jetty-home. */
final class JettyBase {

    private JettyBase() {
    }

    /** The settings of the ini files in start.d, Jetty's and the JVM's ({@code -Dname=value}). */
    static Map<String, String> properties() {
        Map<String, String> properties = new TreeMap<>();
        try (Stream<Path> files = Files.list(Built.existing(Built.jettyBase()).resolve("start.d"))) {
            for (Path file : files.sorted().toList()) {
                for (String text : Files.readAllLines(file)) {
                    String line = text.startsWith("-D") ? text.substring("-D".length()) : text;
                    int equals = line.indexOf('=');
                    if (equals > 0 && !line.startsWith("#") && !line.startsWith("-")) {
                        properties.put(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }

    static Path copyWith(GateOptions options, Path workDirectory) {
        Path source = Built.existing(Built.jettyBase());
        Path base = workDirectory.resolve("jetty-base");
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : files.toList()) {
                Files.copy(file, base.resolve(source.relativize(file).toString()), StandardCopyOption.COPY_ATTRIBUTES);
            }
            if (options.hasRealm()) {
                enableRealm(base);
            }
            GateOptions.Deployment first = options.deployments().get(0);
            if (options.deployments().size() == 1 && first.settings().isEmpty()) {
                deployPlainly(base, options.war(), first.contextPath());
            } else {
                deploySeveral(base, options.war(), options.deployments());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return base;
    }

    /** As the files themselves tell how to. */
    private static void enableRealm(Path base) throws IOException {
        Path ini = base.resolve("start.d/nomad-gate.ini");
        Files.writeString(ini, Files.readString(ini).replace("\n# --modules=gate-realm\n", "\n--modules=gate-realm\n"));
        Path users = base.resolve("etc/gate-realm.properties");
        Files.writeString(users, Files.readString(users).replace("# monitoring: change-me,", "viewer: viewer,")
                .replace("# operator: change-me-too,", "admin: admin,") + "guest: guest,other\n");
    }

    /** As the README tells how to install: the WAR next to the shipped context file. */
    private static void deployPlainly(Path base, Path war, String contextPath) throws IOException {
        Path webapps = base.resolve("webapps");
        Files.copy(Built.existing(war), webapps.resolve("nomad-gate.war"));
        if (!contextPath.equals("/")) {
            Path file = webapps.resolve("nomad-gate.xml");
            Files.writeString(file, at(contextPath, Files.readString(file)));
        }
    }

    /** As the README tells how to set up several gates: a context file for each, the WAR outside of webapps. */
    private static void deploySeveral(Path base, Path war, List<GateOptions.Deployment> deployments) throws IOException {
        Files.copy(Built.existing(war), base.resolve("nomad-gate.war"));
        Path shipped = base.resolve("webapps/nomad-gate.xml");
        String context = Files.readString(shipped);
        Files.delete(shipped);
        for (GateOptions.Deployment deployment : deployments) {
            StringBuilder parameters = new StringBuilder();
            deployment.settings().forEach((name, value) -> parameters.append("""
                    <Call name="setInitParameter"><Arg>nomad-gate.%s</Arg><Arg>%s</Arg></Call>
                    """.formatted(name, value)));
            String file = "gate" + deployment.contextPath().replace('/', '-') + ".xml";
            Files.writeString(base.resolve("webapps").resolve(file), at(deployment.contextPath(), context)
                    .replace("/webapps/nomad-gate.war", "/nomad-gate.war")
                    .replace("</Configure>", parameters + "</Configure>"));
        }
    }

    private static String at(String contextPath, String context) {
        return context.replace("<Set name=\"contextPath\">/<", "<Set name=\"contextPath\">" + contextPath + "<");
    }
}
