package dev.nomadgate.bench.peer;

import dev.nomadgate.bench.Commands;
import dev.nomadgate.bench.wire.Tls;
import java.io.IOException;
import java.util.List;

/** The gate on Tomcat 11, with the connector of the README. */
public final class GateOnTomcat implements Peer {

    @Override
    public String name() {
        return "gate-tomcat";
    }

    @Override
    public boolean isJava() {
        return true;
    }

    @Override
    public List<String> command(Site site) throws IOException {
        Installation installation = site.installation();
        List<String> command = installation.gateJvm(site.directory());
        command.addAll(List.of(
                "-Dnomad-gate.config=" + GateSettings.write(site),
                // As Tomcat's own script does.
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
                "--add-opens=java.base/java.io=ALL-UNNAMED",
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
                "--add-opens=java.rmi/sun.rmi.transport=ALL-UNNAMED",
                "-cp", installation.benchClasses() + ":" + installation.container("tomcat-11") + "/*",
                "dev.nomadgate.bench.peer.main.TomcatMain",
                installation.war().toString(), site.directory().toString(), Integer.toString(site.port())));
        if (site.isTls()) {
            command.addAll(List.of(site.certificates().keyStore().toString(), Tls.PASSWORD));
        }
        return command;
    }

    @Override
    public String version(Installation installation) throws IOException, InterruptedException {
        return Revision.of(installation) + ", " + Commands.run(installation.tree(), installation.tool("java"), "-cp",
                installation.container("tomcat-11") + "/*", "org.apache.catalina.util.ServerInfo")
                .lines().filter(line -> line.startsWith("Server version")).findFirst().orElse("?")
                .replaceFirst(".*Apache ", "").replace('/', ' ');
    }
}
