package dev.nomadgate.autobahn;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** The suite's own program, which is both the fuzzing client and an echo server that keeps to the standard. */
final class Wstest implements AutoCloseable {

    /** Deflate, which neither Nomad nor the gate offers; all cases of these two chapters begin with offering it. */
    private static final String LEFT_OUT = "\"12.*\", \"13.*\"";

    private final Path program;
    private final Path directory;
    private final int echoPort = freePort();
    private final Process echo;

    private Wstest(Path program, Path directory) throws IOException {
        this.program = program;
        this.directory = Files.createDirectories(directory);
        this.echo = start("echo", "-m", "testeeserver", "-w", echoAddress().toString().replace("http", "ws"));
    }

    /**
     * Starts the echo server.
     *
     * @param program {@code wstest}
     * @param directory for its logs and reports
     */
    static Wstest start(Path program, Path directory) throws IOException {
        Wstest wstest = new Wstest(program, directory);
        try {
            Awaitility.await("the echo server").atMost(Duration.ofSeconds(30)).until(wstest::echoes);
        } catch (RuntimeException e) {
            wstest.close();
            throw e;
        }
        return wstest;
    }

    /** Where the echo server is. */
    URI echoAddress() {
        return URI.create("http://127.0.0.1:" + echoPort);
    }

    /**
     * Puts servers through the cases, one after the other.
     *
     * @param servers their {@code ws:} addresses by their names
     * @param cases as the suite's specification names them, with commas between; {@code *} for all
     */
    Results run(Map<String, URI> servers, String cases) throws IOException, InterruptedException {
        String list = servers.entrySet().stream()
                .map(server -> "{\"agent\": \"" + server.getKey() + "\", \"url\": \"" + server.getValue() + "\"}")
                .collect(Collectors.joining(", "));
        Path specification = Files.writeString(directory.resolve("specification.json"),
                "{\"outdir\": \"" + directory.resolve("reports") + "\", \"servers\": [" + list + "], \"cases\": [" + quoted(cases)
                        + "], \"exclude-cases\": [" + LEFT_OUT + "], \"exclude-agent-cases\": {}}");
        Process client = start("client", "-m", "fuzzingclient", "-s", specification.toString());
        try {
            if (client.waitFor() != 0) {
                throw new IOException(program + " failed: see " + log("client"));
            }
        } finally {
            client.destroy();
        }
        return Results.read(directory.resolve("reports").resolve("index.json"));
    }

    private static String quoted(String cases) {
        return Stream.of(cases.split(",")).map(each -> "\"" + each + "\"").collect(Collectors.joining(", "));
    }

    private Process start(String name, String... arguments) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(program.toString()).redirectErrorStream(true)
                .redirectOutput(log(name).toFile()).directory(directory.toFile());
        builder.command().addAll(List.of(arguments));
        return builder.start();
    }

    private Path log(String name) {
        return directory.resolve(name + ".log");
    }

    private boolean echoes() {
        if (!echo.isAlive()) {
            throw new IllegalStateException(program + " ended: see " + log("echo"));
        }
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", echoPort), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        echo.destroy();
        try {
            if (!echo.waitFor(10, TimeUnit.SECONDS)) {
                echo.destroyForcibly();
            }
        } catch (InterruptedException e) {
            echo.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
