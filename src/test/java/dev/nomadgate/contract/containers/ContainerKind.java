package dev.nomadgate.contract.containers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The containers on which every contract test must hold: {@code @ParameterizedTest @EnumSource} runs one on all.
 *
 * <p>Each is started as a process of its own with the JDK that runs the test, on a free port of 127.0.0.1, with
 * nothing of the tests on its class path.
 */
public enum ContainerKind {

    JETTY_EMBEDDED("Jetty embedded") {
        @Override
        List<String> program(GateOptions options, Path workDirectory) {
            List<String> command = new ArrayList<>();
            JettyBase.properties().forEach((name, value) -> command.add("-D" + name + "=" + value));
            command.addAll(options.jvmArgs()); // once more: they have the last word
            command.addAll(childMain("jetty", "JettyMain", options, workDirectory));
            return command;
        }
    },

    /** The distribution with a copy of our jetty-base. */
    JETTY_HOME("jetty-home") {
        @Override
        List<String> program(GateOptions options, Path workDirectory) {
            Path base = JettyBase.copyWith(options, workDirectory);
            Path home = Built.existing(Built.container("jetty-home").resolve("start.jar"));
            return List.of("-Djetty.base=" + base, "-jar", home.toString(), "jetty.http.host=127.0.0.1",
                    "jetty.http.port=" + port(options));
        }
    },

    TOMCAT_10_1("Tomcat 10.1") {
        @Override
        List<String> program(GateOptions options, Path workDirectory) {
            return tomcat("tomcat-10.1", options, workDirectory);
        }
    },

    TOMCAT_11("Tomcat 11") {
        @Override
        List<String> program(GateOptions options, Path workDirectory) {
            return tomcat("tomcat-11", options, workDirectory);
        }
    };

    /** Without this one, the container has none. */
    private static final Pattern WEB_SOCKET = Pattern.compile("tomcat-embed-websocket|jetty-ee10-websocket-jetty-server");

    private static final Map<List<Object>, GateContainer> SHARED = new ConcurrentHashMap<>();

    private final String display;

    ContainerKind(String display) {
        this.display = display;
    }

    /** What comes behind the JVM's own arguments: class path, main class and arguments. */
    abstract List<String> program(GateOptions options, Path workDirectory);

    /** Whether the container has a main class of the harness, so that it can redeploy and list MBeans. */
    public boolean isEmbedded() {
        return this != JETTY_HOME;
    }

    public boolean isTomcat() {
        return this == TOMCAT_10_1 || this == TOMCAT_11;
    }

    /**
     * Starts a container that is the caller's to close, and returns when the gate is deployed.
     *
     * @throws ContainerFailedToStart if it is not, within a minute
     */
    public GateContainer start(GateOptions options) {
        return GateContainer.start(this, options);
    }

    /** A running container with these options that other tests of the run use too; it ends with the run. */
    public GateContainer shared(GateOptions options) {
        return SHARED.compute(List.of(this, options), (key, running) ->
                running != null && running.isAlive() ? running : start(options));
    }

    @Override
    public String toString() {
        return display;
    }

    /** A free one, unless the options name one that is known to be: {@code -Dtest.port}, as the harness's mains read it. */
    private static String port(GateOptions options) {
        String property = "-Dtest.port=";
        return options.jvmArgs().stream().filter(arg -> arg.startsWith(property))
                .map(arg -> arg.substring(property.length())).findFirst().orElse("0");
    }

    private static List<String> tomcat(String directory, GateOptions options, Path workDirectory) {
        // As Tomcat's own script does: without them it cannot look for what a web application left behind.
        List<String> command = new ArrayList<>(List.of(
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
                "--add-opens=java.base/java.io=ALL-UNNAMED",
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
                "--add-opens=java.rmi/sun.rmi.transport=ALL-UNNAMED"));
        command.addAll(childMain(directory, "TomcatMain", options, workDirectory));
        return command;
    }

    private static List<String> childMain(String directory, String main, GateOptions options, Path workDirectory) {
        List<String> command = new ArrayList<>(List.of(
                "-cp", Built.existing(Built.container("main")) + ":" + jars(Built.existing(Built.container(directory)), options),
                "dev.nomadgate.contract.containers.main." + main,
                Built.existing(options.war()).toString(), workDirectory.toString()));
        for (GateOptions.Deployment deployment : options.deployments()) {
            command.add(deployment.contextPath());
            deployment.settings().forEach((name, value) -> command.add("nomad-gate." + name + "=" + value));
        }
        return command;
    }

    private static String jars(Path directory, GateOptions options) {
        if (options.webSocket()) {
            return directory + "/*";
        }
        try (Stream<Path> jars = Files.list(directory)) {
            return jars.map(Path::toString).filter(jar -> !WEB_SOCKET.matcher(jar).find()).collect(Collectors.joining(":"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
