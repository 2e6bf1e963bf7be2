package dev.nomadgate.bench.peer;

import dev.nomadgate.bench.wire.Tls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** The gate on jetty-home, with the repository's jetty-base; for TLS with Jetty's own module besides. */
public final class GateOnJetty implements Peer {

    @Override
    public String name() {
        return "gate-jetty";
    }

    @Override
    public boolean isJava() {
        return true;
    }

    @Override
    public List<String> command(Site site) throws IOException {
        Installation installation = site.installation();
        Path base = site.file("jetty-base");
        copy(installation.tree().resolve("jetty-base"), base);
        leaveOutRequestLog(base.resolve("start.d/nomad-gate.ini"));
        Files.copy(installation.war(), base.resolve("webapps/nomad-gate.war"), StandardCopyOption.REPLACE_EXISTING);
        List<String> command = installation.gateJvm(site.directory());
        command.addAll(List.of(
                "-Dnomad-gate.config=" + GateSettings.write(site),
                "-Djetty.base=" + base,
                "-jar", installation.container("jetty-home").resolve("start.jar").toString()));
        if (site.isTls()) {
            command.addAll(List.of(
                    "--module=https",
                    "jetty.http.port=0",
                    "jetty.ssl.host=127.0.0.1",
                    "jetty.ssl.port=" + site.port(),
                    "jetty.ssl.idleTimeout=360000",
                    "jetty.sslContext.keyStorePath=" + site.certificates().keyStore(),
                    "jetty.sslContext.keyStorePassword=" + Tls.PASSWORD,
                    "jetty.sslContext.sniRequired=false"));
        } else {
            command.add("jetty.http.port=" + site.port());
        }
        return command;
    }

    @Override
    public String version(Installation installation) throws IOException, InterruptedException {
        String prefix = "jetty-server-";
        try (Stream<Path> jars = Files.list(installation.container("jetty-home").resolve("lib"))) {
            return Revision.of(installation) + ", Jetty " + jars.map(jar -> jar.getFileName().toString())
                    .filter(jar -> jar.startsWith(prefix)).findFirst().orElse("?")
                    .replace(prefix, "").replace(".jar", "");
        }
    }

    /** No peer has an access log. */
    private static void leaveOutRequestLog(Path ini) throws IOException {
        Files.writeString(ini, Files.readString(ini).replace(",requestlog", ""));
    }

    private static void copy(Path source, Path target) throws IOException {
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : files.toList()) {
                Files.copy(file, target.resolve(source.relativize(file).toString()),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
