package dev.nomadgate.bench.process;

import dev.nomadgate.bench.Commands;
import dev.nomadgate.bench.Variant;
import dev.nomadgate.bench.load.Endpoint;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What is measured.
 *
 * @param process null for the stand-in itself
 * @param startNanos from its start to its first answer
 */
public record Subject(String peer, Variant variant, Endpoint endpoint, Running process,
        Upstream upstream, long startNanos, boolean isJava) implements AutoCloseable {

    private static final int SETTLING = 300;
    private static final int LOOK_MILLIS = 100;
    private static final int MOST_LOOKS = 25;
    private static final long STILL_COMPILING = 30_000_000;

    public boolean isDirect() {
        return process == null;
    }

    public boolean isAlive() {
        return process == null || process.isAlive();
    }

    public long cpuNanos() throws IOException {
        return process == null ? 0 : process.cpuNanos();
    }

    public long compilerNanos() throws IOException {
        return process == null ? 0 : process.compilerNanos();
    }

    /**
     * Waits for the compilers, within a bound: under load they get one of many threads' shares of a processor, and would take
     * minutes for what they do in seconds.
     */
    public void letCompile() throws IOException, InterruptedException {
        long before = compilerNanos();
        for (int looks = 0; looks < MOST_LOOKS; looks++) {
            Thread.sleep(LOOK_MILLIS);
            long now = compilerNanos();
            if (now - before < STILL_COMPILING) {
                return;
            }
            before = now;
        }
    }

    /** Resident memory; of a JVM after a full collection. */
    public long restingBytes() throws IOException, InterruptedException {
        if (isJava) {
            // Twice: buffers that a cleaner frees are gone only after a first one.
            collect();
            collect();
        }
        Thread.sleep(SETTLING);
        return process.residentBytes();
    }

    private void collect() throws IOException, InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Commands.run(Path.of("/"), jcmd.toString(), Long.toString(process.pid()), "GC.run");
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
    }
}
