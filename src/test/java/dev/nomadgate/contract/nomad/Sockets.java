package dev.nomadgate.contract.nomad;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** Counts the connections that a server on loopback holds, those included whose client has left. */
final class Sockets implements AutoCloseable {

    private static final String ESTABLISHED = "01";
    private static final String CLOSE_WAIT = "08";

    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor();
    private final AtomicLong most = new AtomicLong();
    private final String local;

    private Sockets(int port) {
        local = "0100007F:%04X".formatted(port);
    }

    /** Watches from now on. */
    static Sockets of(int port) {
        Sockets sockets = new Sockets(port);
        sockets.watch.scheduleWithFixedDelay(
                () -> sockets.most.accumulateAndGet(sockets.count(), Math::max), 0, 100, TimeUnit.MILLISECONDS);
        return sockets;
    }

    private long count() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/net/tcp"))) {
            return lines.map(line -> line.strip().split("\\s+"))
                    .filter(columns -> columns[1].equals(local))
                    .filter(columns -> columns[3].equals(ESTABLISHED) || columns[3].equals(CLOSE_WAIT))
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long most() {
        return most.get();
    }

    @Override
    public void close() {
        watch.shutdownNow();
    }
}
