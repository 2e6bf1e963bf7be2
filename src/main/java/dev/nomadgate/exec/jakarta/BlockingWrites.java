package dev.nomadgate.exec.jakarta;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/**
 * The threads that write to one connection in the API's blocking way. Tomcat leaves them alone when it closes the
 * connection under them: they would wait for ever. Thread-safe.
 */
final class BlockingWrites {

    private final Set<Thread> threads = new HashSet<>();
    private boolean over;

    /** What blocks until all is written. */
    @FunctionalInterface
    interface Work {
        void run() throws IOException;
    }

    /** Writes in this thread, at most until the connection is closed. */
    void run(Work work) throws IOException {
        begin();
        try {
            work.run();
        } finally {
            done();
        }
    }

    private synchronized void begin() throws IOException {
        if (over) {
            throw new IOException("the connection is closed");
        }
        threads.add(Thread.currentThread());
    }

    private synchronized void done() {
        threads.remove(Thread.currentThread());
        if (over) {
            // It may have come when all was written, and would be taken for another connection's.
            Thread.interrupted();
        }
    }

    /** The connection is closed. May be told by a thread that fails to write to it. */
    synchronized void end() {
        over = true;
        threads.stream().filter(thread -> thread != Thread.currentThread()).forEach(Thread::interrupt);
    }
}
