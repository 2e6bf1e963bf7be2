package dev.nomadgate.standin;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * Runs the demo task's commands on this machine, with a pseudo-terminal where the machine has
 * util-linux's {@code script}. Like Nomad it lets an idle command outlive its session; all of them
 * end with the stand-in.
 */
final class Commands {
    private static final boolean PTY = hasScript();

    private final Set<Process> running = ConcurrentHashMap.newKeySet();

    Process start(List<String> command, boolean tty) throws ExecFailure, IOException {
        requireBinary(command.get(0));
        List<String> line = !tty || !PTY ? command
                // script switches the echo off when its own stdin is no terminal.
                : List.of("script", "-qfec", "stty echo; exec " + quote(command), "/dev/null");
        ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(tty);
        builder.directory(new File(System.getProperty("java.io.tmpdir")));
        builder.environment().put("TERM", "dumb");
        builder.environment().put("SHELL", "/bin/sh");
        builder.environment().put("NOMAD_ALLOC_ID", StandInNomad.ALLOC);
        builder.environment().put("NOMAD_JOB_NAME", StandInNomad.JOB);
        builder.environment().put("NOMAD_GROUP_NAME", StandInNomad.GROUP);
        builder.environment().put("NOMAD_TASK_NAME", StandInNomad.TASK);
        Process process = builder.start();
        running.add(process);
        process.onExit().thenRun(() -> running.remove(process));
        return process;
    }

    int running() {
        return (int) running.stream().filter(Process::isAlive).count();
    }

    /** Ends a command and everything that it started. */
    static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    void close() {
        running.forEach(Commands::end);
    }

    /** Tells the command's terminal its size, if it has one; best effort. */
    static void resize(Process process, long rows, long columns) {
        if (!PTY || rows < 1 || columns < 1) {
            return;
        }
        // The size often arrives before script has started its child.
        long deadline = System.nanoTime() + Duration.ofMillis(500).toNanos();
        Optional<Path> terminal;
        while ((terminal = terminal(process)).isEmpty() && process.isAlive() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(5_000_000);
        }
        terminal.ifPresent(t -> {
            try {
                new ProcessBuilder("stty", "-F", t.toString(), "rows", "" + rows, "cols", "" + columns)
                        .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start().waitFor(1, TimeUnit.SECONDS);
            } catch (IOException e) {
                // No stty: the size stays as it was.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private static Optional<Path> terminal(Process process) {
        return process.children().map(child -> Path.of("/proc", "" + child.pid(), "fd", "0")).map(link -> {
            try {
                return Files.readSymbolicLink(link);
            } catch (IOException e) {
                return link;
            }
        }).filter(target -> target.startsWith("/dev/pts")).findFirst();
    }

    private static void requireBinary(String name) throws ExecFailure {
        boolean found = name.contains("/") ? Files.isExecutable(Path.of(name))
                : List.of(System.getenv().getOrDefault("PATH", "/usr/bin:/bin").split(File.pathSeparator)).stream()
                        .anyMatch(directory -> Files.isExecutable(Path.of(directory, name)));
        if (!found) {
            throw ExecFailure.internal("rpc error: code = Unknown desc = failed to start command: fork/exec " + name
                    + ": no such file or directory");
        }
    }

    private static String quote(List<String> command) {
        return command.stream().map(word -> "'" + word.replace("'", "'\\''") + "'").collect(Collectors.joining(" "));
    }

    private static boolean hasScript() {
        try {
            Process process = new ProcessBuilder("script", "--version").redirectErrorStream(true).start();
            process.getOutputStream().close();
            String version = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 && version.contains("util-linux");
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
