package dev.nomadgate.bench.process;

import dev.nomadgate.bench.Commands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A program that runs, its children included: nginx works in those. */
public final class Running implements AutoCloseable {

    private static final long NANOS_PER_TICK = 10_000_000;
    private static final Pattern COMPILER = Pattern.compile("C[12] Compiler");
    private static final int PIN_TRIES = 10;
    private static final int USER_TIME = 11;
    private static final int SYSTEM_TIME = 12;

    private final Process process;
    private final Path log;

    Running(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** User and system time of all its threads, since they began. */
    public long cpuNanos() throws IOException {
        long ticks = 0;
        for (long pid : pids()) {
            ticks += ticks(Path.of("/proc/" + pid));
        }
        return ticks * NANOS_PER_TICK;
    }

    /** The same for this very process. */
    public static long ownCpuNanos() throws IOException {
        return ticks(Path.of("/proc/self")) * NANOS_PER_TICK;
    }

    /** The part of a JVM's that went into compiling, by threads that still run. */
    public long compilerNanos() throws IOException {
        long ticks = 0;
        try (Stream<Path> threads = Files.list(Path.of("/proc/" + process.pid() + "/task"))) {
            for (Path thread : threads.toList()) {
                ticks += compilerTicks(thread);
            }
        }
        return ticks * NANOS_PER_TICK;
    }

    private static long compilerTicks(Path thread) throws IOException {
        try {
            return COMPILER.matcher(Files.readString(thread.resolve("comm"))).lookingAt() ? ticks(thread) : 0;
        } catch (IOException e) {
            // The thread has ended meanwhile.
            return 0;
        }
    }

    /** Fields are counted after the name, which may have blanks and ends with a bracket; see proc(5). */
    private static long ticks(Path process) throws IOException {
        String stat = Files.readString(process.resolve("stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME]);
    }

    public long residentBytes() throws IOException {
        long kibibytes = 0;
        for (long pid : pids()) {
            try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
                kibibytes += lines.filter(line -> line.startsWith("VmRSS:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", ""))).sum();
            }
        }
        return kibibytes * 1024;
    }

    /** Lets all its threads run on these processors only, as taskset writes them. */
    public void pin(String processors) throws IOException, InterruptedException {
        for (long pid : pids()) {
            pin(processors, pid);
        }
    }

    private static void pin(String processors, long pid) throws IOException, InterruptedException {
        for (int tries = 0; ; tries++) {
            try {
                Commands.run(Path.of("/"), "taskset", "-a", "-c", "-p", processors, Long.toString(pid));
                return;
            } catch (IOException e) {
                // taskset gives up when one of the threads ends while it goes through them.
                if (tries == PIN_TRIES) {
                    throw e;
                }
            }
        }
    }

    public long pid() {
        return process.pid();
    }

    private List<Long> pids() throws NoSuchFileException {
        if (!process.isAlive()) {
            throw new NoSuchFileException("the process has ended: " + lastWords());
        }
        List<Long> pids = new ArrayList<>(List.of(process.pid()));
        process.descendants().forEach(child -> pids.add(child.pid()));
        return pids;
    }

    /** Whether it wrote that. */
    public boolean said(String words) throws IOException {
        return Files.readString(log).contains(words);
    }

    /** The last line but for blanks that it wrote. */
    public String lastWords() {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> !line.isBlank()).reduce((first, second) -> second).orElse("no word");
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** At once: what it leaves behind is of no interest. */
    @Override
    public void close() {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
