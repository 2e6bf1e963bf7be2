package dev.nomadgate.contract.containers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A container with a gate in it, running in a process of its own; closing it ends the process. */
public final class GateContainer implements AutoCloseable {

    private static final Duration START_TIME = Duration.ofSeconds(60);
    private static final Duration STOP_TIME = Duration.ofSeconds(15);
    private static final Path JAVA_BIN = Path.of(System.getProperty("java.home"), "bin");

    private static final Pattern CHILD_PORT = Pattern.compile("\\[child] port (\\d+)");
    private static final Pattern JETTY_PORT = Pattern.compile("Started oejs\\.ServerConnector@.*\\{127\\.0\\.0\\.1:(\\d+)}");
    private static final Pattern CHILD_FAILED = Pattern.compile("\\[child] failed .*");
    private static final Pattern JETTY_FAILED = Pattern.compile("Failed startup of context");

    /** Jetty's pool, and that of the JDK, which Tomcat's is. */
    private static final Pattern WAITS_IN_A_POOL = Pattern.compile(
            "QueuedThreadPool\\$Runner\\.idleJobPoll|ReservedThread\\.waitForTask|ThreadPoolExecutor\\.getTask");

    private final ContainerKind kind;
    private final GateOptions options;
    private final Path workDirectory;
    private final Process process;
    private final Output output;
    private int port;

    private GateContainer(ContainerKind kind, GateOptions options, Path workDirectory, Process process) {
        this.kind = kind;
        this.options = options;
        this.workDirectory = workDirectory;
        this.process = process;
        this.output = new Output(process);
    }

    static GateContainer start(ContainerKind kind, GateOptions options) {
        GateContainer container;
        try {
            Path workDirectory = Files.createTempDirectory("nomad-gate-test");
            // Most live for seconds: the second compiler and a collector's threads would take more than they give.
            List<String> command = new ArrayList<>(List.of(JAVA_BIN.resolve("java").toString(), "-Xmx128m",
                    "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Djava.io.tmpdir=" + workDirectory));
            command.addAll(options.jvmArgs());
            options.settings().forEach((name, value) -> command.add("-Dnomad-gate." + name + "=" + value));
            if (options.configFile().isPresent()) {
                Path file = Files.writeString(workDirectory.resolve("nomad-gate.conf"), options.configFile().get());
                command.add("-Dnomad-gate.config=" + file);
            }
            command.addAll(kind.program(options, workDirectory));
            ProcessBuilder builder = new ProcessBuilder(command).directory(workDirectory.toFile()).redirectErrorStream(true);
            // What the machine of the test run happens to set is not part of a test.
            builder.environment().keySet().removeIf(name -> name.startsWith("NOMAD_")
                    || Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "JETTY_BASE", "JETTY_HOME").contains(name));
            builder.environment().putAll(options.environment());
            container = new GateContainer(kind, options, workDirectory, builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(container.endOfRun);
        try {
            container.awaitDeployment();
            return container;
        } catch (RuntimeException e) {
            container.close();
            throw e;
        }
    }

    /** A child must not outlive the test run, whoever forgot it. */
    private final Thread endOfRun = new Thread(this::stop, "end of run");

    private void awaitDeployment() {
        boolean embedded = kind.isEmbedded();
        Pattern started = embedded ? CHILD_PORT : JETTY_PORT;
        Pattern failed = embedded ? CHILD_FAILED : JETTY_FAILED;
        String line = output.await(text -> started.matcher(text).find() || failed.matcher(text).find(), START_TIME);
        if (line == null) {
            throw new ContainerFailedToStart(kind + (isAlive() ? " said nothing for " + START_TIME : " ended"), output());
        }
        Matcher port = started.matcher(line);
        // Jetty says that a deployment failed before it ends, or says that its connector is open.
        if (!port.find() || output().stream().anyMatch(text -> failed.matcher(text).find())) {
            stop();
            throw new ContainerFailedToStart(kind + " could not deploy the gate", output());
        }
        this.port = Integer.parseInt(port.group(1));
    }

    public ContainerKind kind() {
        return kind;
    }

    public GateOptions options() {
        return options;
    }

    public int port() {
        return port;
    }

    /** The (first) gate's own address, without a slash at the end. */
    public URI uri() {
        String path = options.contextPath();
        return URI.create(origin() + (path.equals("/") ? "" : path));
    }

    /** The address of a raw path below the gate's context, which begins with a slash. */
    public URI uri(String path) {
        return URI.create(uri() + path);
    }

    /** The container's address without any context path, and without a slash at the end. */
    public URI origin() {
        return URI.create("http://127.0.0.1:" + port);
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** What the process printed so far on both its streams, line by line. */
    public List<String> output() {
        return output.lines();
    }

    /** The lines of the container's access log so far, wherever it keeps that; embedded Jetty has none. */
    public List<String> accessLog() {
        Path logs = workDirectory.resolve(kind.isEmbedded() ? "logs" : "jetty-base/logs");
        try (Stream<Path> files = Files.list(logs)) {
            List<String> lines = new ArrayList<>();
            for (Path file : files.filter(each -> each.getFileName().toString().matches(".*(request|access).*")).toList()) {
                lines.addAll(Files.readAllLines(file));
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The lines of stack traces printed from a line on: nothing that a client or Nomad does is worth one in an
     * operator's log. Left out is what Tomcat and the JDK do on their own: Tomcat's parser writes one for the first
     * request that it refuses before any web application is asked, its WebSocket one when a browser breaks the
     * connection in the moment in which a frame was written, and its adapter one, as information, when it has to clear
     * a request away at a connection's end: seen once in some ten full runs, its cause not found.
     */
    public List<String> stackTraces(int from) {
        return output().stream().skip(from)
                .filter(line -> line.matches("\\s+at (?!org\\.apache\\.(coyote|tomcat)\\.|java\\.base/"
                        + "|org\\.apache\\.catalina\\.connector\\.CoyoteAdapter\\.checkRecycled)\\S+\\(.*\\)"))
                .toList();
    }

    /**
     * What Tomcat says an undeployed gate has left behind. Not its own Catalina-utility threads: the embedded one may start
     * them during a deployment, and they have the gate's class loader while they look after it, every ten seconds.
     */
    public List<String> leaksTold() {
        return output().stream()
                .filter(line -> line.matches(
                        ".*(appears to have started a thread|memory leak|ThreadLocal|failed to stop).*"))
                .filter(line -> !line.contains("[Catalina-utility-"))
                .toList();
    }

    /**
     * The first line printed, before or after this call, in which the pattern is found.
     *
     * @throws AssertionError if there is none within 10 seconds
     */
    public String awaitOutput(String regex) {
        String line = output.await(Pattern.compile(regex).asPredicate(), Duration.ofSeconds(10));
        if (line == null) {
            throw new AssertionError(kind + " did not print " + regex + " but:\n" + String.join("\n", output()));
        }
        return line;
    }

    /** The live threads' names, sorted, without the JVM's own that come and go. */
    public List<String> threadNames() {
        return threads().map(GateContainer::threadName).sorted().toList();
    }

    /** Those of them that do not just wait in a pool for something to do: how many do tells how busy the machine was once. */
    public List<String> occupiedThreadNames() {
        return threads().filter(thread -> !WAITS_IN_A_POOL.matcher(thread).find())
                .map(GateContainer::threadName).sorted().toList();
    }

    /** As jcmd prints them: a line that begins with the name, and the stack. */
    private Stream<String> threads() {
        return Arrays.stream(String.join("\n", jcmd("Thread.print")).split("\n(?=\")"))
                .filter(thread -> thread.startsWith("\"") && thread.lines().findFirst().orElseThrow().contains(" #"))
                .filter(thread -> !threadName(thread).matches("C[12] CompilerThread.*|Attach Listener|process reaper.*"));
    }

    private static String threadName(String thread) {
        return thread.substring(1, thread.indexOf('"', 1));
    }

    /** The live objects after a full collection. */
    public Histogram histogram() {
        return new Histogram(jcmd("GC.class_histogram"));
    }

    /** The bytes of live objects after a full collection. */
    public long heapUsed() {
        return histogram().bytes();
    }

    /** The number of live objects of a class after a full collection. */
    public long instances(String className) {
        return histogram().instances(className);
    }

    /** The number of sockets the process holds, the listening one included. */
    public int socketCount() {
        int sockets = 0;
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/" + pid() + "/fd"))) {
            for (Path descriptor : descriptors.toList()) {
                if (isSocket(descriptor)) {
                    sockets++;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sockets;
    }

    /** Undeploys the (first) gate and deploys it again in the same JVM (embedded containers only). */
    public void redeploy() {
        undeploy();
        deploy();
    }

    /** Deploys the (first) gate again after {@link #undeploy()}. */
    public void deploy() {
        command("deploy " + options.contextPath(), "deployed");
    }

    /** Undeploys the (first) gate (embedded containers only). */
    public void undeploy() {
        command("undeploy " + options.contextPath(), "undeployed");
    }

    /** After a collection, how many class loaders of undeployed WARs are still reachable (embedded containers only). */
    public int undeployedLoadersAlive() {
        return Integer.parseInt(command("loaders", "loaders ").strip());
    }

    /** The canonical names of all MBeans (embedded containers only). */
    public Set<String> mbeans() {
        return new TreeSet<>(Arrays.asList(command("mbeans", "mbeans ").split("\t")));
    }

    /** All attributes of an MBean with their values, {@code name=value} (embedded containers only). */
    public String attributes(String mbean) {
        return command("attributes " + mbean, "attributes ");
    }

    /** Ends the process as an operator does, and by force if that takes too long. Its output can still be read. */
    public void stop() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_TIME.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            output.awaitEnd();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        deleteWorkDirectory();
    }

    @Override
    public void close() {
        stop();
        try {
            Runtime.getRuntime().removeShutdownHook(endOfRun);
        } catch (IllegalStateException e) {
            // The run is ending; the hook is this call's elder sister.
        }
    }

    @Override
    public String toString() {
        return kind + " at " + uri();
    }

    private String command(String command, String answer) {
        if (!kind.isEmbedded()) {
            throw new UnsupportedOperationException(kind + " takes no commands");
        }
        synchronized (output) {
            int before = output().size();
            try {
                process.getOutputStream().write((command + "\n").getBytes(StandardCharsets.UTF_8));
                process.getOutputStream().flush();
            } catch (IOException e) {
                throw new UncheckedIOException(kind + " has ended", e);
            }
            String line = output.await(before, text -> text.startsWith("[child] "), START_TIME);
            String expected = "[child] " + answer;
            if (line == null || !line.startsWith(expected)) {
                throw new AssertionError(kind + " answered " + line + " to " + command + ":\n" + String.join("\n", output()));
            }
            return line.substring(expected.length());
        }
    }

    /** The JDK's own diagnostic command, which needs no agent, port or thread in the container. */
    private List<String> jcmd(String command) {
        try {
            Process jcmd = new ProcessBuilder(JAVA_BIN.resolve("jcmd").toString(), Long.toString(pid()), command)
                    .redirectErrorStream(true).start();
            jcmd.getOutputStream().close();
            List<String> lines = new Output(jcmd).awaitEnd();
            if (jcmd.waitFor() != 0) {
                throw new IllegalStateException("jcmd " + command + " failed:\n" + String.join("\n", lines));
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (IOException e) {
            return false; // closed since it was listed
        }
    }

    private void deleteWorkDirectory() {
        try {
            Files.walkFileTree(workDirectory, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path directory, IOException e) throws IOException {
                    Files.delete(directory);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            // It is in the temporary directory; a test's verdict does not depend on it.
        }
    }

    /** The lines of a process, gathered by a thread of their own so that the process never waits for a reader. */
    private static final class Output {

        private final List<String> lines = new ArrayList<>();
        private boolean ended;

        Output(Process process) {
            Thread reader = new Thread(() -> read(process), "output of process " + process.pid());
            reader.setDaemon(true);
            reader.start();
        }

        private void read(Process process) {
            try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
                for (String line; (line = reader.readLine()) != null; ) {
                    synchronized (lines) {
                        lines.add(line);
                        lines.notifyAll();
                    }
                }
            } catch (IOException e) {
                // The process was killed; what it said until then is here.
            } finally {
                synchronized (lines) {
                    ended = true;
                    lines.notifyAll();
                }
            }
        }

        List<String> lines() {
            synchronized (lines) {
                return List.copyOf(lines);
            }
        }

        String await(Predicate<String> wanted, Duration atMost) {
            return await(0, wanted, atMost);
        }

        /** The first such line from an index on, or null if the time or the process ends without one. */
        String await(int from, Predicate<String> wanted, Duration atMost) {
            long deadline = System.nanoTime() + atMost.toNanos();
            int next = from;
            synchronized (lines) {
                while (true) {
                    for (; next < lines.size(); next++) {
                        if (wanted.test(lines.get(next))) {
                            return lines.get(next);
                        }
                    }
                    long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                    if (ended || left <= 0) {
                        return null;
                    }
                    try {
                        lines.wait(left);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        return null;
                    }
                }
            }
        }

        List<String> awaitEnd() throws InterruptedException {
            long deadline = System.nanoTime() + STOP_TIME.toNanos();
            synchronized (lines) {
                for (long left; !ended && (left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())) > 0; ) {
                    lines.wait(left);
                }
                return List.copyOf(lines);
            }
        }
    }
}
