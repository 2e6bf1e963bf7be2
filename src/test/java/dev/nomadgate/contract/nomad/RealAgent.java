package dev.nomadgate.contract.nomad;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.nomadgate.standin.RawHttp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@code nomad agent -dev} on loopback and free ports, with {@code raw_exec}; it ends with this object. */
final class RealAgent implements NomadCluster {

    private static final Duration START_TIME = Duration.ofSeconds(60);
    private static final Pattern RUNNING = Pattern.compile("\"ClientStatus\":\"running\".*?\"ID\":\"([0-9a-f-]{36})\"");

    private static final String NO_LIMIT = "http_max_conns_per_client = 0";

    /** What the node advertises for HTTP, and where nobody listens. Port 9 is the discard service, which nobody runs. */
    static final String NODE = "127.0.0.1:9";
    /** A line of the task's stderr. */
    static final String COMPLAINT = "The task complains";
    /** A file in the task's local directory, and what it contains. */
    static final String FILE = "note.txt";
    static final String FILE_SAYS = "A note for the browser";

    private static final Pattern SECRET = Pattern.compile("\"SecretID\":\"([0-9a-f-]{36})\"");

    private final Path directory;
    private final Path lines;
    private final int port;
    private final Process process;
    private final Thread endOfRun = new Thread(this::end, "end of agent");
    private String token = "";
    private String alloc;
    private int changes;

    private RealAgent(Path binary, boolean acls, String limits) throws IOException {
        directory = Files.createTempDirectory("nomad-gate-agent");
        lines = Files.createFile(directory.resolve("lines"));
        List<Integer> ports = freePorts();
        port = ports.get(0);
        Path config = Files.writeString(directory.resolve("agent.hcl"), config(ports, limits) + "acl { enabled = " + acls + " }\n");
        ProcessBuilder builder = new ProcessBuilder(binary.toString(), "agent", "-dev", "-config", config.toString())
                .redirectErrorStream(true).redirectOutput(log().toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("NOMAD_") || name.equals("AWS_CA_BUNDLE"));
        builder.environment().put("TMPDIR", directory.toString());
        process = builder.start();
        Runtime.getRuntime().addShutdownHook(endOfRun);
    }

    /** Starts an agent and its job, and returns when the task runs. */
    static RealAgent start(Path binary) {
        return start(binary, false, NO_LIMIT);
    }

    /** One that lets nobody do anything without {@link #token()}. */
    static RealAgent startWithAcls(Path binary) {
        return start(binary, true, NO_LIMIT);
    }

    /** One that allows a client address as many connections as Nomad does by default. */
    static RealAgent startWithNomadsLimit(Path binary) {
        return start(binary, false, "");
    }

    private static RealAgent start(Path binary, boolean acls, String limits) {
        RealAgent agent;
        try {
            agent = new RealAgent(binary, acls, limits);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            agent.awaitRunningTask(acls);
            return agent;
        } catch (RuntimeException e) {
            String log = agent.logText();
            agent.close();
            throw new IllegalStateException("the agent did not run a task; its log:\n" + log, e);
        }
    }

    private void awaitRunningTask(boolean acls) {
        await().atMost(START_TIME).ignoreExceptions().until(() ->
                request("GET", "/v1/status/leader", "").text().contains("127.0.0.1"));
        if (acls) {
            await().atMost(START_TIME).until(() -> {
                Matcher secret = SECRET.matcher(request("PUT", "/v1/acl/bootstrap", "").text());
                token = secret.find() ? secret.group(1) : "";
                return !token.isEmpty();
            });
        }
        await().atMost(START_TIME).until(() -> request("GET", "/v1/nodes", "").text().contains("\"Status\":\"ready\""));
        register(JOB, "service", 1, """
                {"Name": "%s", "Driver": "raw_exec",
                 "Config": {"command": "/bin/sh", "args": ["-c", "echo '%s' >&2; echo '%s' > local/%s; exec tail -n +1 -F %s"]},
                 "Actions": [{"Name": "%s", "Command": "/bin/sh", "Args": ["-c", "echo '%s'"]}]}
                """.formatted(TASK, COMPLAINT, FILE_SAYS, FILE, lines, ACTION, ACTION_SAYS), 0);
        change();
        await().atMost(START_TIME).until(() -> {
            Matcher running = RUNNING.matcher(request("GET", "/v1/job/" + JOB + "/allocations", "").text());
            alloc = running.find() ? running.group(1) : null;
            return alloc != null;
        });
    }

    /**
     * The CLI and the UI go to a node's advertised address first, past the gate: there must be nobody there. A page that
     * is left leaves its long polls behind, and each counts for minutes: a hundred would not do for a walk.
     */
    private static String config(List<Integer> ports, String limits) {
        return """
                bind_addr = "127.0.0.1"
                disable_update_check = true
                log_level = "warn"
                ports {
                  http = %d
                  rpc  = %d
                  serf = %d
                }
                advertise {
                  http = "%s"
                  rpc  = "127.0.0.1"
                  serf = "127.0.0.1"
                }
                limits {
                  %s
                }
                client {
                  cpu_total_compute = 2000
                }
                plugin "raw_exec" {
                  config {
                    enabled = true
                  }
                }
                """.formatted(ports.get(0), ports.get(1), ports.get(2), NODE, limits);
    }

    private static List<Integer> freePorts() throws IOException {
        try (ServerSocket one = free(); ServerSocket two = free(); ServerSocket three = free()) {
            return List.of(one.getLocalPort(), two.getLocalPort(), three.getLocalPort());
        }
    }

    private static ServerSocket free() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
    }

    private void register(String job, String type, int count, String task, int change) {
        RawHttp.Response answer = request("PUT", "/v1/jobs", """
                {"Job": {"ID": "%s", "Name": "%s", "Type": "%s", "Datacenters": ["*"],
                 "Meta": {"change": "%d"},
                 "TaskGroups": [{"Name": "%s", "Count": %d, "Tasks": [%s]}]}}
                """.formatted(job, job, type, change, GROUP, count, task));
        if (answer.status() != 200) {
            throw new IllegalStateException(answer.status() + " " + answer.text());
        }
    }

    private RawHttp.Response request(String method, String target, String body) {
        try {
            return RawHttp.send("127.0.0.1", port, RawHttp.request(method, "127.0.0.1", port, target,
                    "Connection: close", "X-Nomad-Token: " + token, "Content-Length: " + body.length()) + body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path log() {
        return directory.resolve("agent.log");
    }

    /** Registers a job that does nothing. */
    void addJob(String name) {
        register(name, "batch", 0, """
                {"Name": "never", "Driver": "raw_exec", "Config": {"command": "/bin/true"}}
                """, 0);
    }

    String logText() {
        try {
            return Files.readString(log());
        } catch (IOException e) {
            return "(none: " + e.getMessage() + ")";
        }
    }

    /** The token that may do everything; empty without ACLs. */
    String token() {
        return token;
    }

    /** Skips the test if the binary was built without the web UI. */
    void assumeUi() {
        try {
            assumeTrue(RawHttp.get("127.0.0.1", address().getPort(), "/ui/").text().contains("nomad-ui/config/environment"),
                    RealNomad.BINARY + " was built without the web UI");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    @Override
    public String alloc() {
        return alloc;
    }

    @Override
    public void log(String line) {
        try {
            Files.writeString(lines, line + "\n", StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void change() {
        register(SLASH_JOB, "batch", 0, """
                {"Name": "never", "Driver": "raw_exec", "Config": {"command": "/bin/true"}}
                """, ++changes);
    }

    @Override
    public void stir() {
        request("GET", "/v1/status/leader", "");
    }

    @Override
    public void close() {
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(endOfRun);
        } catch (IllegalStateException e) {
            // The run is ending; the hook is this call's elder sister.
        }
    }

    /** A dev agent ends its tasks when it is told to stop; whatever stayed of what it started is ended here. */
    private void end() {
        List<ProcessHandle> started = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        started.forEach(ProcessHandle::destroyForcibly);
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException | UncheckedIOException e) {
            // It is in the temporary directory; a test's verdict does not depend on it.
        }
    }
}
