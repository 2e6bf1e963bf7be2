package dev.nomadgate.standin;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/** Daemon threads named {@code standin-…}. */
final class Threads {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private Threads() {}

    /** Work that may end because a connection did. */
    @FunctionalInterface
    interface Work {
        void run() throws IOException, InterruptedException;
    }

    static Thread start(String name, Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                // The connection ended; whoever cares watches the connection.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }, "standin-" + name + "-" + NUMBER.incrementAndGet());
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
