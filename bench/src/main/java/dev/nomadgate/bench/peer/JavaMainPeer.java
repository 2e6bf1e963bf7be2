package dev.nomadgate.bench.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A Java proxy that has a main class here. Its arguments: port, upstream port, directory, and for TLS key store and
 * trust store.
 */
abstract class JavaMainPeer implements Peer {

    private final String name;
    private final String main;
    private final String artifact;

    /** @param artifact whose version is that of the peer */
    JavaMainPeer(String name, String main, String artifact) {
        this.name = name;
        this.main = main;
        this.artifact = artifact;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final boolean isJava() {
        return true;
    }

    @Override
    public final List<String> command(Site site) {
        Installation installation = site.installation();
        List<String> command = installation.jvm(site.directory());
        command.addAll(List.of("-cp", installation.benchClassPath(),
                "dev.nomadgate.bench.peer.main." + main,
                Integer.toString(site.port()), Integer.toString(site.upstream()), site.directory().toString()));
        if (site.isTls()) {
            command.addAll(List.of(site.certificates().keyStore().toString(),
                    site.certificates().trustStore().toString()));
        }
        return command;
    }

    @Override
    public final String version(Installation installation) throws IOException {
        String prefix = artifact + "-";
        try (Stream<Path> jars = Files.list(installation.libraries())) {
            return jars.map(jar -> jar.getFileName().toString())
                    .filter(jar -> jar.startsWith(prefix) && Character.isDigit(jar.charAt(prefix.length())))
                    .findFirst().orElseThrow().replace(prefix, "").replace(".jar", "");
        }
    }
}
