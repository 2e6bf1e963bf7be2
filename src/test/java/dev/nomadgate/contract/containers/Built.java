package dev.nomadgate.contract.containers;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the build put what the harness runs. The system properties are set in pom.xml; an IDE gets the defaults. */
final class Built {

    private Built() {
    }

    static Path war() {
        return path("nomad-gate.test.war", "target/nomad-gate.war");
    }

    /** A directory of {@code target/containers}. */
    static Path container(String name) {
        return path("nomad-gate.test.containers", "target/containers").resolve(name);
    }

    static Path jettyBase() {
        return path("nomad-gate.test.jetty-base", "jetty-base");
    }

    /** The path itself, once it is certain that the build has made it. */
    static Path existing(Path path) {
        if (!Files.exists(path)) {
            throw new IllegalStateException(path + " is missing; \"mvn pre-integration-test -DskipTests\" makes it");
        }
        return path;
    }

    private static Path path(String property, String fallback) {
        return Path.of(System.getProperty(property, fallback)).toAbsolutePath();
    }
}
