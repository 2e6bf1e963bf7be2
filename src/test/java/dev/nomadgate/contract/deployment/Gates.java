package dev.nomadgate.contract.deployment;

import static org.awaitility.Awaitility.await;

import dev.nomadgate.contract.containers.ContainerKind;
import dev.nomadgate.contract.containers.GateOptions;
import dev.nomadgate.contract.deployment.main.GatesOnJetty;
import dev.nomadgate.contract.deployment.main.GatesOnTomcat;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One container with several gates, or without WebSocket, in a process that ends with this object. */
final class Gates implements AutoCloseable {

    /** Without this one, the container has none. */
    private static final Pattern WEB_SOCKET =
            Pattern.compile("tomcat-embed-websocket|jetty-ee10-websocket-jetty-server");

    private final Path output;
    private final Process process;

    private Gates(Path output, Process process) {
        this.output = output;
        this.process = process;
    }

    /** Starts it with a gate for each pair of context path and address; returns when it runs or has refused. */
    static Gates start(ContainerKind kind, boolean webSocket, Path directory, String... pathsAndAddresses)
            throws IOException {
        Class<?> main = kind.isTomcat() ? GatesOnTomcat.class : GatesOnJetty.class;
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m", "-cp",
                classPath(kind, webSocket, copyOf(main, directory)), main.getName(),
                GateOptions.defaults().war().toString(), directory.toString()));
        command.addAll(List.of(pathsAndAddresses));
        Path output = directory.resolve("output");
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("NOMAD_"));
        Gates gates = new Gates(output, builder.start());
        await().atMost(Duration.ofSeconds(60)).until(() ->
                !gates.process.isAlive() || gates.line("port").or(() -> gates.line("refused")).isPresent());
        return gates;
    }

    private static String classPath(ContainerKind kind, boolean webSocket, Path main) throws IOException {
        String directory = switch (kind) {
            case TOMCAT_10_1 -> "tomcat-10.1";
            case TOMCAT_11 -> "tomcat-11";
            default -> "jetty";
        };
        Path jars = Path.of(System.getProperty("nomad-gate.test.containers", "target/containers")).resolve(directory);
        try (Stream<Path> files = Files.list(jars)) {
            List<String> path = new ArrayList<>(List.of(main.toString()));
            files.map(Path::toString).filter(jar -> webSocket || !WEB_SOCKET.matcher(jar).find())
                    .forEach(path::add);
            return String.join(":", path);
        }
    }

    /** The main class and nothing else of the tests. */
    private static Path copyOf(Class<?> main, Path directory) throws IOException {
        String file = main.getName().replace('.', '/') + ".class";
        Path copy = directory.resolve("classes").resolve(file);
        Files.createDirectories(copy.getParent());
        try (InputStream bytes = main.getClassLoader().getResourceAsStream(file)) {
            Files.copy(bytes, copy);
        }
        return directory.resolve("classes");
    }

    private Optional<String> line(String start) {
        return output().lines().filter(line -> line.startsWith(start)).findFirst();
    }

    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return Integer.parseInt(line("port").orElseThrow(() -> new AssertionError(output())).substring("port ".length()));
    }

    boolean refused() {
        return line("refused").isPresent();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(15, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
